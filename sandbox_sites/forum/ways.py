"""Ways through the forum that several solutions take."""

from __future__ import annotations

import re

from sandbox_sites.common.hand import Hand, Steps, both, click_at, enter, enter_at, follow, press, seen
from sandbox_sites.forum.seed import Post, Thread


def search(words: str) -> Steps:
    """Search by the box that every page has."""
    return enter_at("Search the forum", words, submit=True)


def open_thread(thread: Thread) -> Steps:
    """Search for a thread and open it."""
    return both(search(thread.title), follow(thread.title, within="main"))


def open_member(handle: str) -> Steps:
    """Go to a profile."""
    return both(follow("Members"), follow(handle, within="main"))


def pick(label: str, option: str, within: str = "main") -> Steps:
    """Choose in one of the forum's own drop-downs."""

    async def go(hand: Hand) -> None:
        place = hand.page.locator(within)
        await hand.press(place.get_by_role("button", name=re.compile(f"^{re.escape(hand.say(label))}: ")).first)
        await hand.press(place.get_by_role("option", name=option, exact=True).first)

    return go


def order_by(option: str) -> Steps:
    """Put a board's threads into another order; the list comes anew by itself."""

    async def go(hand: Hand) -> None:
        async with hand.page.expect_navigation():
            await pick("Order", option)(hand)

    return go


def vote(post: Post, direction: str) -> Steps:
    """Vote a post up or down by its arrow."""
    return both(click_at(f"#{post.id} .{direction}"), seen("Your vote was counted."))


def quote(post: Post) -> Steps:
    """Press a post's button for quoting."""
    return press("Quote", within=f"#{post.id}")


def bookmark() -> Steps:
    """Press the ribbon, which has no name."""
    return both(click_at("main .star"), seen("Saved to your bookmarks."))


def answer(text: str) -> Steps:
    """Write a reply in the thread that is shown."""
    return both(press("Write a reply"), enter({"Your reply": text}), press("Post reply"), seen("Your reply is up."))


def held(heading: str) -> str:
    """Return where a held post is on the moderators' page."""
    return f'li[aria-label="{heading}"]'


def show_tab(name: str) -> Steps:
    """Click a tab."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role("tab", name=hand.say(name), exact=True))

    return go


def write_letter(subject: str, text: str) -> Steps:
    """Fill in the rest of a letter and send it."""
    return both(
        enter({"Subject": subject, "Message text": text}), press("Send message"), seen("Your message was sent.")
    )


def sign_out() -> Steps:
    """Sign out by the menu under the visitor's name."""
    return both(click_at("details.who summary"), press("Sign out"), seen("You are signed out."))
