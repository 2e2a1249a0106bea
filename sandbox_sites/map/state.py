"""What one visitor of the map has changed; everything else is the seed's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox_sites.map.places import Review
from sandbox_sites.map.seed import Town

SIGNED_IN, SIGNED_OUT, EXPIRED = "in", "out", "expired"
SWITCHES = {
    "steps": "Read the turns out to me",
    "large": "Large print on the map",
    "night": "Dark colours at night",
    "alerts": "Tell me about closed streets by e-mail",
}


@dataclass(slots=True)
class Kept:
    """A place on a list."""

    slug: str
    note: str = ""


@dataclass(slots=True)
class SavedList:
    """A list of places."""

    name: str
    places: list[Kept] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """A problem that somebody reported."""

    kind: str
    place: str
    details: str
    name: str
    email: str


@dataclass(slots=True)
class MapState:
    """Overlays over the seed."""

    signed: str = SIGNED_IN
    home: str = ""
    work: str = ""
    profile: dict[str, str] = field(default_factory=dict)
    lists: dict[str, SavedList] = field(default_factory=dict)  # by id
    reviews: dict[str, list[Review]] = field(default_factory=dict)  # by place
    reports: list[Report] = field(default_factory=list)
    been: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)  # transit lines
    helpful: list[str] = field(default_factory=list)  # place/author of reviews found helpful
    switches: dict[str, bool] = field(
        default_factory=lambda: {"steps": False, "large": False, "night": True, "alerts": True}
    )

    @property
    def signed_in(self) -> bool:
        """Whether the demo user is signed in."""
        return self.signed == SIGNED_IN

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return asdict(self)


def fresh(town: Town) -> MapState:
    """Return the state of a new visitor: the demo user, signed in."""
    return MapState(
        home=town.home,
        work=town.work,
        profile={"name": town.person, "email": town.email, "phone": "01555 0142 77"},
        lists={
            f"list-{number}": SavedList(name, [Kept(slug, note) for slug, note in kept])
            for number, (name, kept) in enumerate(town.lists, start=1)
        },
        followed=[town.lines[1].slug],
        been=[town.lists[0][1][0][0]],
    )
