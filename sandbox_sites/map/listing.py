"""Lists of places: search, filter, sort, parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox_sites.map.kinds import BY_SLUG
from sandbox_sites.map.places import Place, slug_of
from sandbox_sites.map.seed import Town

PER_PART = 15
SORTS = {"": "Relevance", "distance": "Distance from the centre", "rating": "Rating", "name": "Name"}
RATINGS = ("3", "3.5", "4", "4.5")
PARAMETERS = ("q", "category", "rating", "sunday", "access", "sort")
_KEYS = {
    "distance": lambda place: (place.far, place.name),
    "rating": lambda place: (-place.rating, place.name),
    "name": lambda place: (place.name,),
}


def whole(text: str, most: int = 100_000) -> int | None:
    """Read a whole number; None for anything else."""
    # isdigit would let superscripts through, which int refuses.
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 7 and int(text) <= most else None


def matching(town: Town, query: str) -> list[Place]:
    """Return the places of which name, category, street or district hold all the words."""
    words = slug_of(query).split("-")
    found = []
    for place in town.places:
        district = town.district(place.district)
        kind = place.kind
        text = f"{place.name} {kind.label} {kind.one} {place.street} {district.name if district else ''} {place.extra}"
        if all(word in slug_of(text) for word in words):
            found.append(place)
    return found


@dataclass(frozen=True, slots=True)
class Listing:
    """One part of a filtered and sorted list, with what was chosen."""

    places: Sequence[Place]
    count: int
    first: int  # number of the first place shown
    chosen: dict[str, str]
    more: str  # query of the next part, or nothing

    @classmethod
    def of(cls, town: Town, query: Mapping[str, str]) -> Listing:
        """Search, filter, sort and cut by the query's parameters; wrong values count as not given."""
        chosen = {name: query.get(name, "").strip()[:120] for name in PARAMETERS}
        chosen["category"] = chosen["category"] if chosen["category"] in BY_SLUG else ""
        chosen["rating"] = chosen["rating"] if chosen["rating"] in RATINGS else ""
        chosen["sort"] = chosen["sort"] if chosen["sort"] in SORTS else ""
        found = [
            place
            for place in matching(town, chosen["q"])
            if chosen["category"] in ("", place.kind_slug)
            and place.rating >= float(chosen["rating"] or 0)
            and (chosen["sunday"] != "1" or place.on_sunday)
            and (chosen["access"] != "1" or place.access == "Step-free")
        ]
        if chosen["sort"]:
            found.sort(key=_KEYS[chosen["sort"]])
        parts = max(1, -(-len(found) // PER_PART))
        part = min(max(whole(query.get("page", "")) or 1, 1), parts)
        given = {name: value for name, value in chosen.items() if value}
        more = "?" + urlencode({**given, "page": str(part + 1)}) if part < parts else ""
        first = (part - 1) * PER_PART
        return cls(found[first : first + PER_PART], len(found), first + 1, chosen, more)
