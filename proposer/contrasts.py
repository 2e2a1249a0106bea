"""contrasts: comparisons that a trajectory could have answered: pages of one kind that it saw, lists that it saw. Pure.

Which of the pages wins is left to chance, so that the name asked for is as often that of an earlier page as of the last
one, where the answer is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from infra.contracts.observation import Observation
from infra.contracts.sitemap import Page
from proposer.atlas import Atlas
from proposer.grounded import ranking
from proposer.grounded.contrast import Contrast, contrast, item_of, nameable, shared

#: Of one trajectory, at most.
PAIRS, LISTS = 2, 1


@dataclass(frozen=True, slots=True)
class Contrasted:
    """A comparison that ``steps`` actions would have answered; ``via``: after how many the first page was seen."""

    steps: int
    words: Contrast
    via: int | None = None


def contrasted(
    seen: Sequence[Observation], pages: Sequence[Page], places: Sequence[int], atlas: Atlas, rng: Random
) -> Iterable[Contrasted]:
    """Yield some comparisons. ``seen[k]``, ``pages[k]``: after k actions; ``places``: when named pages came up."""
    yield from _pairs(pages, places, atlas, rng)
    yield from _lists(seen, pages, places, atlas, rng)


def _pairs(pages: Sequence[Page], places: Sequence[int], atlas: Atlas, rng: Random) -> Iterable[Contrasted]:
    items = {k: item_of(atlas, pages[k]) for k in places if nameable(pages[k].heading)}
    found = []
    for first, last in combinations(sorted(items), 2):
        kinds = [_template(atlas, pages[k]) for k in (first, last)]
        if kinds[0] is None or kinds[0] != kinds[1] or not items[first].alike(items[last]):
            continue
        found += [(first, last, label) for label in shared([items[first], items[last]])]
    for first, last, label in rng.sample(found, min(PAIRS, len(found))):
        yield Contrasted(last, contrast(rng, [items[first], items[last]], label), via=first)


def _template(atlas: Atlas, page: Page) -> str | None:
    known = atlas.pages.get(page.url)
    return known.template if known is not None else None


def _lists(
    seen: Sequence[Observation], pages: Sequence[Page], places: Sequence[int], atlas: Atlas, rng: Random
) -> Iterable[Contrasted]:
    found = [(k, one) for k in places for one in ranking.rankings(atlas, pages[k], seen[k])]
    for k, one in rng.sample(found, min(LISTS, len(found))):
        yield Contrasted(k, ranking.ask(rng, pages[k].heading, one))
