"""Tasks that end with an answer from one page."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import click_at, follow, give_up, steps
from sandbox_sites.common.judging import all_of, says, says_number
from sandbox_sites.common.site import Entry
from sandbox_sites.forge.judges import JUDGES, dates, looked_at_any, names, sizes
from sandbox_sites.forge.picking import first, foreign, open_issues, setting, words_of
from sandbox_sites.forge.records import World
from sandbox_sites.forge.seed import day
from sandbox_sites.forge.ways import find_issue, open_merge, open_repo, open_user, preferences, tab

KIND = "find"


def finding(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _of_repositories(world)
    yield from _of_threads(world)
    yield from _of_people(world)


def _of_repositories(world: World) -> Iterator[Entry]:
    repos = world.repos
    other = first(("MIT", "GPL-3.0"), lambda name: name != repos[8].licence)
    yield Entry(
        KIND, 2, f"I'd like to reuse a function from {repos[8].full}. Under which licence is it published?",
        JUDGES.tell(f"/{repos[8].full}", says(repos[8].licence)),
        steps(open_repo(repos[8]), answer=repos[8].licence), wrong=steps(open_repo(repos[8]), answer=other),
    )  # fmt: skip
    old = repos[6].releases[1]
    windows, source = old.assets[1], old.assets[2]
    path = f"/{repos[6].full}/releases"
    yield Entry(
        KIND, 4, f"How big is the Windows download of {repos[6].name} {old.version}?",
        JUDGES.tell(path, sizes(windows.size)),
        steps(tab(repos[6], "Releases"), click_at("details:nth-of-type(2) summary"), answer=windows.size),
        wrong=steps(tab(repos[6], "Releases"), answer=source.size),
    )  # fmt: skip
    plan = repos[5].milestones[-1]
    yield Entry(
        KIND, 3, f"By what date do they want to have {plan.title} in {repos[5].name} finished?",
        JUDGES.tell(f"/{repos[5].full}/milestones", dates(plan.due)),
        steps(tab(repos[5], "Milestones"), answer=day(plan.due)),
    )  # fmt: skip
    port = setting(repos[7], "port")
    yield Entry(
        KIND, 3, f"{repos[7].name} says its port is taken. Which port do its default settings ask for?",
        JUDGES.tell(f"/{repos[7].full}/files/settings.yaml", says_number(port)),
        steps(open_repo(repos[7]), follow("settings.yaml"), answer=str(port)),
    )  # fmt: skip
    commit = repos[9].commits[-1]
    yield Entry(
        KIND, 4, f"Somebody once committed “{commit.message}” to {repos[9].name}. Who was it?",
        JUDGES.tell(f"/{repos[9].full}/commits", names(world.by_handle[commit.author])),
        steps(tab(repos[9], "Commits"), follow("Load older commits"), answer=world.name(commit.author)),
    )  # fmt: skip
    branch = repos[4].branches[-1]
    yield Entry(
        KIND, 3, f"how many commits is the branch {branch.name} of {repos[4].name} lagging behind",
        JUDGES.tell(f"/{repos[4].full}/refs", says_number(branch.behind)),
        steps(tab(repos[4], "Branches"), answer=str(branch.behind)),
    )  # fmt: skip
    yield Entry(
        KIND, 4, f"How many megabytes is the source archive of {repos[8].name} 27.0.0?", JUDGES.refuse(),
        give_up(tab(repos[8], "Releases")), answerable=False,
    )  # fmt: skip


def _of_threads(world: World) -> Iterator[Entry]:
    taken = first(open_issues(world), lambda issue: bool(issue.assignee))
    yield Entry(
        KIND, 3, f"Who's supposed to be working on {words_of(taken)} over at {taken.repo}?",
        all_of(looked_at_any((taken.path,), (f"/{taken.repo}/issues",)), names(world.by_handle[taken.assignee]),
               JUDGES.only()),
        steps(find_issue(taken), answer=world.name(taken.assignee)),
    )  # fmt: skip
    hot = first(open_issues(world), lambda issue: len(issue.comments) > 1 and issue is not taken)
    last = hot.comments[-1]
    yield Entry(
        KIND, 3, f"In the discussion of {words_of(hot)} ({hot.repo}), whose comment came last?",
        JUDGES.tell(hot.path, names(world.by_handle[last.author])),
        steps(find_issue(hot), answer=world.name(last.author)),
    )  # fmt: skip
    merge = first(foreign(world), lambda repo: repo.merges[0].needed > 1 or repo is world.repos[9]).merges[0]
    yield Entry(
        KIND, 4, f"Tell me how many people have to sign off on !{merge.number} of {merge.repo} before it can go in.",
        JUDGES.tell(merge.path, says_number(merge.needed)), steps(open_merge(merge), answer=str(merge.needed)),
    )  # fmt: skip


def _of_people(world: World) -> Iterator[Entry]:
    home = world.users[5]
    yield Entry(
        KIND, 2, f"Which town does {home.name} live in?", JUDGES.tell(f"/{home.handle}", says(home.location)),
        steps(open_user(home), answer=home.location),
        wrong=steps(open_user(home), answer=world.users[6].location),
    )  # fmt: skip
    calls = world.limits["API calls per hour"]
    yield Entry(
        KIND, 2, "I'm writing a script against your API - how many requests an hour will I get away with?",
        JUDGES.tell("/help/limits", says_number(int(calls))),
        steps(follow("Help", "Limits of this server"), answer=calls),
    )  # fmt: skip
    key = world.keys[1]
    yield Entry(
        KIND, 3, f"Read me the fingerprint of the key I use on my {key.title.lower()}.",
        JUDGES.tell("/settings/keys", says(key.fingerprint, key.fingerprint.partition(":")[2])),
        steps(preferences("SSH keys"), answer=key.fingerprint),
    )  # fmt: skip
    yield Entry(
        KIND, 2, f"I need to ring {world.users[7].name}. What's the phone number?", JUDGES.refuse(),
        give_up(open_user(world.users[7])), answerable=False,
    )  # fmt: skip
