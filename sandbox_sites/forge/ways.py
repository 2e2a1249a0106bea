"""Ways through the forge that several solutions take."""

from __future__ import annotations

import re

from sandbox_sites.common.hand import Hand, Steps, both, click_at, enter_at, follow, press, seen, tick
from sandbox_sites.forge.records import Issue, Merge, Repo, User

SEARCH = "Search or jump to…"


def open_repo(repo: Repo) -> Steps:
    """Go to a repository through the list of all."""
    return follow("Explore", repo.full)


def tab(repo: Repo, *names: str) -> Steps:
    """Go to a page of a repository by its tab, and on by links."""
    first, *rest = names
    return both(open_repo(repo), follow(first, within=".tabs"), follow(*rest))


def own_tab(repo: Repo, name: str) -> Steps:
    """Go to a page of a repository that the start page lists."""
    return both(follow(repo.full), follow(name, within=".tabs"))


def find_issue(issue: Issue) -> Steps:
    """Search an issue by its title and open it."""
    return both(enter_at(SEARCH, issue.title, submit=True), follow("Issues", within=".subtabs"), follow(issue.title))


def open_merge(merge: Merge) -> Steps:
    """Go to an open merge request through its repository."""
    return both(
        follow("Explore", merge.repo), follow("Merge requests", within=".tabs"), follow(merge.title, within="main")
    )


def open_user(user: User) -> Steps:
    """Go to somebody's profile through the list of people."""
    return both(follow("People"), follow(user.name, within="main"))


def preferences(*names: str) -> Steps:
    """Go to the visitor's own settings."""
    return both(click_at("#me-button"), follow("Preferences", *names))


def pick(label: str, option: str) -> Steps:
    """Choose in a drop-down of the site's own."""

    async def go(hand: Hand) -> None:
        main = hand.page.locator("main")
        await hand.press(main.get_by_role("combobox", name=re.compile(f"^{re.escape(hand.say(label))}")).first)
        await hand.press(main.get_by_role("option", name=hand.say(option), exact=True).first)

    return go


def label_issue(issue: Issue, *labels: str) -> Steps:
    """Give an open issue more labels."""
    return both(
        find_issue(issue), press("Edit labels"), *(tick(label, "#edit-labels") for label in labels),
        press("Save labels"), seen("Labels updated."),
    )  # fmt: skip


def comment(text: str) -> Steps:
    """Write below an issue or a merge request that is shown."""

    async def write(hand: Hand) -> None:
        await hand.page.locator("main").get_by_label(hand.say("Your comment"), exact=True).fill(text)

    return both(write, press("Comment"), seen("Comment added."))


def seen_notice() -> Steps:
    """Wait until the page says that something has happened."""

    async def go(hand: Hand) -> None:
        await hand.page.locator(".notice").first.wait_for()

    return go
