"""What :mod:`make_adapter` learns from: what people say, what websites call it, and another way of saying it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from infra.phrasebook import Entry, EntryKind, phrasebook, plain
from infra.phrasebook.spoken import Carrier, Talk, carriers, small_talk

#: Kinds whose names are other kinds' as well ("price" is what is more and what is less); and the one that came after
#: the shipped update was learnt.
_LEFT_OUT = frozenset({EntryKind.MORE, EntryKind.LESS, EntryKind.WRITE})
#: Fewer phrasings cannot be parted into those learnt from and others.
LEAST = 4
BARE, TALKED, CAPITAL = 0.35, 0.3, 0.5

_CARRIED: dict[EntryKind, tuple[tuple[Carrier, ...], str]] = {
    EntryKind.PAGE: ((Carrier.OPEN, Carrier.OPEN_SAID), "page"),
    EntryKind.SORT: ((Carrier.SORT,), "option"),
    EntryKind.OPTION: ((Carrier.FILTER,), "option"),
}
_CLOSER = {EntryKind.PAGE: Talk.CLOSER_OPEN, EntryKind.ACT: Talk.CLOSER_DO, EntryKind.FACT: Talk.CLOSER_ASK}
_SLOT = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Pair:
    """``names``: all that it is called, folded."""

    said: str
    name: str
    otherwise: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a dictionary says that some words mean."""

    text: str
    lemmas: tuple[str, ...]
    example: str | None


def learnable() -> list[Entry]:
    """Return the entries with enough phrasings."""
    return [one for one in phrasebook().entries if one.kind not in _LEFT_OUT and len(one.phrasings) >= LEAST]


def learnt_from(entry: Entry) -> tuple[str, ...]:
    """Return every other phrasing; the rest stays unknown to the adapter."""
    return entry.phrasings[0::2]


def definitions(wordnet: Path) -> list[Definition]:
    """Return the definitions of common nouns and verbs: those that occur in WordNet's tagged texts, no names.

    Raises:
        OSError: the folder does not hold WordNet's database files.
    """
    tagged: Counter[tuple[str, str]] = Counter()
    for line in (wordnet / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, _, count = line.split()
        lemma, rest = key.split("%")
        tagged[lemma, rest[0]] += int(count)
    found = []
    for part, number in (("noun", "1"), ("verb", "2")):
        for line in (wordnet / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):  # the licence
                continue
            head, gloss = line.split(" | ", 1)
            fields = head.split()
            lemmas = [re.sub(r"\(.*\)", "", fields[4 + 2 * i]) for i in range(int(fields[3], 16))]
            if any(lemma[0].isupper() for lemma in lemmas) or not any(tagged[one.lower(), number] for one in lemmas):
                continue
            told = [piece.strip() for piece in gloss.split(";")]
            meant = [piece for piece in told if piece and not piece.startswith('"')]
            examples = [piece.strip('"') for piece in told if piece.startswith('"')]
            if meant:
                words = tuple(lemma.replace("_", " ") for lemma in lemmas)
                found.append(Definition(meant[0], words, examples[0] if examples else None))
    return found


def query(rng: Random, kind: EntryKind, phrasing: str, thing: str = "it") -> str:
    """Return how somebody says a phrasing of a thing: bare, or carried, with small talk around."""
    said = phrasing.replace("{x}", thing).replace("{v}", thing)
    if kind is EntryKind.FIELD or rng.random() < BARE:
        return said
    if kind in _CARRIED:
        kinds, slot = _CARRIED[kind]
        carrier = rng.choice(carriers(rng.choice(kinds)))
        said = _SLOT.sub("it", carrier.replace(f"{{{slot}}}", said))
    return _talked(rng, said, _CLOSER.get(kind, Talk.CLOSER))


def _talked(rng: Random, said: str, closer: Talk) -> str:
    if rng.random() < TALKED:
        said = f"{rng.choice(small_talk(Talk.OPENER))} {said}"
    if rng.random() < TALKED:
        end = "" if said.rstrip()[-1:] in ".?!" else "."
        said = f"{said.rstrip()}{end} {rng.choice(small_talk(closer))}"
    return said[:1].upper() + said[1:] if rng.random() < CAPITAL else said


class Pairs:
    """Draws pairs."""

    def __init__(self, entries: Sequence[Entry], wordnet: Path, seed: int) -> None:
        self._entries = entries
        self._definitions = definitions(wordnet)
        self._nouns = [lemma.split()[0] for one in self._definitions for lemma in one.lemmas if len(lemma) < 14]
        self._rng = Random(seed)  # noqa: S311 - draws examples, no secret

    def draw(self, entries: int, defined: int, names: int) -> list[Pair]:
        """Return a batch: so many pairs of entries, of definitions and of invented names."""
        rng = self._rng
        pairs = [self._spoken(entry) for entry in rng.sample(self._entries, min(entries, len(self._entries)))]
        pairs += [self._defined(one) for one in rng.sample(self._definitions, defined)]
        return [*pairs, *self._named(names)]

    def _spoken(self, entry: Entry) -> Pair:
        rng = self._rng
        said, otherwise = (rng.choice(learnt_from(entry)) for _ in range(2))
        return Pair(
            query(rng, entry.kind, said, self._thing()),
            rng.choice(entry.names),
            plain(otherwise),
            frozenset(name.casefold() for name in entry.names),
        )

    def _defined(self, one: Definition) -> Pair:
        said = f"{one.text}, {one.example}" if one.example and self._rng.random() < 0.4 else one.text
        names = frozenset(lemma.casefold() for lemma in one.lemmas)
        return Pair(said, self._rng.choice(one.lemmas), one.text, names)

    def _named(self, count: int) -> Iterator[Pair]:
        for _ in range(count):
            name = self._name()
            said = name if self._rng.random() < 0.7 else f"“{name}”"
            yield Pair(query(self._rng, EntryKind.PAGE, said), name, name, frozenset({name.casefold()}))

    def _name(self) -> str:
        rng = self._rng
        name = " ".join(rng.choice(self._nouns).capitalize() for _ in range(rng.choice((1, 1, 2, 2, 2, 3))))
        return f"{name} {rng.randint(1, 9999)}" if rng.random() < 0.15 else name

    def _thing(self) -> str:
        drawn = self._rng.random()
        if drawn < 0.35:
            return "it"
        name = self._name()
        return f"“{name}”" if drawn < 0.5 else f"the {name.lower()}" if drawn < 0.6 else name
