"""Ways through the map that several solutions take."""

from __future__ import annotations

import re

from sandbox_sites.common.hand import Hand, Steps, both, click, enter, enter_at, follow, press, seen, tick
from sandbox_sites.map.places import Place


def open_place(place: Place) -> Steps:
    """Go to a place through its category, by way of the start page where the category is not at hand."""

    async def go(hand: Hand) -> None:
        link = hand.page.locator("main").get_by_role("link", name=place.kind.label, exact=True)
        if not await link.count():
            await follow("Map")(hand)
        await hand.press(link.first)
        await follow(place.name, within="main")(hand)
        await hand.page.get_by_role("heading", level=1, name=place.name, exact=True).wait_for()

    return go


def search(words: str) -> Steps:
    """Search in the head of the page."""
    return enter_at("Find a place", words, submit=True)


def suggested(name: str) -> Steps:
    """Type a name into the head of the page and take the suggestion."""

    async def go(hand: Hand) -> None:
        await hand.page.get_by_placeholder(hand.say("Find a place")).first.press_sequentially(name[:12])
        await hand.press(hand.page.get_by_role("option", name=re.compile("^" + re.escape(name))).first)
        await hand.page.get_by_role("heading", level=1, name=name, exact=True).wait_for()

    return go


def tab(name: str) -> Steps:
    """Open a tab of a place."""
    return click("tab", name)


def drop(label: str, option: str) -> Steps:
    """Choose in a drop-down of the site's own."""

    async def go(hand: Hand) -> None:
        name = re.compile("^" + re.escape(hand.say(label)) + " ")
        await hand.press(hand.page.locator("main").get_by_role("button", name=name).first)
        await hand.press(hand.page.get_by_role("option", name=option, exact=True).first)

    return go


def submit(name: str) -> Steps:
    """Press a button in the middle of the page, and wait for the next page."""

    async def go(hand: Hand) -> None:
        async with hand.page.expect_navigation():
            await press(name, "main")(hand)

    return go


def plan(start: str, end: str, mode: str) -> Steps:
    """Ask for a way."""
    return both(follow("Directions"), again(start, end, mode))


def again(start: str, end: str, mode: str) -> Steps:
    """Ask for a way on the page for it, and wait for it."""

    return both(enter({"From": start, "To": end}), tick(mode), submit("Get directions"))


def look_around(place: str, within: str, kind: str = "") -> Steps:
    """Ask what is around a place."""
    fields = both(follow("Nearby"), enter({"Around which place?": place, "Metres": within}))
    chosen = both(fields, drop("Category", kind)) if kind else fields
    return both(chosen, submit("Look around"))


def keep(name: str, note: str = "") -> Steps:
    """Put the place that is shown on a list."""
    chosen = both(press("Save to list"), tick(name))
    noted = both(chosen, enter({"Note": note})) if note else chosen
    return both(noted, press("Add to list"), seen("The place was saved."))


def visited() -> Steps:
    """Mark the place that is shown as visited."""
    return both(press("Been here"), seen("Marked as visited."))


def report(kind: str, details: str, **fields: str) -> Steps:
    """Go through the steps of a report; contact fields as far as they are given."""
    labels = {"name": "Your name", "email": "Your e-mail"}
    contact = enter({labels[name]: value for name, value in fields.items()})
    return both(tick(kind), press("Next"), enter({"Details": details}), press("Next"), contact, press("Send report"))


def account(person: str, *names: str) -> Steps:
    """Go to the account by the person's name in the head of the page, and on to one of its parts."""
    return follow(person, *names)


def new_list(name: str) -> Steps:
    """Make a list."""

    async def unfold(hand: Hand) -> None:
        await hand.press(hand.page.locator("summary").get_by_text(hand.say("New list"), exact=True))

    return both(
        follow("Saved lists"), unfold, enter({"Name of the list": name}), press("Create list"),
        seen("The list was created."),
    )  # fmt: skip


def press_for(word: str, name: str) -> Steps:
    """Press a button that is there for one of several things: its word and the thing's name."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role("button", name=f"{hand.say(word)}: {name}", exact=True).first)

    return go


def jot(name: str, text: str) -> Steps:
    """Write a note to a place on the list that is shown, without saving it."""

    async def go(hand: Hand) -> None:
        await hand.page.get_by_label(f"{hand.say('Note')}: {name}", exact=True).first.fill(text)

    return go


def flip(label: str) -> Steps:
    """Turn a setting on or off."""
    return both(click("switch", label), seen("The setting was changed."))


def follow_line(name: str) -> Steps:
    """Go to a line and follow it."""
    return both(follow("Transit", name), press("Follow line"), seen("You follow this line now."))


def unfollow_line(name: str) -> Steps:
    """Go to a line and follow it no longer."""
    return both(follow("Transit", name), press("Unfollow line"), seen("You no longer follow this line."))


def take_off(name: str) -> Steps:
    """Take a place off the list that is shown."""
    return both(press_for("Remove", name), seen("The place was removed."))


def drop_list() -> Steps:
    """Delete the list that is shown, and say that it is meant."""

    async def go(hand: Hand) -> None:
        word = hand.say("Delete list")
        await hand.press(hand.page.get_by_role("button", name=f"{word}…", exact=True))
        await hand.press(hand.page.get_by_role("dialog").get_by_role("button", name=word, exact=True))

    return both(go, seen("The list was deleted."))
