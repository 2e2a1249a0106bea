"""What is to be found in the town."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox_sites.map.kinds import BY_SLUG, CLOSED, KINDS, Hours, Kind
from sandbox_sites.map.names import MONTHS, OPINIONS, REVIEWERS, WORDS
from sandbox_sites.map.routing import metres
from sandbox_sites.map.streets import Network, Spot, Street

ACCESS = ("Step-free", "Partly step-free", "Steps at the door")
_CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody wrote of a place."""

    author: str
    stars: int
    text: str
    date: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``far`` is how far it is from the centre, on foot."""

    slug: str
    name: str
    kind_slug: str
    district: str  # slug
    street: str
    number: int
    spot: Spot
    far: int
    phone: str
    price: int
    access: str
    hours: Hours
    extra: str
    blurb: str
    code: str
    reviews: tuple[Review, ...]

    @property
    def kind(self) -> Kind:
        """Its category."""
        return BY_SLUG[self.kind_slug]

    @property
    def address(self) -> str:
        """House number and street."""
        return f"{self.number} {self.street}"

    @property
    def rating(self) -> float:
        """Mean stars of the seeded reviews, to one place."""
        return round(sum(review.stars for review in self.reviews) / len(self.reviews), 1)

    @property
    def website(self) -> str:
        """Its website, as text."""
        return f"www.{self.slug}.example"

    @property
    def on_sunday(self) -> bool:
        """Whether it opens on Sundays."""
        return self.hours[2] != CLOSED

    @property
    def distance(self) -> str:
        """How far it is from the centre, as it is written everywhere."""
        return metres(self.far)

    @property
    def pounds(self) -> str:
        """Its price level in signs."""
        return "£" * self.price


def slug_of(text: str) -> str:
    """Return a text as a piece of a URL."""
    plain = text.lower().replace("é", "e")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def settle(
    rng: random.Random, network: Network, far: Callable[[Spot], int], district_of: Callable[[Spot], str]
) -> tuple[Place, ...]:
    """Put places onto the streets."""
    words = iter(rng.sample(WORDS, len(WORDS)))
    streets = [street for street in network.streets if street.kind == "street"]
    taken: set[tuple[str, int]] = set()
    codes: set[str] = set()
    phones = iter(rng.sample(range(1000, 10000), sum(kind.count for kind in KINDS)))
    places = []
    for kind in KINDS:
        for i in range(kind.count):
            name = kind.patterns[i % len(kind.patterns)].format(next(words))
            street, number, spot = _address(rng, network, streets, taken)
            places.append(
                Place(
                    slug=slug_of(name), name=name, kind_slug=kind.slug, district=district_of(spot), street=street.name,
                    number=number, spot=spot, far=far(spot), phone=f"01555 {next(phones)} {rng.randint(10, 99)}",
                    price=rng.randint(1, 4) if kind.priced else 0, access=rng.choice(ACCESS),
                    hours=rng.choice(kind.hours), extra=kind.value(rng), blurb=rng.choice(kind.lines),
                    code=_code(rng, codes), reviews=_reviews(rng),
                )
            )  # fmt: skip
    return tuple(places)


def _address(
    rng: random.Random, network: Network, streets: list[Street], taken: set[tuple[str, int]]
) -> tuple[Street, int, Spot]:
    while True:
        street = rng.choice(streets)
        number = rng.randint(1, street.last_number)
        spot = network.spot_at(street, number)
        clear = all((street.slug, number + near) not in taken for near in range(-4, 5))
        if spot is not None and clear and 40 <= spot.offset <= network.edges[spot.edge].length - 40:
            taken.add((street.slug, number))
            return street, number, spot


def _code(rng: random.Random, codes: set[str]) -> str:
    while True:
        code = "".join(rng.choice(_CODE_SIGNS) for _ in range(5))
        if code not in codes:
            codes.add(code)
            return code


def _reviews(rng: random.Random) -> tuple[Review, ...]:
    count = rng.randint(2, 7)
    mood = rng.choice(((2, 4), (3, 5), (1, 5), (4, 5)))
    return tuple(
        Review(author, rng.randint(*mood), text, f"{rng.randint(1, 28)} {rng.choice(MONTHS)} 2031")
        for author, text in zip(rng.sample(REVIEWERS, count), rng.sample(OPINIONS, count), strict=True)
    )
