"""What the policy knows of things to be compared: the first and last of a column, and the values of named things.

A question such as "which is cheaper, A or B?" is answered by a name that the page at hand need not show, and "which of
these is the cheapest?" by the name beside the greatest or least value. Both are read from what was seen in the attempt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.policy.base import Turn
from agent.policy.heading import main_heading
from agent.policy.matching import Matcher
from agent.policy.spans import Span
from agent.policy.text import COMMON, STOPWORDS, fold
from infra.contracts.observation import ChunkKind, Observation, TextChunk
from infra.magnitudes import Magnitude, magnitude

#: Values of one kind below which there is no list to be first or last of.
LEAST = 3
#: Names in an instruction that could be the answer.
MOST_NAMES = 4
#: Words that stand between names.
_BETWEEN = frozenset({"or", "and", "vs"})
#: What may begin a sentence before a name, beside words that say little.
_LEADING = frozenset({
    "add", "between", "bookmark", "choose", "compare", "consider", "does", "follow", "pick", "star", "whichever",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extreme:
    """What has the most or the least of something in a list of the page."""

    name: str
    chunk: TextChunk  # that states the value
    most: bool


def extremes(observation: Observation) -> Iterator[Extreme]:
    """Yield what has the most and the least in each column, and among rows of a name and an amount of money."""
    columns: defaultdict[tuple[str, str], list[tuple[str, TextChunk, Decimal]]] = defaultdict(list)
    for chunk in observation.chunks:
        value = magnitude(chunk.value) if chunk.value and chunk.label else None
        if value is None or chunk.label is None:
            continue
        if chunk.subject:
            columns[chunk.label, value.unit].append((chunk.subject, chunk, value.amount))
        if value.money:
            columns["", value.unit].append((chunk.label, chunk, value.amount))
    for entries in columns.values():
        if len({name for name, _, _ in entries}) < LEAST:
            continue
        for most in (True, False):
            end = (max if most else min)(amount for _, _, amount in entries)
            first = [entry for entry in entries if entry[2] == end]
            if len({name for name, _, _ in first}) == 1:
                yield Extreme(first[0][0], first[0][1], most)


def names(found: Sequence[Span]) -> list[str]:
    """Return the spans of an instruction that look like names of things, at most MOST_NAMES; none within another."""
    named: list[str] = []
    for span in sorted(found, key=lambda span: (not span.quoted, -span.count)):
        text = _unled(span).strip("\"“”‘’'").removesuffix("'s").removesuffix("’s")
        if not _is_name(span) or text.replace(" ", "").isdigit() or any(f" {text} " in f" {one} " for one in named):
            continue
        named.append(text)
    return named[:MOST_NAMES]


def _unled(span: Span) -> str:
    """Return a name without the word that begins its sentence, where that is an order or a question."""
    first, _, rest = span.text.partition(" ")
    led = span.begins and not span.quoted and rest[:1].isupper()
    return rest if led and (fold(first) in STOPWORDS or fold(first) in COMMON or fold(first) in _LEADING) else span.text


def _is_name(span: Span) -> bool:
    if span.quoted:
        return True
    written = span.capitalised and span.maximal and (span.position > 0 or span.count > 1) and not span.email
    return written and not _BETWEEN.intersection(span.text.split())


@dataclass(frozen=True, slots=True)
class Compared:
    """The things that an instruction names, by what the attempt has seen of them."""

    values: Mapping[str, Decimal]  # by folded name; only those that can be told from one another
    label: str  # of the values; empty where nothing is known
    asked: int  # names in the instruction

    @property
    def known(self) -> float:
        """Return the share of the names whose value is known."""
        return len(self.values) / self.asked if self.asked else 0.0

    def standing(self, name: str) -> tuple[float, float, float]:
        """Return whether a name's value is known, and whether it is the greatest and the least of several."""
        value = self.values.get(fold(name).strip())
        if value is None:
            return 0.0, 0.0, 0.0
        if len(self.values) < 2:
            return 1.0, 0.0, 0.0
        values = self.values.values()
        return 1.0, float(value == max(values)), float(value == min(values))


NOTHING = Compared({}, "", 0)


def compared(turn: Turn, matcher: Matcher, asked: Sequence[str]) -> Compared:
    """Read what the attempt has seen of the things that its instruction names.

    The label is the one that fits the instruction best among those known of the most things.
    """
    wanted = {fold(name).strip() for name in asked}
    if not wanted:
        return NOTHING
    by_label: defaultdict[str, dict[str, Magnitude]] = defaultdict(dict)
    for observation in (*(past.observation for past in turn.history), turn.observation):
        for name, label, value in _stated(observation, wanted):
            by_label[label].setdefault(name, value)  # a page states its own first
    best: tuple[int, float] = (0, 0.0)
    found = Compared({}, "", len(wanted))
    for label, values in by_label.items():
        first = next(iter(values.values()))
        alike = {name: value.amount for name, value in values.items() if value.alike(first)}
        rank = (len(alike), matcher.match(label)[1] + matcher.meanings.of(label)[2])
        if rank > best:
            best, found = rank, Compared(alike, label, len(wanted))
    return found


def _stated(observation: Observation, wanted: set[str]) -> Iterable[tuple[str, str, Magnitude]]:
    """Yield (name, label, value) of what a page states of the things that are wanted.

    A row without a subject is about what the page is about; a table's cell only about its own row.
    """
    about = fold(main_heading(observation)).strip()
    for chunk in observation.chunks:
        if not chunk.label or not chunk.value:
            continue
        name = fold(chunk.subject or "").strip()
        if name not in wanted and chunk.kind is ChunkKind.ROW and name in ("", about):
            name = about
        value = magnitude(chunk.value) if name in wanted else None
        if value is not None:
            yield name, chunk.label, value
