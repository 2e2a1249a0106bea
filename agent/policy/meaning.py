"""How near texts are in meaning to one instruction, as a whole and to its nearest clause. Zero without an embedder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

import numpy as np
import numpy.typing as npt

from agent.policy.embedding import Embedder, Vectors
from agent.policy.phrases import Phrases, Read
from agent.policy.text import phrase
from infra.contracts.observation import Element
from infra.phrasebook import Entry

#: Values per text: cosine with the whole instruction, with the clause nearest to it, and that of its nearest phrasing.
MEANING = 3
Meaning = tuple[float, float, float]
NO_MEANING: Meaning = (0.0, 0.0, 0.0)

MAX_CLAUSES = 12
_BETWEEN = re.compile(r"(?<=[.;:!?])\s+|,\s+|\s+(?:and|then|but)\s+", re.IGNORECASE)
#: What is quoted, or written like a name within a sentence: which thing is meant, not what is wanted of it.
_NAMES = re.compile(
    r"\"[^\"]*\"|“[^”]*”"
    r"|(?<=[a-z,’'] )(?!I\b)[A-Z][\w’'-]*(?:(?: of| the| and| &)* [A-Z0-9][\w’'-]*)*"
)


def clauses(instruction: str) -> list[str]:
    """Return the instruction itself, and its clauses of at least two words where it has several.

    A single word goes with what follows it ("Cart: the lamp"). Of very many the last ones count: there the request is.
    """
    parts: list[str] = []
    alone = ""
    for part in _BETWEEN.split(instruction):
        text = f"{alone} {part.strip()}".strip()
        alone = text if len(text.split()) < 2 else ""
        if not alone:
            parts.append(text)
    return [instruction, *parts[1 - MAX_CLAUSES :]] if len(parts) > 1 else [instruction]


def nameless(instruction: str) -> list[str]:
    """Return the clauses with "it" for what they name, where that changes them."""
    told = _NAMES.sub("it", instruction)
    return [] if told == instruction else clauses(told)


def spoken(instruction: str) -> list[str]:
    """Return every text of an instruction that names and phrasings are compared with: its clauses, the whole first."""
    return [*clauses(instruction), *nameless(instruction)]


def called(element: Element) -> str:
    """Return what is compared in meaning: an element's name, else its label or its placeholder."""
    return element.name or element.label or element.placeholder or ""


def _columns(instruction: str) -> npt.NDArray[np.int64]:
    """Return the number of the clause that each text of :func:`spoken` is or was made of."""
    parts, bare = len(clauses(instruction)), len(nameless(instruction))
    return np.array([*range(parts), *(min(i, parts - 1) for i in range(bare))], dtype=np.int64)


