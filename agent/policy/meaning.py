"""How near texts are in meaning to one instruction, as a whole and to its nearest clause. Zero without an embedder."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from agent.policy.embedding import Embedder, Vectors

#: Values per text: cosine with the whole instruction, and with the clause nearest to it.
MEANING = 2
Meaning = tuple[float, float]
NO_MEANING: Meaning = (0.0, 0.0)

MAX_CLAUSES = 5
_BETWEEN = re.compile(r"(?<=[.;:!?])\s+|,\s+|\s+(?:and|then|but)\s+", re.IGNORECASE)


def clauses(instruction: str) -> list[str]:
    """Return the instruction itself, and its clauses of at least two words where it has several."""
    parts = [part.strip() for part in _BETWEEN.split(instruction)]
    parts = [part for part in parts if len(part.split()) >= 2]
    return [instruction, *parts[: MAX_CLAUSES - 1]] if len(parts) > 1 else [instruction]


class Meanings:
    """One instruction's nearness to texts. Remembers every text that it was asked about."""

    def __init__(self, instruction: str, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._clauses: Vectors | None = embedder.encode(clauses(instruction)) if embedder else None
        self._known: dict[str, Meaning] = {"": NO_MEANING}

    def unread(self, texts: Iterable[str]) -> list[str]:
        """Return the texts that :meth:`read` has not seen."""
        return [] if self._embedder is None else [text for text in dict.fromkeys(texts) if text not in self._known]

    def read(self, texts: Iterable[str]) -> None:
        """Compare many texts at once."""
        new = self.unread(texts)
        if not new or self._embedder is None or self._clauses is None:
            return
        for text, (whole, nearest) in zip(new, self.compare(self._embedder.encode(new)), strict=True):
            self._known[text] = (float(whole), float(nearest))

    def compare(self, vectors: Vectors) -> Vectors:
        """Return the MEANING values of vectors. Shape [len(vectors), MEANING]."""
        if self._clauses is None:
            return np.zeros((len(vectors), MEANING), dtype=np.float32)
        cosines = vectors @ self._clauses.T
        return np.stack([cosines[:, 0], cosines.max(axis=1)], axis=1).clip(0.0, 1.0)

    def nearness(self, vectors: Vectors) -> Vectors:
        """Return the greater of the MEANING values of vectors. Shape [len(vectors)]."""
        nearest: Vectors = self.compare(vectors).max(axis=1, initial=0.0)
        return nearest

    def of(self, text: str) -> Meaning:
        """Return the MEANING values of a text, each in [0, 1]."""
        known = self._known.get(text)
        if known is None:
            self.read([text])
            known = self._known.get(text, NO_MEANING)
        return known
