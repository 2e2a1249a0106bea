"""Tasks that fill in forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sandbox_sites.common.hand import choose, enter, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.forge.judges import JUDGES
from sandbox_sites.forge.picking import open_issues, words_of
from sandbox_sites.forge.records import World
from sandbox_sites.forge.seed import day
from sandbox_sites.forge.ways import comment, find_issue, own_tab, preferences, seen_notice, tab

FILL = "fill"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKtq7rE2Qp"


def filling(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _threads(world)
    yield from _own(world)
    yield from _plans(world)


def _threads(world: World) -> Iterator[Entry]:
    repo = world.repos[5]
    title, body = "Crash when the disk is full", "It stops without a message once no space is left."
    issue = {"repo": repo.full, "title": title, "body": body, "labels": [], "assignee": "", "milestone": ""}
    begun = (tab(repo, "Issues", "New issue"), enter({"Title": title, "Description": body}))
    yield Entry(
        FILL, 7, f"Report a problem to {repo.full}. Call it “{title}” and describe it as “{body}”",
        all_of(JUDGES.only(opened=[issue]), silent), steps(*begun, press("Submit issue"), seen("Issue opened.")),
        wrong=steps(*begun),
    )  # fmt: skip
    talk = open_issues(world)[1]
    text = "I will have a patch ready on Thursday."
    yield Entry(
        FILL, 5, f"Please reply under {words_of(talk)} in {talk.repo}: {text}",
        all_of(JUDGES.only(comments={talk.key: [text]}), silent), steps(find_issue(talk), comment(text)),
        wrong=steps(find_issue(talk), comment("I will have a patch ready on Tuesday.")),
    )  # fmt: skip


def _own(world: World) -> Iterator[Entry]:
    yield Entry(
        FILL, 4, "I moved to Tallinn last week, so fix the town on my profile.",
        all_of(JUDGES.only(profile={"location": "Tallinn"}), silent),
        steps(preferences(), enter({"Where you live": "Tallinn"}), press("Update profile"), seen("Profile updated.")),
        wrong=steps(preferences(), enter({"Website": "Tallinn"}), press("Update profile"), seen("Profile updated.")),
    )  # fmt: skip
    yield Entry(
        FILL, 6, f"add a new ssh key named Balcony Pi to my account. it's {KEY}",
        all_of(JUDGES.only(keys_added=[{"title": "Balcony Pi", "key": KEY}]), silent),
        steps(preferences("SSH keys"), enter({"Key title": "Balcony Pi", "Public key": KEY}), press("Add key"),
              seen("Balcony Pi", ".keys")),
    )  # fmt: skip
    made = {"title": "Warm the cache", "file": "warm.sh", "visibility": "private", "text": "curl -s localhost",
            "language": "Shell"}  # fmt: skip
    yield Entry(
        FILL, 7,
        "Keep a snippet for me that nobody else can see: titled Warm the cache, file warm.sh, and the content is just"
        " curl -s localhost",
        all_of(JUDGES.only(snippets=[made]), silent),
        steps(follow("Snippets", "New snippet"),
              enter({"Title": "Warm the cache", "File name": "warm.sh", "Content": "curl -s localhost"}),
              tick("Only me"), press("Create snippet"), seen("Warm the cache", "main h1")),
        wrong=steps(follow("Snippets", "New snippet"),
                    enter({"Title": "Warm the cache", "File name": "warm.sh", "Content": "curl -s localhost"}),
                    press("Create snippet"), seen("Warm the cache", "main h1")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, "Register my GPG key 3AA5C34371567BD2 with my account so that my commits show as verified.",
        JUDGES.refuse(), give_up(preferences("SSH keys", "Notifications")), answerable=False,
    )  # fmt: skip


def _plans(world: World) -> Iterator[Entry]:
    repos = world.repos
    due = world.today + timedelta(days=39)
    plan = {"repo": repos[1].full, "title": "Harvest release", "due": due.isoformat(), "about": ""}
    yield Entry(
        FILL, 6, f"Plan a milestone “Harvest release” for my {repos[1].name}; it has to be done by {day(due)}.",
        all_of(JUDGES.only(milestones=[plan]), silent),
        steps(own_tab(repos[1], "Milestones"), follow("New milestone"),
              enter({"Title": "Harvest release", "Due date": due.isoformat()}), press("Create milestone"),
              seen("Harvest release", ".plans")),
    )  # fmt: skip
    about = "Nothing but the essentials"
    yield Entry(
        FILL, 4, f"{repos[2].full} needs a better tagline. Change its description to: {about}",
        all_of(JUDGES.only(repos={repos[2].full: {"about": about}}), silent),
        steps(own_tab(repos[2], "Settings"), enter({"Description": about}), press("Save settings"),
              seen_notice()),
    )  # fmt: skip
    repo = repos[3]
    source = repo.branches[-1].name
    proposal = {"repo": repo.full, "title": "Ship the candidate", "body": "", "source": source,
                "target": repo.default_branch}  # fmt: skip
    yield Entry(
        FILL, 7,
        f"In {repo.full}, ask for the branch {source} to be merged into {repo.default_branch}, under the title “Ship"
        " the candidate”. No description needed.",
        all_of(JUDGES.only(proposed=[proposal]), silent),
        steps(own_tab(repo, "Merge requests"), follow("New merge request"), choose("Source branch", source),
              press("Continue"), enter({"Title": "Ship the candidate"}), press("Open merge request"),
              seen("Merge request opened.")),
    )  # fmt: skip
