"""What the pages of a map are called and what they say, as sentence embeddings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.policy.embedding import Embedder, Vectors
from agent.policy.meaning import Meanings
from infra.contracts.sitemap import Page

#: Texts of a page that are read one by one, and the least words of one; facts of a page that tell what it is about.
PASSAGES, PASSAGE_WORDS, GIST_FACTS = 6, 3, 12
#: Forms of at least this share of the pages, on maps of some size, belong to the site's frame and tell no page.
FRAME, LEAST_PAGES = 0.25, 8

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sense:
    """How near each page of the map is to an instruction in meaning. Arrays have one entry per page, in [0, 1]."""

    name: Array  # of what the page is called
    gist: Array  # of what it says, as a whole
    fact: Array  # of the nearest label of a fact that it states
    passage: Array  # of the nearest of its texts
    ask: Array  # of the nearest of what its forms and their fields are called: what can be done or entered there
    peaks: tuple[float, float, float, float, float]  # the greatest of each
    best: int  # the page whose name and gist together are nearest

    def near(self, page: int) -> list[float]:
        """Return how near a page is, by each."""
        return [float(values[page]) for values in (self.name, self.gist, self.fact, self.passage, self.ask)]

    def standing(self, page: int) -> list[float]:
        """Return how near a page comes to the nearest of all, by each, in [0, 1]."""
        return [value / max(peak, 1e-6) for value, peak in zip(self.near(page), self.peaks, strict=True)]


def _gist(page: Page) -> str:
    """Return the beginning of what a page says beside its heading."""
    parts = (*page.headings, *(fact.label for fact in page.facts[:GIST_FACTS]), *page.texts)
    return " · ".join(dict.fromkeys(part for part in parts if part != page.heading)) or page.title


def _asks(pages: Sequence[Page]) -> list[list[str]]:
    """Return, per page, what its forms, their buttons and fields are called, but for the frame's."""
    named = [
        list(
            dict.fromkeys(
                name
                for form in page.forms
                for name in (form.name, form.submit_name or "", *(field.name for field in form.fields))
                if name
            )
        )
        for page in pages
    ]
    counts = Counter(name for names in named for name in names)
    most = FRAME * len(pages) if len(pages) >= LEAST_PAGES else len(pages)
    return [[name for name in names if counts[name] <= most] for names in named]


class _Told:
    """Distinct texts, and which pages say them."""

    def __init__(self, texts_of_pages: Sequence[Sequence[str]]) -> None:
        numbers: dict[str, int] = {}
        told: list[int] = []
        pages: list[int] = []
        for page, texts in enumerate(texts_of_pages):
            for text in dict.fromkeys(texts):
                told.append(numbers.setdefault(text, len(numbers)))
                pages.append(page)
        self.texts = tuple(numbers)
        self._told = np.array(told, dtype=np.int64)
        self._pages = np.array(pages, dtype=np.int64)
        self._size = len(texts_of_pages)

    def greatest(self, values: Array) -> Array:
        """Return, per page, the greatest value of its texts; 0 where it has none. ``values`` [texts] → [pages]."""
        found = np.zeros(self._size, dtype=np.float32)
        np.maximum.at(found, self._pages, values[self._told])
        return found


class PageVectors:
    """The embeddings of a map's pages, made when they are first asked for."""

    def __init__(self, pages: Sequence[Page], embedder: Embedder | None) -> None:
        self._embedder = embedder
        pages = pages if embedder is not None else ()  # nobody will read them
        self._names = [page.heading or page.title for page in pages]
        self._gists = [_gist(page) for page in pages]
        self._facts = _Told([[fact.label for fact in page.facts] for page in pages])
        self._passages = _Told(
            [[text for text in page.texts if len(text.split()) >= PASSAGE_WORDS][:PASSAGES] for page in pages]
        )
        self._asks = _Told(_asks(pages))
        self._vectors: tuple[Vectors, ...] | None = None

    def sense(self, meanings: Meanings) -> Sense | None:
        """Compare every page with an instruction; None without an embedder or without pages."""
        vectors = self._read()
        if vectors is None:
            return None
        name, gist, facts, passages, asks = (meanings.nearness(some) for some in vectors)
        name = np.maximum(name, meanings.phrased(self._names))
        facts = np.maximum(facts, meanings.phrased(self._facts.texts))
        asks = np.maximum(asks, meanings.phrased(self._asks.texts))
        fact, passage = self._facts.greatest(facts), self._passages.greatest(passages)
        ask = self._asks.greatest(asks)
        peaks = (float(name.max()), float(gist.max()), float(fact.max()), float(passage.max()), float(ask.max()))
        return Sense(name, gist, fact, passage, ask, peaks, int(np.argmax(name + gist)))

    def _read(self) -> tuple[Vectors, ...] | None:
        if self._vectors is None and self._embedder is not None and self._names:
            encode = self._embedder.encode
            self._vectors = (
                encode(self._names),
                encode(self._gists),
                encode(self._facts.texts),
                encode(self._passages.texts),
                encode(self._asks.texts),
            )
        return self._vectors
