"""Choosing what tasks are about, so that their truth is unique for any seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from sandbox_sites.map.kinds import CLOSED
from sandbox_sites.map.places import Place
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import SavedList, fresh


def used(town: Town) -> set[str]:
    """Return the places that a fresh visitor has on a list."""
    return {slug for _, kept in town.lists for slug, _ in kept}


def free(town: Town, kind: str, number: int = 0) -> Place:
    """Return one of a category's places that is on no list and among nobody's favourites."""
    taken = used(town)
    return [place for place in town.of(kind) if place.slug not in taken][number]


def apart(places: Sequence[Place], key: Callable[[Place], float]) -> tuple[Place, Place]:
    """Return two places that differ in something: the first with more of it, then one with less."""
    for place in places:
        for other in places:
            if key(place) > key(other):
                return place, other
    raise ValueError("all are the same")


def first_two(places: Sequence[Place], key: Callable[[Place], float]) -> tuple[Place, Place] | None:
    """Return the place with the least of something and the next one; None where several have the least."""
    ordered = sorted(places, key=lambda place: (key(place), place.name))
    return None if key(ordered[0]) == key(ordered[1]) else (ordered[0], ordered[1])


def least(town: Town, kinds: Sequence[str], key: Callable[[Place], float]) -> tuple[Place, Place]:
    """Return the single place with the least of something in the first category that has one, and the next one."""
    for kind in kinds:
        found = first_two(town.of(kind), key)
        if found is not None:
            return found
    raise ValueError("there is a tie in each category")


def open_on(town: Town, kinds: Sequence[str], day: int) -> Place:
    """Return a place of these categories that is open on a day: 0 in the week, 1 Saturday, 2 Sunday."""
    return next(p for kind in kinds for p in town.of(kind) if p.hours[day] != CLOSED and p.hours[0] != p.hours[day])


def number_of(place: Place) -> int:
    """Return the number that a place's own fact holds."""
    return int("".join(sign for sign in place.extra if sign.isdigit()))


def lists_after(town: Town, edit: Callable[[dict[str, SavedList]], Any]) -> dict[str, Any]:
    """Return a fresh visitor's lists once they were changed, as JSON."""
    state = fresh(town)
    edit(state.lists)
    lists: dict[str, Any] = asdict(state)["lists"]
    return lists


def name_of(town: Town, slug: str) -> str:
    """Return the name of a place."""
    place = town.place(slug)
    return place.name if place is not None else ""
