"""Tasks that search, filter or sort."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sandbox_sites.booking.judges import JUDGES, filtered
from sandbox_sites.booking.ways import order, pick_day
from sandbox_sites.booking.words import KINDS
from sandbox_sites.booking.world import Stay, World
from sandbox_sites.common.hand import choose, click_at, enter, follow, give_up, press, steps, tick
from sandbox_sites.common.site import Entry

SEARCH = "search"


def _cheapest_kind(world: World) -> tuple[str, list[Stay]]:
    """Return a kind of house with one that is the cheapest, and its houses, cheapest first."""
    for kind in KINDS:
        houses = sorted((stay for stay in world.stays if stay.kind == kind), key=lambda stay: stay.cheapest)
        if len(houses) > 2 and houses[0].cheapest < houses[1].cheapest:
            return kind, houses
    raise ValueError("every kind of house has two that are the cheapest")


def searching(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _stays(world)
    yield from _courses(world)


def _stays(world: World) -> Iterator[Entry]:
    town = world.towns[2].name
    kind, houses = _cheapest_kind(world)
    limit = sorted(stay.cheapest for stay in world.stays)[12]
    first, last = date(2031, 7, 8), date(2031, 7, 11)
    yield Entry(
        SEARCH, 3, f"we are four and want to sleep in {town} - put up the list of houses for us",
        filtered("/search", where=town, guests="4"),
        steps(enter({"Where to?": town, "Guests": "4"}), press("Search stays", within="main")),
        wrong=steps(enter({"Where to?": town, "Guests": "3"}), press("Search stays", within="main")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 3, "Put the houses that are nearest to the water at the top of the list.",
        filtered("/search", sort="sea"), steps(follow("Stays"), order("Distance to the sea")),
        wrong=steps(follow("Stays"), order("Guest rating")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 4, "I only care for places that have a sauna and let my dog in. Narrow the list down to those.",
        filtered("/search", sauna="1", **{"dogs-welcome": "1"}),
        steps(follow("Stays"), tick("Sauna"), tick("Dogs welcome"), press("Search stays", within="main")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 3, f"Our budget is {limit} euros a night at the very most. Cut the list of houses down to that.",
        filtered("/search", max=str(limit)),
        steps(follow("Stays"), enter({"Highest price per night": str(limit)}), press("Search stays", within="main")),
        wrong=steps(follow("Stays"), enter({"Highest price per night": str(limit + 1)}),
                    press("Search stays", within="main")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 4, "Show what is free from the 8th to the 11th of July for the two of us.",
        filtered("/search", guests="2", **{"from": first.isoformat(), "to": last.isoformat()}),
        steps(pick_day("from", first, 2), enter({"Departure": last.isoformat()}), click_at("[aria-label='More']"),
              press("Search stays", within="main")),
        wrong=steps(enter({"Arrival": "2031-07-08", "Departure": "2031-07-12", "Guests": "2"}),
                    press("Search stays", within="main")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 5, f"Of all the places of the type {kind}, open the one with the lowest price.",
        JUDGES.reach(f"/stays/{houses[0].slug}"),
        steps(follow("Stays"), choose("House type", kind), order("Price, lowest first"), follow(houses[0].name)),
        wrong=steps(follow("Stays"), choose("House type", kind), order("Price, lowest first"), follow(houses[1].name)),
    )  # fmt: skip
    yield Entry(
        SEARCH, 4, "Limit the search for houses to the ones with an outdoor swimming pool.", JUDGES.refuse(),
        give_up(follow("Stays")), answerable=False,
    )  # fmt: skip


def _courses(world: World) -> Iterator[Entry]:
    word = world.courses[3].name.split()[0]
    yield Entry(
        SEARCH, 3, "Show the day courses with the dearest one first.",
        filtered("/courses", sort="price", order="desc"), steps(follow("Courses", "Price", "Price")),
        wrong=steps(follow("Courses", "Price")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 3, "could you reduce the course table to the craft topic?", filtered("/courses", topic="Craft"),
        steps(follow("Courses"), choose("Topic", "Craft"), press("Filter courses")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 3, f"A friend mentioned some course with “{word}” in its name. Look for that word among the courses.",
        filtered("/courses", q=word), steps(follow("Courses"), enter({"Find a course": word}), press("Filter courses")),
    )  # fmt: skip
    yield Entry(
        SEARCH, 4, "Among the courses about the outdoors, leave out those that have days with no place left.",
        filtered("/courses", topic="Outdoors", open="1"),
        steps(follow("Courses"), choose("Topic", "Outdoors"), tick("Hide courses with full days"),
              press("Filter courses")),
    )  # fmt: skip
