"""What a world of the booking service consists of; nothing here changes once it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

TODAY = date(2031, 5, 12)
LAST_DAY = date(2031, 10, 31)  # the last night that can be reserved
SEASONS = ("Quiet season", "Spring and autumn", "High summer")
SEASON_MONTHS = ("November to March", "April to June, September and October", "July and August")


def slug(text: str) -> str:
    """Return a text as a piece of a URL."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def season(night: date) -> int:
    """Return the number of a night's season."""
    return 2 if night.month in (7, 8) else 0 if night.month in (11, 12, 1, 2, 3) else 1


def nights(arrive: date, leave: date) -> list[date]:
    """Return the nights of a stay."""
    return [arrive + timedelta(days=i) for i in range((leave - arrive).days)]


@dataclass(frozen=True, slots=True)
class Town:
    """A place on the coast."""

    slug: str
    name: str
    blurb: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who lets rooms or teaches."""

    slug: str
    name: str
    town: str
    since: int
    languages: tuple[str, ...]
    reply: str
    line: str


@dataclass(frozen=True, slots=True)
class Room:
    """A type of room; prices in euros a night, one for each season."""

    slug: str
    name: str
    beds: str
    sleeps: int
    size: int
    prices: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a guest wrote of a stay."""

    author: str
    month: str
    stars: int
    text: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A house with rooms."""

    slug: str
    name: str
    kind: str
    town: str
    host: str
    blurb: str
    sea: int  # metres to the water
    built: int
    check_in: str
    check_out: str
    policy: str
    amenities: tuple[str, ...]
    rooms: tuple[Room, ...]
    rules: Mapping[str, str]
    extras: Mapping[str, int]
    opinions: tuple[Opinion, ...]

    @property
    def rating(self) -> float:
        """Mean of the stars, to one place."""
        return round(sum(opinion.stars for opinion in self.opinions) / len(self.opinions), 1)

    @property
    def cheapest(self) -> int:
        """What the cheapest room costs now."""
        return min(room.prices[season(TODAY)] for room in self.rooms)

    @property
    def most(self) -> int:
        """How many the largest room sleeps."""
        return max(room.sleeps for room in self.rooms)

    def room(self, wanted: str) -> Room | None:
        """Return a room by its slug."""
        return next((room for room in self.rooms if room.slug == wanted), None)


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which a course is held."""

    on: date
    places: int


@dataclass(frozen=True, slots=True)
class Course:
    """A course of one day."""

    slug: str
    name: str
    topic: str
    town: str
    teacher: str
    blurb: str
    price: int
    hours: int
    begins: str
    group: int
    level: str
    bring: str
    meeting: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Booking:
    """A reservation."""

    number: str
    stay: str
    room: str
    arrive: str
    leave: str
    guests: int
    total: int
    extras: tuple[str, ...] = ()
    payment: str = "Pay on arrival"
    name: str = ""
    email: str = ""
    phone: str = ""
    wishes: str = ""
    code: str = ""

    @property
    def past(self) -> bool:
        """Whether it is over."""
        return date.fromisoformat(self.leave) <= TODAY


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher of the demo guest."""

    code: str
    worth: int
    until: str
    status: str


@dataclass(frozen=True, slots=True)
class World:
    """An instance of the coast."""

    towns: tuple[Town, ...]
    hosts: tuple[Host, ...]
    stays: tuple[Stay, ...]
    courses: tuple[Course, ...]
    guest: Mapping[str, str]  # the profile that the demo guest begins with
    password: str
    bookings: tuple[Booking, ...]
    letters: Mapping[str, str]  # booking number → what the host wrote
    vouchers: tuple[Voucher, ...]
    codes: Mapping[str, int]  # further codes that can be redeemed
    lists: Mapping[str, tuple[str, ...]]  # wish list's slug → stays
    list_names: Mapping[str, str]
    policies: tuple[tuple[str, str, str, str], ...]
    help: Mapping[str, tuple[str, Mapping[str, str]]]
    questions: tuple[tuple[str, str], ...]
    busy: Mapping[tuple[str, str], frozenset[date]]
    first_number: int

    def stay(self, wanted: str) -> Stay | None:
        """Return a stay by its slug."""
        return next((stay for stay in self.stays if stay.slug == wanted), None)

    def course(self, wanted: str) -> Course | None:
        """Return a course by its slug."""
        return next((course for course in self.courses if course.slug == wanted), None)

    def host(self, wanted: str) -> Host | None:
        """Return a host by the slug."""
        return next((host for host in self.hosts if host.slug == wanted), None)

    def town(self, wanted: str) -> Town | None:
        """Return a town by its slug."""
        return next((town for town in self.towns if town.slug == wanted), None)

    def free_nights(self, stay: Stay, room: Room, arrive: date, leave: date) -> bool:
        """Return whether a room is free by the seed alone."""
        taken = self.busy[stay.slug, room.slug]
        return not any(night in taken for night in nights(arrive, leave))
