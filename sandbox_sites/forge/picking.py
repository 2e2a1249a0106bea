"""Choosing what tasks are about, so that their truth is unique for every seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

from sandbox_sites.forge.records import Issue, Milestone, Repo, World

T = TypeVar("T")


def first(items: Iterable[T], wanted: Callable[[T], bool]) -> T:
    """Return the first item that is wanted, for any is as good."""
    return next(item for item in items if wanted(item))


def ranked(items: Iterable[T], key: Callable[[T], Any]) -> list[T]:
    """Return the items, greatest first."""
    return sorted(items, key=key, reverse=True)


def clear(items: Iterable[T], key: Callable[[T], Any]) -> bool:
    """Return whether there is one greatest item, and another one below it."""
    values = sorted((key(item) for item in items), reverse=True)
    return len(values) > 1 and values[0] > values[1]


def foreign(world: World) -> Sequence[Repo]:
    """Return the repositories that the start page does not list."""
    return [repo for repo in world.repos if not world.mine(repo.owner)]


def talked(repo: Repo) -> list[Issue]:
    """Return a repository's open issues, most discussed first."""
    return ranked(_open(repo), lambda issue: len(issue.comments))


def _open(repo: Repo) -> list[Issue]:
    return [issue for issue in repo.issues if issue.state == "open"]


def discussed(world: World) -> Repo:
    """Return a repository with one open issue that is discussed most."""
    return first(reversed(foreign(world)), lambda repo: clear(_open(repo), lambda issue: len(issue.comments)))


def percent(repo: Repo, plan: Milestone) -> int:
    """Return how much of a milestone is done, as the site shows it."""
    issues = [issue for issue in repo.issues if issue.milestone == plan.title]
    return round(100 * sum(issue.state == "closed" for issue in issues) / len(issues)) if issues else 0


def progressing(world: World) -> Repo:
    """Return a repository with one milestone that is furthest."""
    return first(reversed(world.repos), lambda repo: clear(repo.milestones, lambda plan: percent(repo, plan)))


def open_issues(world: World) -> list[Issue]:
    """Return open issues of other people's repositories that are not the visitor's to do, repositories in turn."""
    me = world.me.handle
    lists = [[issue for issue in _open(repo) if issue.assignee != me] for repo in foreign(world)]
    return [issue for turn in zip_longest(*lists) for issue in turn if issue is not None]


def setting(repo: Repo, name: str) -> int:
    """Return a number of a repository's settings file."""
    text = first(repo.files, lambda file: file.path == "settings.yaml").text
    found = re.search(rf"\b{name}: (\d+)", text)
    return int(found[1]) if found else 0


def words_of(issue: Issue) -> str:
    """Return an issue as people quote it."""
    return f"“{issue.title}”"
