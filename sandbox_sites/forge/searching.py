"""Tasks that search, filter or sort."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import choose, enter_at, follow, give_up, press, steps
from sandbox_sites.common.judging import all_of, listed, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.forge.judges import JUDGES
from sandbox_sites.forge.picking import discussed, first, ranked, talked
from sandbox_sites.forge.records import World
from sandbox_sites.forge.ways import SEARCH, open_repo, pick, tab

FIND = "search"


def _list(path: str, *ignored: str, **chosen: str) -> Check:
    """The list is shown with these filters and no others."""
    return all_of(listed(path, chosen, *ignored), JUDGES.only(), silent)


def searching(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _everywhere(world)
    yield from _in_repository(world)


def _everywhere(world: World) -> Iterator[Entry]:
    surname = world.users[4].name.split()[-1]
    yield Entry(
        FIND, 2, f"Search the site for {surname}: I mean the person, so show me the matching people.",
        _list("/search", q=surname, kind="people"),
        steps(enter_at(SEARCH, surname, submit=True), follow("People", within=".subtabs")),
        wrong=steps(enter_at(SEARCH, surname, submit=True), follow("Issues", within=".subtabs")),
    )  # fmt: skip
    yield Entry(
        FIND, 3, "rank all the projects by how many stars they've got, best first",
        _list("/explore", sort="stars"), steps(follow("Explore"), choose("Order", "Most stars"), press("Apply")),
        wrong=steps(follow("Explore"), choose("Order", "Most forks"), press("Apply")),
    )  # fmt: skip
    several = first(("Rust", "Python", "TypeScript"), lambda lang: sum(r.language == lang for r in world.repos) > 1)
    most, second = ranked((r for r in world.repos if r.language == several), lambda repo: repo.forks)[:2]
    yield Entry(
        FIND, 2, f"Of everything written in {several}, open whichever has been forked the most.",
        JUDGES.reach(f"/{most.full}"),
        steps(follow("Explore"), choose("Language", several), choose("Order", "Most forks"), press("Apply"),
              follow(most.full)),
        wrong=steps(follow("Explore", second.full)),
    )  # fmt: skip
    language = world.snippets[0].language
    yield Entry(
        FIND, 3, f"Snippets: I only want to see those in {language}.", _list("/snippets", language=language),
        steps(follow("Snippets"), choose("Language", language), press("Apply")),
    )  # fmt: skip
    yield Entry(
        FIND, 2, "Let me see the stuff that was assigned to me and is already done.", _list("/work", state="closed"),
        steps(follow("My work", "Closed")),
    )  # fmt: skip


def _in_repository(world: World) -> Iterator[Entry]:
    repos = world.repos
    labelled, path = repos[7], f"/{repos[7].full}/issues"
    yield Entry(
        FIND, 4, f"I've an hour for fixing things in {labelled.name}. Narrow its open issues down to the label “bug”.",
        _list(path, "sort", label="bug"),
        steps(tab(labelled, "Issues"), pick("Label", "bug"), press("Apply")),
        wrong=steps(tab(labelled, "Issues"), pick("Label", "bug"), choose("State", "Closed"), press("Apply")),
    )  # fmt: skip
    repo = first(repos[4:], lambda repo: any(i.state == "closed" and i.assignee for i in repo.issues))
    person = first(repo.issues, lambda issue: issue.state == "closed" and bool(issue.assignee)).assignee
    yield Entry(
        FIND, 6, f"Which finished issues of {repo.full} did {world.name(person)} have? Filter the list, that's enough.",
        _list(f"/{repo.full}/issues", "sort", state="closed", assignee=person),
        steps(tab(repo, "Issues"), choose("State", "Closed"), choose("Assigned to", world.name(person)),
              press("Apply")),
        wrong=steps(tab(repo, "Issues"), choose("Assigned to", world.name(person)), press("Apply")),
    )  # fmt: skip
    busy = discussed(world)
    top, next_one = talked(busy)[:2]
    yield Entry(
        FIND, 4, f"Find the open issue in {busy.name} that people have commented on the most and open it.",
        JUDGES.reach(top.path),
        steps(tab(busy, "Issues"), choose("Order", "Most discussed"), press("Apply"), follow(top.title)),
        wrong=steps(tab(busy, "Issues", next_one.title)),
    )  # fmt: skip
    plan = repos[9].milestones[0].title
    yield Entry(
        FIND, 4, f"what's planned for the {plan} milestone of {repos[9].name}? list those issues",
        _list(f"/{repos[9].full}/issues", "sort", milestone=plan), steps(tab(repos[9], "Milestones", plan)),
    )  # fmt: skip
    yield Entry(
        FIND, 4, f"Filter the issues of {repos[5].name} by the label “regression-2019”.", JUDGES.refuse(),
        give_up(tab(repos[5], "Issues"), pick("Label", "docs"), press("Apply"), open_repo(repos[5])),
        answerable=False,
    )  # fmt: skip