class Meanings:
    """One instruction's nearness to texts. Remembers every text that it was asked about."""

    def __init__(self, instruction: str, embedder: Embedder | None, phrases: Phrases | None = None) -> None:
        self._embedder = embedder
        self._phrases = phrases if embedder is not None else None
        self._clauses: Vectors | None = None
        self._bare: Vectors | None = None  # with those that name nothing: what phrasings are compared with
        if embedder is not None:
            self._bare = embedder.encode(spoken(instruction))
            self._clauses = self._bare[: len(clauses(instruction))]
        self._spoken = phrase(instruction)
        self._known: dict[str, Meaning] = {"": NO_MEANING}
        self._places: dict[str, int] = {}  # of texts: the clause that is nearest
        self._entries: dict[Entry, tuple[float, int]] = {}
        self._columns = _columns(instruction)
        #: Of the phrasebook's rows: cosines with the nearest clause, and which one it is.
        self._heard: Vectors = np.zeros(0, dtype=np.float32)
        self._hearing: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def unread(self, texts: Iterable[str]) -> list[str]:
        """Return the texts that :meth:`read` has not seen."""
        return [] if self._embedder is None else [text for text in dict.fromkeys(texts) if text not in self._known]

    def read(self, texts: Iterable[str]) -> None:
        """Compare many texts at once."""
        new = self.unread(texts)
        if not new or self._embedder is None:
            return
        vectors = self._embedder.encode(new)
        compared, places = self.compare(vectors), self._clause(vectors)
        for text, (whole, nearest), place, (said, other) in zip(new, compared, places, self._phrased(new), strict=True):
            self._known[text] = (float(whole), float(nearest), max(float(nearest), said))
            self._places[text] = other if said > nearest else int(place)

    def compare(self, vectors: Vectors) -> Vectors:
        """Return the cosines of vectors with the whole instruction and its nearest clause. Shape [len(vectors), 2]."""
        if self._clauses is None:
            return np.zeros((len(vectors), 2), dtype=np.float32)
        cosines = vectors @ self._clauses.T
        return np.stack([cosines[:, 0], cosines.max(axis=1)], axis=1).clip(0.0, 1.0)

    def _clause(self, vectors: Vectors) -> npt.NDArray[np.int64]:
        """Return which clause each vector is nearest to; the whole instruction is none, where it has several."""
        if self._clauses is None:
            return np.zeros(len(vectors), dtype=np.int64)
        first = min(1, len(self._clauses) - 1)
        nearest: npt.NDArray[np.int64] = (vectors @ self._clauses[first:].T).argmax(axis=1) + first
        return nearest

    def place(self, text: str) -> int | None:
        """Return the number of the clause that a text is nearest to; None where nothing is known of it."""
        self.of(text)
        return self._places.get(text)

    def rest(self, text: str, done: Set[int]) -> float:
        """Return how near a text is in meaning to what is left: 0 where its nearest clause is among those ``done``."""
        nearest = self.of(text)[2]
        return 0.0 if self._places.get(text) in done else nearest

    def nearness(self, vectors: Vectors) -> Vectors:
        """Return the greater of the values of :meth:`compare`. Shape [len(vectors)]."""
        nearest: Vectors = self.compare(vectors).max(axis=1, initial=0.0)
        return nearest

    def phrased(self, names: Sequence[str]) -> Vectors:
        """Return the cosine of each name's nearest phrasing with the nearest clause; 0: there is none. [len(names)]."""
        return np.array([value for value, _ in self._phrased(names)], dtype=np.float32)

    def _phrased(self, names: Sequence[str]) -> list[tuple[float, int]]:
        """Return the values of :meth:`phrased`, each with the number of its clause."""
        if self._phrases is None:
            return [(0.0, 0)] * len(names)
        found = [self._phrases.like(name) for name in names]
        self._hear(entry for entries in found for entry in entries)
        return [max((self._entries[entry] for entry in entries), default=(0.0, 0)) for entries in found]

    def leaning(self, label: str) -> tuple[float, float]:
        """Return how near the instruction comes to asking for more, and for less, of what a label states."""
        if self._phrases is None:
            return 0.0, 0.0
        more, less = self._phrases.leaning(label)
        self._hear(entry for entry in (more, less) if entry is not None)
        return (self._entries[more][0] if more else 0.0, self._entries[less][0] if less else 0.0)

    def _hear(self, entries: Iterable[Entry]) -> None:
        """Compare the phrasings of entries at once.

        A phrasing that the instruction says word by word is passed over: what is practised is worded with the same
        phrasebook, and people will not speak by it.
        """
        new = [entry for entry in dict.fromkeys(entries) if entry not in self._entries]
        if not new or self._phrases is None or self._bare is None:
            return
        read, heard = self._phrases.read(new), self._heard
        unheard = self._phrases.vectors[len(heard) :]
        if len(unheard):  # those of the site's other entries with them: one product costs less than many
            cosines = unheard @ self._bare.T
            heard = self._heard = np.concatenate([heard, cosines.max(axis=1)])
            self._hearing = np.concatenate([self._hearing, self._columns[cosines.argmax(axis=1)]])
        for entry in new:
            self._entries[entry] = self._nearest(read[entry], heard)

    def _nearest(self, read: Read, heard: Vectors) -> tuple[float, int]:
        """Return cosine and clause of the nearest phrasing that was not said word by word; 0: there is none."""
        cosines = heard[read.rows]
        for place in np.argsort(-cosines):
            runs = read.verbatim[place]
            if not runs or any(run not in self._spoken for run in runs):
                return max(0.0, float(cosines[place])), int(self._hearing[read.rows][place])
        return 0.0, 0

    def of(self, text: str) -> Meaning:
        """Return the MEANING values of a text, each in [0, 1]."""
        known = self._known.get(text)
        if known is None:
            self.read([text])
            known = self._known.get(text, NO_MEANING)
        return known
