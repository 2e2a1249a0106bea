"""Which end comes first: "Price: low to high" begins with the least, and so does "starting with what costs least".

Sentence embeddings hardly tell the one from the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from agent.policy.text import stem, words

_LEAST = frozenset(
    stem(word)
    for word in (
        "least", "low", "lower", "lowest", "few", "fewer", "fewest", "less", "small", "smaller", "smallest", "short",
        "shorter", "shortest", "old", "older", "oldest", "early", "earlier", "earliest", "cheap", "cheaper",
        "cheapest", "affordable", "central", "light", "lighter", "lightest", "near", "nearer", "nearest", "close",
        "closer", "closest",
        "slow", "slowest", "young", "youngest", "ascending", "worst", "alphabetical", "alphabetically",
    )
)  # fmt: skip
_MOST = frozenset(
    stem(word)
    for word in (
        "most", "high", "higher", "highest", "many", "more", "large", "larger", "largest", "big", "bigger", "biggest",
        "great", "greatest", "long", "longer", "longest", "new", "newer", "newest", "late", "later", "latest",
        "recent", "dear", "dearer", "dearest", "expensive", "priciest", "costliest", "heavy", "heaviest", "far",
        "farthest", "furthest", "fast", "fastest", "best", "finest", "popular", "descending",
    )
)  # fmt: skip

#: Values per text: it begins with the least, with the most, as the instruction asks, otherwise than it asks.
DIRECTIONS = ("least_first", "most_first", "as_asked", "not_asked")


#: Bounds are no ends: "60 dollars at most", "no more than 60", "at least four stars".
_BOUND = re.compile(r"\b(?:at|the very) (?:most|least)\b|\b(?:no|not) (?:more|less|fewer|longer|later|earlier) than\b")
#: Degrees of what follows: the most expensive is the most, the least expensive and the most affordable the least.
_DEGREES = {stem("most"): 1, stem("more"): 1, stem("least"): -1, stem("less"): -1}


@lru_cache(maxsize=20_000)
def said_ends(text: str) -> tuple[int, ...]:
    """Return the ends that a text speaks of, in order: -1 the least, 1 the most."""
    said = words(_BOUND.sub(" ", text.lower()))
    found: list[int] = []
    degree = 0
    for word in said:
        end = -1 if word in _LEAST else 1 if word in _MOST else 0
        if degree and end and word not in _DEGREES:
            found[-1] = degree * end
            degree = 0
            continue
        degree = _DEGREES.get(word, 0)
        if end:
            found.append(end)
    return tuple(found)


def first_end(text: str) -> int:
    """Return -1 where a text speaks of the least first, 1 of the most, 0 of neither."""
    said = words(text)
    if said[:3] in (("a", "to", "z"), ("z", "to", "a")):
        return -1 if said[0] == "a" else 1
    return next(iter(said_ends(text)), 0)


def ends(instruction: str) -> tuple[bool, bool]:
    """Return whether an instruction speaks of the least, and of the most, of something."""
    said = said_ends(instruction)
    return -1 in said, 1 in said


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
