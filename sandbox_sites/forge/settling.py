"""Tasks that change something by buttons, toggles and choices."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import Hand, Steps, choose, click_at, give_up, press, seen, steps
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.forge.judges import JUDGES
from sandbox_sites.forge.picking import first, foreign, open_issues, words_of
from sandbox_sites.forge.records import LABELS, Repo, World
from sandbox_sites.forge.seed import NOTIFICATIONS
from sandbox_sites.forge.threads import BLOCKED
from sandbox_sites.forge.ways import find_issue, label_issue, open_merge, open_repo, open_user, preferences

CHANGE = "change"


def unstarred(world: World) -> list[Repo]:
    """Return other people's repositories that the visitor has not starred."""
    return [repo for repo in foreign(world) if repo.full not in world.starred]


def _only(**changes: object) -> Check:
    return all_of(JUDGES.only(**changes), silent)


def _switch(text: str) -> Steps:
    """Turn a switch by its words."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.locator(".switch").filter(has_text=text).locator("input"))

    return go


def settling(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _repositories(world)
    yield from _issues(world)
    yield from _merges(world)
    yield from _own(world)


def _repositories(world: World) -> Iterator[Entry]:
    liked, watched = unstarred(world)[:2]
    yield Entry(
        CHANGE, 3, f"Give {liked.full} a star from me, it's lovely.", _only(stars={liked.full: True}),
        steps(open_repo(liked), press("Star"), seen("Unstar")),
        wrong=steps(open_repo(watched), press("Star"), seen("Unstar")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 4, f"i want to hear about everything that happens in {watched.name}: turn its watch level right up",
        _only(watching={watched.full: "all"}), steps(open_repo(watched), press("Watch"), press("Everything")),
    )  # fmt: skip


def _issues(world: World) -> Iterator[Entry]:
    issues = open_issues(world)
    done, labelled, given = issues[2], issues[3], issues[4]
    yield Entry(
        CHANGE, 4, f"{words_of(done)} in {done.repo} has been dealt with. Close it, no comment needed.",
        _only(issues={done.key: {"state": "closed"}}),
        steps(find_issue(done), press("Close issue"), seen("Issue closed.")),
        wrong=steps(find_issue(labelled), press("Close issue"), seen("Issue closed.")),
    )  # fmt: skip
    extra = first(("help-wanted", "quick-win"), lambda name: name not in labelled.labels)
    labels = [name for name in LABELS if name in (*labelled.labels, extra)]
    yield Entry(
        CHANGE, 6, f"Mark {words_of(labelled)} ({labelled.repo}) as {extra}, and keep the labels it has.",
        _only(issues={labelled.key: {"labels": labels}}), steps(label_issue(labelled, extra)),
        wrong=steps(label_issue(labelled, extra, "needs-info" if "needs-info" not in labels else "security")),
    )  # fmt: skip
    taker = first(world.users[1:], lambda user: user.handle != given.assignee)
    yield Entry(
        CHANGE, 6, f"{taker.name} has agreed to take care of {words_of(given)} in {given.repo}, so assign it to them.",
        _only(issues={given.key: {"assignee": taker.handle}}),
        steps(find_issue(given), press("Edit assignee"), choose("Give it to", taker.name), press("Save assignee"),
              seen("Assignee updated.")),
    )  # fmt: skip


def _merges(world: World) -> Iterator[Entry]:
    good, dropped, blocked = world.repos[6].merges[0], world.repos[7].merges[0], world.repos[BLOCKED[1]].merges[0]
    yield Entry(
        CHANGE, 5, f"I've reviewed !{good.number} in {good.repo} and it's fine by me: approve it. Don't merge.",
        _only(merges={good.key: {"approved": True}}),
        steps(open_merge(good), press("Approve"), seen("You approved this.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 6, f"we decided against !{dropped.number} of {dropped.repo}. close it without merging",
        _only(merges={dropped.key: {"state": "closed"}}),
        steps(open_merge(dropped), press("Close without merging"), press("Yes, close it"),
              seen("Merge request closed.")),
        wrong=steps(open_merge(dropped), press("Close without merging"), press("Cancel", "#close-dialog")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 6, f"Merge !{blocked.number} of {blocked.repo} right away.", JUDGES.refuse(),
        give_up(open_merge(blocked)), answerable=False,
    )  # fmt: skip


def _own(world: World) -> Iterator[Entry]:
    key, friend = world.keys[0], world.users[6]
    yield Entry(
        CHANGE, 5, f"I've sold my {key.title.lower()}, so take its key off my account.",
        _only(keys_removed=[key.title]),
        steps(preferences("SSH keys"), press(f"Remove key {key.title}"), press("Yes, remove it", "dialog[open]")),
        wrong=steps(preferences("SSH keys"), press(f"Remove key {world.keys[1].title}"),
                    press("Yes, remove it", "dialog[open]")),
    )  # fmt: skip
    on = world.notifications["failed"]
    wish = "Stop sending me mails" if on else "I'd like to get a mail"
    yield Entry(
        CHANGE, 5, f"{wish} when a check of one of my branches fails.", _only(notifications={"failed": not on}),
        steps(preferences("Notifications"), _switch(NOTIFICATIONS["failed"]), press("Save choices"),
              seen("Notification choices saved.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"Follow {friend.name} for me, would you?", _only(follows=[friend.handle]),
        steps(open_user(friend), press("Follow"), seen("Unfollow")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 2, "This isn't my computer. Log me out, please.", _only(signed_in=False),
        steps(click_at("#me-button"), press("Sign out"), seen("You are signed out.")),
    )  # fmt: skip
