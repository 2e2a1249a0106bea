"""Filters of the templates: dates, and choices of drop-downs as pairs of value and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sandbox_sites.forge.records import Branch, Milestone, User
from sandbox_sites.forge.seed import day

Pairs = list[tuple[str, str]]


def _same(values: Iterable[str]) -> Pairs:
    return [(value, value) for value in values]


def _people(users: Iterable[User]) -> Pairs:
    return [(user.handle, user.name) for user in users]


def _titles(plans: Iterable[Milestone]) -> Pairs:
    return [(plan.title, plan.title) for plan in plans]


def _names(branches: Iterable[Branch]) -> Pairs:
    return [(branch.name, branch.name) for branch in branches]


def _map_words(items: Iterable[tuple[str, str]], t: Callable[[str], str]) -> Pairs:
    return [(value, t(text)) for value, text in items]


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day, "same": _same, "people": _people, "titles": _titles, "names": _names, "map_words": _map_words,
}  # fmt: skip
