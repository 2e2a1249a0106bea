"""rows: of several like buttons on a page, what tells the row of one from those of the others. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from infra.contracts.observation import ChunkKind, Element, Observation
from proposer.reading import fold

#: Longer texts are no names.
LONGEST = 80


def row_names(observation: Observation, like: Sequence[Element]) -> list[str]:
    """Return for each of several like elements a name that its row has and no other; "" where there is none.

    It is the heading above it, what a link in its row says, or the first cell of its row.
    """
    names = [list(dict.fromkeys(_names(observation, one))) for one in like]
    counts = Counter(fold(name) for row in names for name in row)
    return [next((name for name in row if counts[fold(name)] == 1), "") for row in names]


def row_of(observation: Observation, target: Element) -> str | None:
    """Return the name of an element's row; "" where nothing tells it from others; None where none is like it."""
    like = [one for one in observation.elements if (one.role, fold(one.name)) == (target.role, fold(target.name))]
    if len(like) < 2:
        return None
    return row_names(observation, like)[[one.mark for one in like].index(target.mark)]


def _names(observation: Observation, one: Element) -> Iterator[str]:
    if _fit(one.context):
        yield one.context
    if not one.nearby:
        return
    for other in observation.elements:
        if other.href and other.nearby == one.nearby and _fit(other.name):
            yield other.name
    row = fold(one.nearby)
    for chunk in observation.chunks:
        if (
            chunk.kind is ChunkKind.CELL
            and chunk.subject
            and _fit(chunk.subject)
            and row.startswith(fold(chunk.subject))
        ):
            yield chunk.subject


def _fit(name: str) -> bool:
    return 2 < len(name.strip()) <= LONGEST
