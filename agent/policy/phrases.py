"""The phrasebook's ways of saying what a website's names stand for, as sentence embeddings.

A link "Returns" is also compared with an instruction by what people call it ("the things customers want to send
back"): the name alone shares neither words nor, for a small model, much meaning with how they ask for it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from agent.policy.embedding import DIMENSIONS, Embedder, Vectors
from agent.policy.text import words
from infra.phrasebook import Entry, EntryKind, Phrasebook, phrasebook, plain

#: Kinds that say which of two or more is meant, not what a name stands for.
_LEANINGS = frozenset({EntryKind.MORE, EntryKind.LESS})


#: Rows that are made room for at first.
ROOM = 1024


@dataclass(frozen=True, slots=True)
class Read:
    """One entry's phrasings: their ``rows`` in :attr:`Phrases.vectors`, and their words for finding them verbatim."""

    rows: slice
    verbatim: tuple[tuple[str, ...], ...]  # per phrasing: the runs of words between its slots


class Phrases:
    """The phrasebook through one embedder. Remembers the entries that were read."""

    def __init__(self, embedder: Embedder, book: Phrasebook | None = None) -> None:
        self._embedder = embedder
        self._book = book if book is not None else phrasebook()
        self._like: dict[str, tuple[Entry, ...]] = {}
        self._leaning: dict[str, tuple[Entry | None, Entry | None]] = {}
        self._read: dict[Entry, Read] = {}
        self._vectors: Vectors = np.zeros((ROOM, DIMENSIONS), dtype=np.float32)
        self._count = 0
        self._lock = threading.Lock()

    @property
    def vectors(self) -> Vectors:
        """The embeddings of all phrasings that were read; rows are added, none is changed. Shape [n, DIMENSIONS]."""
        return self._vectors[: self._count]

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
        with self._lock:  # attempts on one website decide in threads of their own
            new = [entry for entry in dict.fromkeys(entries) if entry not in self._read]
            if new:
                told = [[plain(phrasing) for phrasing in entry.phrasings] for entry in new]
                rows = self._add(self._embedder.encode([text for texts in told for text in texts]))
                for entry, texts in zip(new, told, strict=True):
                    self._read[entry] = Read(slice(rows, rows + len(texts)), tuple(map(_runs, entry.phrasings)))
                    rows += len(texts)
        return self._read

    def _add(self, vectors: Vectors) -> int:
        """Keep vectors; return the row of the first."""
        first, self._count = self._count, self._count + len(vectors)
        if self._count > len(self._vectors):
            room = np.zeros((max(self._count, 2 * len(self._vectors)), DIMENSIONS), dtype=np.float32)
            room[:first] = self._vectors[:first]
            self._vectors = room
        self._vectors[first : self._count] = vectors
        return first


def _runs(phrasing: str) -> tuple[str, ...]:
    """Return the words between the slots, each run with a space at both ends."""
    runs = [words(part) for part in phrasing.replace("{v}", "{x}").split("{x}")]
    return tuple(f" {' '.join(run)} " for run in runs if run)
