"""Searching for stays and courses: filter, sort, show more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sandbox_sites.booking.months import all_free, day_of, whole, wrong_dates
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.words import AMENITIES, KINDS, TOPICS
from sandbox_sites.booking.world import Course, Stay, World, slug

PER_PAGE = 8
DEAREST = 300  # where the slider ends
SORTS = {
    "": "Recommended", "price": "Price, lowest first", "price-desc": "Price, highest first", "rating": "Guest rating",
    "sea": "Distance to the sea", "name": "Name A to Z",
}  # fmt: skip
_KEYS: dict[str, Callable[[Stay], tuple[Any, ...]]] = {
    "price": lambda stay: (stay.cheapest, stay.name),
    "price-desc": lambda stay: (-stay.cheapest, stay.name),
    "rating": lambda stay: (-stay.rating, stay.name),
    "sea": lambda stay: (stay.sea, stay.name),
    "name": lambda stay: (stay.name,),
}
COURSE_COLUMNS = {"name": "Course", "topic": "Topic", "town": "Town", "hours": "Hours", "price": "Price"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for stays found, with what was chosen."""

    stays: Sequence[Stay]
    count: int
    more: str  # query of the longer list; empty where all is shown
    chosen: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def sort(self) -> str:
        """Words of the order."""
        return SORTS[self.chosen.get("sort", "")]

    @classmethod
    def of(cls, world: World, state: BookingState, query: Mapping[str, str]) -> Found:
        """Search; wrong values count as not given."""
        chosen = {name: value.strip()[:80] for name, value in query.items() if value.strip()}
        if chosen.get("sort") not in _KEYS:
            chosen.pop("sort", None)
        errors: dict[str, str] = {}
        if chosen.get("from") or chosen.get("to"):
            wrong = wrong_dates(chosen.get("from", ""), chosen.get("to", ""))
            errors = {{"arrive": "from", "leave": "to"}[name]: text for name, text in wrong.items()}
        found = [stay for stay in world.stays if _fits(world, state, stay, chosen, dated=not errors)]
        if chosen.get("sort"):
            found.sort(key=_KEYS[chosen["sort"]])
        pages = min(max(whole(chosen.get("page", "")) or 1, 1), 50)
        rest = {name: value for name, value in chosen.items() if name != "page"}
        more = urlencode({**rest, "page": str(pages + 1)}) if len(found) > pages * PER_PAGE else ""
        return cls(found[: pages * PER_PAGE], len(found), more, chosen, errors)


def _fits(world: World, state: BookingState, stay: Stay, chosen: Mapping[str, str], *, dated: bool) -> bool:
    town = world.town(stay.town)
    place = f"{stay.name} {town.name if town else ''}".lower()
    if not all(word in place for word in chosen.get("where", "").lower().split()):
        return False
    if chosen.get("kind") in KINDS and stay.kind != chosen["kind"]:
        return False
    if any(chosen.get(slug(amenity)) and amenity not in stay.amenities for amenity in AMENITIES):
        return False
    limit, guests = whole(chosen.get("max", "")), whole(chosen.get("guests", "")) or 1
    if limit is not None and stay.cheapest > limit:
        return False
    arrive, leave = day_of(chosen.get("from", "")), day_of(chosen.get("to", ""))
    rooms = [room for room in stay.rooms if room.sleeps >= guests]
    if dated and arrive and leave:
        rooms = [room for room in rooms if all_free(world, state, stay, room, arrive, leave)]
    return bool(rooms)


def courses_of(world: World, query: Mapping[str, str]) -> list[Course]:
    """Return the courses of a topic or level, sorted."""
    topic, open_only = query.get("topic", ""), query.get("open") == "1"
    found = [course for course in world.courses if topic not in TOPICS or course.topic == topic]
    if open_only:
        found = [course for course in found if all(day.places for day in course.days)]
    words = query.get("q", "").lower().split()
    found = [course for course in found if all(word in course.name.lower() for word in words)]
    sort = query.get("sort", "name")
    if sort in COURSE_COLUMNS:
        found.sort(key=lambda course: (getattr(course, sort), course.name), reverse=query.get("order") == "desc")
    return found
