"""An instance of the town: everything that the same seed makes again."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

from sandbox_sites.map.kinds import KINDS
from sandbox_sites.map.names import DISTRICT_LINES, DISTRICTS, LIST_NAMES, NOTES, PEOPLE, TOWNS
from sandbox_sites.map.places import Place, settle, slug_of
from sandbox_sites.map.routing import walks_from
from sandbox_sites.map.streets import Network, Spot, lay_out
from sandbox_sites.map.transit import Line, run_lines

TODAY = "14 June 2031"
_CENTRE = 31  # junction
_ANCHORS = ((0.5, 0.45), (0.15, 0.2), (0.82, 0.16), (0.12, 0.72), (0.46, 0.12), (0.55, 0.85), (0.88, 0.74))


@dataclass(frozen=True, slots=True)
class District:
    """A part of the town."""

    slug: str
    name: str
    blurb: str
    people: int
    office: str  # phone
    postcode: str
    market: str
    built: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Town:
    """All of it. ``lists`` are the demo user's: name and (place, note)."""

    name: str
    person: str
    network: Network
    centre: Spot
    places: tuple[Place, ...]
    districts: tuple[District, ...]
    lines: tuple[Line, ...]
    lists: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    home: str
    work: str
    help: tuple[tuple[str, str], ...]

    @property
    def email(self) -> str:
        """The demo user's address."""
        return f"{self.person.lower().replace(' ', '.')}@post.example"

    def place(self, wanted: str) -> Place | None:
        """Return a place by its slug."""
        return next((place for place in self.places if place.slug == wanted), None)

    def named(self, name: str) -> Place | None:
        """Return a place by its name, or by a part of it that only one has."""
        folded = " ".join(name.casefold().split())
        if not folded:
            return None
        same = [place for place in self.places if place.name.casefold() == folded]
        near = same or [place for place in self.places if folded in place.name.casefold()]
        return near[0] if len(near) == 1 else None

    def of(self, kind: str) -> list[Place]:
        """Return the places of a category, in the order of the directory."""
        return [place for place in self.places if place.kind_slug == kind]

    def within(self, district: str) -> list[Place]:
        """Return a district's places."""
        return [place for place in self.places if place.district == district]

    def district(self, wanted: str) -> District | None:
        """Return a district by its slug."""
        return next((district for district in self.districts if district.slug == wanted), None)

    def line(self, wanted: str) -> Line | None:
        """Return a line by its slug."""
        return next((line for line in self.lines if line.slug == wanted), None)

    def address(self, text: str) -> tuple[str, Spot] | None:
        """Return an address as it is written, and where it is; None where there is none."""
        number, _, street_name = " ".join(text.split()).partition(" ")
        street = self.network.street(street_name)
        if street is None or not number.isdecimal() or len(number) > 4:
            return None
        spot = self.network.spot_at(street, int(number))
        return None if spot is None else (f"{int(number)} {street.name}", spot)


def _districts(rng: random.Random, network: Network) -> tuple[District, ...]:
    names, lines = rng.sample(DISTRICTS, len(_ANCHORS)), rng.sample(DISTRICT_LINES, len(_ANCHORS))
    people, years = rng.sample(range(1900, 14800, 7), len(_ANCHORS)), rng.sample(range(1420, 1960), len(_ANCHORS))
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    return tuple(
        District(
            slug_of(name), name, line, count, f"01555 {rng.randint(200, 899)} {number}{number}",
            f"TW{number} {year % 9}",
            rng.choice(days), year, round(x * network.width), round(y * network.height),
        )
        for number, (name, line, count, year, (x, y)) in enumerate(
            zip(names, lines, people, years, _ANCHORS, strict=True), start=1
        )
    )  # fmt: skip


def _lists(rng: random.Random, places: tuple[Place, ...]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    ordered = [[place for place in places if place.kind is kind] for kind in KINDS]
    pool = [place for of_kind in ordered for place in of_kind[4:]]
    names, chosen = rng.sample(LIST_NAMES, 3), rng.sample(pool, 11)
    sizes = (4, 3, 4)
    lists = []
    for i, name in enumerate(names):
        mine = chosen[sum(sizes[:i]) : sum(sizes[: i + 1])]
        notes = rng.sample(NOTES, 2)
        lists.append((name, tuple((place.slug, notes[n] if n < 2 else "") for n, place in enumerate(mine))))
    return tuple(lists)


def _help(rng: random.Random) -> tuple[tuple[str, str], ...]:
    return (
        ("How are distances measured?", "Along the streets, never as the crow flies, and always in steps of 10 m."),
        ("How fast do you think I walk?", "80 metres a minute on foot, 240 metres a minute by bicycle and 420 metres a "
         "minute by car. Minutes are rounded up."),
        ("What happens to my reports?", f"A volunteer looks at each of them within {rng.randint(2, 9)} working days."),
        ("How long may a review be?", f"At most {rng.choice((280, 300, 350, 400, 450))} characters. Be kind."),
        ("What is a share code?", "Five letters and digits that stand for a place. Read it out on the phone, and the "
         "other side enters it under “Open a share code”."),
        ("How often is the map renewed?", f"Every {rng.choice((3, 4, 5, 6, 8, 9))} weeks, at night."),
        ("Who pays for this?", "The town council and the tram companies share the costs."),
    )  # fmt: skip


@lru_cache(maxsize=8)
def town(seed: int) -> Town:
    """Return the town of a seed."""
    rng = random.Random(f"map {seed}")  # noqa: S311 - a fixture, not a secret
    name, person = rng.choice(TOWNS), rng.choice(PEOPLE)
    network = lay_out(rng)
    districts = _districts(rng, network)
    centre = network.at_junction(_CENTRE)

    def district_of(spot: Spot) -> str:
        return min(districts, key=lambda d: (math.dist((d.x, d.y), network.point(spot)), d.slug)).slug

    places = settle(rng, network, walks_from(network, centre), district_of)
    streets = [street for street in network.streets if street.kind == "street" and not street.one_way]
    one, two = rng.sample(streets, 2)
    return Town(
        name=name, person=person, network=network, centre=centre, places=places, districts=districts,
        lines=run_lines(rng, network), lists=_lists(rng, places),
        home=f"{rng.randint(2, one.last_number)} {one.name}", work=f"{rng.randint(2, two.last_number)} {two.name}",
        help=_help(rng),
    )  # fmt: skip
