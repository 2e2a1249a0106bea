"""The phrasebook's ways of saying what a website's names stand for, as sentence embeddings.

A link "Returns" is also compared with an instruction by what people call it ("the things customers want to send
back"): the name alone shares neither words nor, for a small model, much meaning with how they ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from agent.policy.embedding import Embedder, Vectors
from agent.policy.text import words
from infra.phrasebook import Entry, EntryKind, Phrasebook, phrasebook, plain

#: Kinds that say which of two or more is meant, not what a name stands for.
_LEANINGS = frozenset({EntryKind.MORE, EntryKind.LESS})


@dataclass(frozen=True, slots=True)
class Read:
    """One entry's phrasings: their embeddings [n, DIMENSIONS], and their words for finding them verbatim."""

    vectors: Vectors
    verbatim: tuple[tuple[str, ...], ...]  # per phrasing: the runs of words between its slots


class Phrases:
    """The phrasebook through one embedder. Remembers the entries that were read."""

    def __init__(self, embedder: Embedder, book: Phrasebook | None = None) -> None:
        self._embedder = embedder
        self._book = book if book is not None else phrasebook()
        self._like: dict[str, tuple[Entry, ...]] = {}
        self._leaning: dict[str, tuple[Entry | None, Entry | None]] = {}
        self._read: dict[Entry, Read] = {}

    def like(self, text: str) -> tuple[Entry, ...]:
        """Return the entries for what a name stands for."""
        known = self._like.get(text)
        if known is None:
            found = tuple(entry for entry in self._book.like(text) if entry.kind not in _LEANINGS)
            known = self._like[text] = found
        return known

    def leaning(self, label: str) -> tuple[Entry | None, Entry | None]:
        """Return the entries that say how people ask for more, and for less, of what a label states."""
        known = self._leaning.get(label)
        if known is None:
            found = self._book.like(label)
            more, less = (
                next((entry for entry in found if entry.kind is kind), None)
                for kind in (EntryKind.MORE, EntryKind.LESS)
            )
            known = self._leaning[label] = (more, less)
        return known

    def read(self, entries: Iterable[Entry]) -> Mapping[Entry, Read]:
        """Embed what was not read before, at once; return everything read."""
        new = [entry for entry in dict.fromkeys(entries) if entry not in self._read]
        if new:
            told = [[plain(phrasing) for phrasing in entry.phrasings] for entry in new]
            vectors = self._embedder.encode([text for texts in told for text in texts])
            ends = np.cumsum([len(texts) for texts in told])
            for entry, own in zip(new, np.split(vectors, ends[:-1]), strict=True):
                self._read[entry] = Read(own, tuple(_runs(phrasing) for phrasing in entry.phrasings))
        return self._read


def _runs(phrasing: str) -> tuple[str, ...]:
    """Return the words between the slots, each run with a space at both ends."""
    runs = [words(part) for part in phrasing.replace("{v}", "{x}").split("{x}")]
    return tuple(f" {' '.join(run)} " for run in runs if run)
