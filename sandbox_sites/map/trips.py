"""Ways between places, and what is around one: what forms of search ask for, understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox_sites.map.kinds import BY_SLUG
from sandbox_sites.map.listing import whole
from sandbox_sites.map.places import Place
from sandbox_sites.map.routing import PACES, Route, find_way, other_way, walks_from
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import MapState
from sandbox_sites.map.streets import Spot

LEAST, MOST = 100, 2000  # metres around a place
NO_SUCH = "We do not know this place or address."


@dataclass(frozen=True, slots=True)
class End:
    """Where a way starts or ends."""

    name: str
    spot: Spot


def understood(town: Town, text: str, state: MapState) -> End | None:
    """Return what a place, an address, “home” or “work” means to a visitor."""
    folded = text.strip().casefold()
    if state.signed_in and folded in ("home", "work"):
        address = town.address(state.home if folded == "home" else state.work)
        return None if address is None else End(folded.capitalize(), address[1])
    place = town.named(text)
    if place is not None:
        return End(place.name, place.spot)
    address = town.address(text)
    return None if address is None else End(*address)


@dataclass(frozen=True, slots=True)
class Trip:
    """A way that was asked for, with another one, or what is wrong with the question."""

    errors: dict[str, str]
    start: End | None = None
    end: End | None = None
    best: Route | None = None
    other: Route | None = None

    @classmethod
    def of(cls, town: Town, query: Mapping[str, str], state: MapState) -> Trip | None:
        """Return what the query asks for; None where it asks for nothing yet."""
        if not query.get("from", "").strip() and "mode" not in query:
            return None
        start, end = (understood(town, query.get(name, ""), state) for name in ("from", "to"))
        mode = query.get("mode", "walking")
        errors = {name: NO_SUCH for name, found in (("from", start), ("to", end)) if found is None}
        if mode not in PACES:
            errors["mode"] = "Please choose how you travel."
        if start is None or end is None or errors:
            return cls(errors, start, end)
        if start.spot == end.spot:
            return cls({"to": "This is where you start."}, start, end)
        best = find_way(town.network, start.spot, end.spot, mode, end.name)
        if best is None:
            return cls({"to": "There is no way for you."}, start, end)
        return cls({}, start, end, best, other_way(town.network, start.spot, end.spot, best, end.name))


@dataclass(frozen=True, slots=True)
class Around:
    """What is within some metres of a place, nearest first."""

    errors: dict[str, str]
    place: End | None = None
    within: int = 500
    kind: str = ""
    found: tuple[tuple[Place, int], ...] = ()

    @classmethod
    def of(cls, town: Town, query: Mapping[str, str], state: MapState) -> Around | None:
        """Return what the query asks for; None where it asks for nothing yet."""
        text = query.get("place", "").strip()
        if not text and "within" not in query:
            return None
        end, within = understood(town, text, state), whole(query.get("within", "500") or "500")
        kind = query.get("category", "") if query.get("category", "") in BY_SLUG else ""
        errors = {} if end is not None else {"place": NO_SUCH}
        if within is None or not LEAST <= within <= MOST:
            errors["within"] = f"Please give a number from {LEAST} to {MOST}."
        if end is None or within is None or errors:
            return cls(errors, end, within or 500, kind)
        return cls({}, end, within, kind, tuple(near(town, end, within, kind)))


def near(town: Town, end: End, within: int, kind: str = "") -> list[tuple[Place, int]]:
    """Return the places around a spot, nearest first, with how far they are on foot."""
    far = walks_from(town.network, end.spot)
    found = [(place, far(place.spot)) for place in town.places if place.name != end.name]
    kept = [(place, metres) for place, metres in found if metres <= within and kind in ("", place.kind_slug)]
    return sorted(kept, key=lambda pair: (pair[1], pair[0].name))
