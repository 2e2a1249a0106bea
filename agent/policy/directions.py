"""Which end comes first: "Price: low to high" begins with the least, and so does "starting with what costs least".

Sentence embeddings hardly tell the one from the other.
"""

from __future__ import annotations

from functools import lru_cache

from agent.policy.text import stem, words

_LEAST = frozenset(
    stem(word)
    for word in (
        "least", "low", "lower", "lowest", "few", "fewer", "fewest", "less", "small", "smaller", "smallest", "short",
        "shorter", "shortest", "old", "older", "oldest", "early", "earlier", "earliest", "cheap", "cheaper",
        "cheapest", "light", "lighter", "lightest", "near", "nearer", "nearest", "close", "closer", "closest",
        "slow", "slowest", "young", "youngest", "bottom", "ascending", "worst", "alphabetical", "alphabetically",
    )
)  # fmt: skip
_MOST = frozenset(
    stem(word)
    for word in (
        "most", "high", "higher", "highest", "many", "more", "large", "larger", "largest", "big", "bigger", "biggest",
        "great", "greatest", "long", "longer", "longest", "new", "newer", "newest", "late", "later", "latest",
        "recent", "dear", "dearer", "dearest", "expensive", "priciest", "costliest", "heavy", "heaviest", "far",
        "farthest", "furthest", "fast", "fastest", "top", "best", "finest", "popular", "descending",
    )
)  # fmt: skip

#: Values per text: it begins with the least, with the most, as the instruction asks, otherwise than it asks.
DIRECTIONS = ("least_first", "most_first", "as_asked", "not_asked")


@lru_cache(maxsize=20_000)
def first_end(text: str) -> int:
    """Return -1 where a text speaks of the least first, 1 of the most, 0 of neither."""
    said = words(text)
    if said[:3] in (("a", "to", "z"), ("z", "to", "a")):
        return -1 if said[0] == "a" else 1
    for word in said:
        if word in _LEAST:
            return -1
        if word in _MOST:
            return 1
    return 0


@lru_cache(maxsize=2_000)
def ends(instruction: str) -> tuple[bool, bool]:
    """Return whether an instruction speaks of the least, and of the most, of something."""
    said = set(words(instruction))
    return bool(said & _LEAST), bool(said & _MOST)


def directions(text: str, instruction: str) -> list[float]:
    """Return the DIRECTIONS of a text, each 0 or 1."""
    end = first_end(text)
    least, most = ends(instruction)
    return [
        float(end < 0),
        float(end > 0),
        float((end < 0 and least and not most) or (end > 0 and most and not least)),
        float((end < 0 and most and not least) or (end > 0 and least and not most)),
    ]
