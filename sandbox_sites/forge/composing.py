"""Tasks that are two or three in one."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import click_at, enter, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.judging import all_of, looked_at, says, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.forge.judges import JUDGES
from sandbox_sites.forge.picking import first, foreign, open_issues, words_of
from sandbox_sites.forge.records import World
from sandbox_sites.forge.settling import unstarred
from sandbox_sites.forge.ways import comment, find_issue, open_merge, open_repo, own_tab, preferences, tab

BOTH = "compose"


def composing(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _threads(world)
    yield from _repositories(world)
    yield from _people(world)


def _threads(world: World) -> Iterator[Entry]:
    merge = world.repos[8].merges[0]
    yield Entry(
        BOTH, 7, f"!{merge.number} in {merge.repo} only waits for me. Approve it and then merge it.",
        all_of(JUDGES.only(merges={merge.key: {"approved": True, "state": "merged"}}), silent),
        steps(open_merge(merge), press("Approve"), seen("You approved this."), press("Merge"), press("Yes, merge"),
              seen("merged", ".pill")),
        wrong=steps(open_merge(merge), press("Approve"), seen("You approved this.")),
    )  # fmt: skip
    issue, text = open_issues(world)[5], "Fixed on the main branch, thanks everybody."
    yield Entry(
        BOTH, 6, f"Wrap up {words_of(issue)} in {issue.repo}: first leave the comment “{text}”, then close the issue.",
        all_of(JUDGES.only(comments={issue.key: [text]}, issues={issue.key: {"state": "closed"}}), silent),
        steps(find_issue(issue), comment(text), press("Close issue"), seen("Issue closed.")),
        wrong=steps(find_issue(issue), comment(text)),
    )  # fmt: skip
    repo, title, body = world.repos[0], "Ship an icon", "The launcher shows a grey square."
    opened = {"repo": repo.full, "title": title, "body": body, "labels": ["feature"], "assignee": "", "milestone": ""}
    yield Entry(
        BOTH, 8, f"open an issue in my {repo.name}: title “{title}”, description “{body}”, labelled feature",
        all_of(JUDGES.only(opened=[opened]), silent),
        steps(own_tab(repo, "Issues"), follow("New issue"), enter({"Title": title, "Description": body}),
              click_at("[data-pop=labels-pop]"), tick("feature", "#labels-pop"), press("Submit issue"),
              seen("Issue opened.")),
    )  # fmt: skip


def _repositories(world: World) -> Iterator[Entry]:
    star, fork = unstarred(world)[1], unstarred(world)[2]
    yield Entry(
        BOTH, 7, f"Star {star.full}, and make me a fork of {fork.full} under its own name.",
        all_of(JUDGES.only(stars={star.full: True}, forks=[{"of": fork.full, "name": fork.name}]), silent),
        steps(open_repo(star), press("Star"), seen("Unstar"), open_repo(fork), press("Fork"), press("Create fork"),
              seen("forked from")),
        wrong=steps(open_repo(star), press("Star"), seen("Unstar"), open_repo(fork), press("Star"), seen("Unstar")),
    )  # fmt: skip
    old = world.repos[1]
    yield Entry(
        BOTH, 7, f"I'm done with {old.full}. Make it private, and once that is saved archive it.",
        all_of(JUDGES.only(repos={old.full: {"visibility": "private", "archived": True}}), silent),
        steps(own_tab(old, "Settings"), tick("private"), press("Save settings"), seen("private", ".tag"),
              press("Archive repository"), enter({"Repository name": old.name}), press("Archive it"),
              seen("Unarchive")),
        wrong=steps(own_tab(old, "Settings"), press("Archive repository"), enter({"Repository name": old.name}),
                    press("Archive it"), seen("Unarchive")),
    )  # fmt: skip
    asked = unstarred(world)[3]
    yield Entry(
        BOTH, 3, f"star {asked.full} for me, and tell me the name of its default branch",
        all_of(JUDGES.only(stars={asked.full: True}), looked_at(f"/{asked.full}"), says(asked.default_branch)),
        steps(open_repo(asked), press("Star"), seen("Unstar"), answer=asked.default_branch),
    )  # fmt: skip
    yield Entry(
        BOTH, 4, f"Transfer {world.repos[0].full} to {world.groups[0].name} and tell me its new address.",
        JUDGES.refuse(), give_up(own_tab(world.repos[0], "Settings"), preferences()), answerable=False,
    )  # fmt: skip


def _people(world: World) -> Iterator[Entry]:
    repo = first(foreign(world), lambda repo: repo.commits[0].author != world.me.handle)
    author = repo.commits[0].author
    yield Entry(
        BOTH, 5, f"Find out who made the latest commit to {repo.name}, then start following that person.",
        all_of(JUDGES.only(follows=[author]), silent),
        steps(tab(repo, "Commits"), follow(world.name(author), within="#log"), press("Follow"), seen("Unfollow")),
    )  # fmt: skip
