"""contrast: what two or three pages of one kind state alike, and questions which of them has more or less of it. Pure.

Shared by tasks (compare.py) and by hindsight. The answer is the name of one page; what may tell the pages apart is read
strictly (infra/magnitudes.py), and equal values are never compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from infra.contracts.sitemap import Fact, Page
from infra.magnitudes import Magnitude, magnitude
from proposer.atlas import Atlas, is_row
from proposer.grounded import comparing_words, find, phrasing
from proposer.grounded.comparatives import Sense, sense
from proposer.reading import fold

#: Names are at most this long: an answer is no sentence.
MAX_NAME = 60
#: Share of its labels that two pages must have in common to be of one kind: a town is not compared with a ship.
ALIKE = 0.5

_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a label says of something, as far as it can be told larger from smaller."""

    label: str
    text: str  # as the page has it
    value: Magnitude
    sense: Sense

    def alike(self, other: Measure) -> bool:
        """Return whether both are of one unit, and the same words fit them."""
        return self.value.alike(other.value) and self.sense == other.sense

    def comparable(self, other: Measure) -> bool:
        """Return whether one of the two is larger, and it can be told which."""
        return self.alike(other) and self.value.amount != other.value.amount


@dataclass(frozen=True, slots=True)
class Item:
    """Something with a name and its measures, by folded label; ``labels``: all that is stated of it."""

    name: str
    measures: Mapping[str, Measure]
    labels: frozenset[str] = frozenset()

    def alike(self, other: Item) -> bool:
        """Return whether the two are things of one kind."""
        union = self.labels | other.labels
        return bool(union) and len(self.labels & other.labels) >= ALIKE * len(union)


@dataclass(frozen=True, slots=True)
class Contrast:
    """A comparison in words, and its answer."""

    clause: str
    question: str
    answer: str


def nameable(name: str) -> bool:
    """Return whether a name could be an answer."""
    return 2 <= len(name) <= MAX_NAME and _LETTERS.search(name) is not None


def item_of(atlas: Atlas, page: Page) -> Item:
    """Return what a page states about itself in label/value rows, each label once."""
    rows: dict[str, list[Fact]] = {}
    for fact in page.facts:
        own = is_row(fact) and fold(fact.subject or page.heading) == fold(page.heading)
        if own and find.askable(atlas, fact) and not atlas.ambiguous_fact(page, fact):
            rows.setdefault(fold(fact.label), []).append(fact)
    found = {label: measure_of(facts[0].label, facts[0].value) for label, facts in rows.items() if len(facts) == 1}
    measures = {label: measure for label, measure in found.items() if measure is not None}
    return Item(page.heading, measures, frozenset(rows))


def measure_of(label: str, value: str) -> Measure | None:
    """Return the fact as a measure; None where it is none, or nobody would compare it."""
    read = magnitude(value)
    words = sense(label, read) if read is not None else None
    return Measure(label, value, read, words) if read is not None and words is not None else None


def shared(items: Sequence[Item]) -> list[str]:
    """Return the folded labels by which all these items differ from one another, in alphabetical order."""
    first, *others = items
    labels = sorted(set(first.measures).intersection(*(item.measures for item in others)))
    pairs = [(a, b) for i, a in enumerate(items) for b in items[i + 1 :]]
    return [label for label in labels if all(a.measures[label].comparable(b.measures[label]) for a, b in pairs)]


def contrast(rng: Random, items: Sequence[Item], label: str) -> Contrast:
    """Return the question which of two or three items has the most or the least by this label, named in this order."""
    more = rng.random() < 0.5
    ranked = sorted(items, key=lambda item: item.measures[label].value.amount, reverse=more)
    words = items[0].measures[label].sense
    predicate = rng.choice(words.more if more else words.less)[len(items) > 2]
    names = [phrasing.quoted(rng, item.name, 0.1) for item in items]
    clauses, questions = (
        (comparing_words.PAIR_CLAUSES, comparing_words.PAIR_QUESTIONS)
        if len(items) == 2
        else (comparing_words.TRIPLE_CLAUSES, comparing_words.TRIPLE_QUESTIONS)
    )
    given = dict(zip("abc", names, strict=False)) | {"predicate": predicate}
    return Contrast(
        clause=rng.choice(clauses).format(**given),
        question=rng.choice(questions).format(**given),
        answer=ranked[0].name,
    )
