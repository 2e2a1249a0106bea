"""What a policy reads from a website's map: how rare a word is, where an element leads. Without a map: "unknown"."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from agent.policy.embedding import Embedder
from agent.policy.openers import Openers
from agent.policy.page_vectors import PageVectors
from agent.policy.phrases import Phrases
from agent.policy.text import COMMON_STEMS, STOP_STEMS, stem, word_set, words
from infra.contracts.sitemap import Page, SiteMap
from infra.urls import canonical_url

Array = npt.NDArray[np.float32]

#: Weight of a word that the site never uses; it cannot tell one page from another.
UNSEEN = 0.12
#: What is left of the weight of words that say nothing about a page's subject, and of words that say little.
STOP_SHARE, COMMON_SHARE = 0.2, 0.4
#: Words that by themselves name no page: those that say little, and what people order lists with.
_NO_NAMES = STOP_STEMS | COMMON_STEMS | {stem(word) for word in ("filter", "list", "rank", "search", "sort")}
#: Farther than this counts as unreachable.
HORIZON = 8
#: A best match below this score is no goal at all.
LEAST_MATCH = 0.12
#: Pages mentioned in one instruction; words in a page's name; pages that may share a name and still be named by it.
MOST_MENTIONS, LONGEST_NAME, MOST_BEARERS = 6, 10, 3
#: Pages nearer to the start than this many clicks are in every survey.
NEAR = 2
#: Texts whose weight is remembered.
REMEMBERED = 50_000


def closeness(clicks: float) -> float:
    """Return a value in [0, 1] that falls with the clicks still to go; 0 from the horizon on."""
    return math.exp(-clicks) if clicks < HORIZON else 0.0


@dataclass(frozen=True, slots=True)
class Goals:
    """How well each page of the map matches a weighted set of words. All arrays have one entry per page."""

    heading: Array  # F1 of the page's headings and title with the words
    text: Array  # share of the words' weight that occurs anywhere on the page
    label: Array  # best coverage of a fact's label
    total: Array  # the sum that ranks pages
    near1: Array  # best total at most one click away
    near2: Array  # best total at most two clicks away
    distances: tuple[Array, Array, Array]  # clicks to the best page by heading, by text, by total; HORIZON: too far
    peaks: tuple[float, float, float]  # the best page's heading, text, total

    def standing(self, page: int) -> tuple[float, float, float]:
        """Return how near a page comes to the best of all by heading, by text, by total, each in [0, 1]."""
        peaks = [max(peak, 1e-6) for peak in self.peaks]
        values = (self.heading[page], self.text[page], self.total[page])
        return tuple(float(value) / peak for value, peak in zip(values, peaks, strict=True))  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the instruction that names pages of the map, in full or by a word that only they bear."""

    position: int  # of its first word
    pages: frozenset[int]
    distances: Array  # [pages of the map] clicks to the nearest of them


def _missed(url: str) -> bool:
    return crc32(url.encode()) % 2 == 0


def _page_texts(page: Page) -> Iterable[str]:
    yield page.title
    yield from page.headings
    for fact in page.facts:
        yield fact.label
        yield fact.value
        if fact.subject:
            yield fact.subject
    yield from page.texts
    for form in page.forms:
        yield form.name
        yield form.submit_name or ""
        for field in form.fields:
            yield field.name
            yield from field.options


def _postings(bags: Sequence[frozenset[str]]) -> dict[str, npt.NDArray[np.int64]]:
    """Return, per word, the numbers of the bags that hold it."""
    found: dict[str, list[int]] = {}
    for i, bag in enumerate(bags):
        for word in bag:
            found.setdefault(word, []).append(i)
    return {word: np.array(numbers) for word, numbers in found.items()}


def _sums(postings: Mapping[str, npt.NDArray[np.int64]], weights: Mapping[str, float], size: int) -> Array:
    """Return, per bag, the summed weight of the words that it holds."""
    sums = np.zeros(size, dtype=np.float32)
    for word, weight in weights.items():
        if word in postings:
            sums[postings[word]] += weight
    return sums


Names = Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[int]]]]


def _names(pages: Sequence[Page]) -> tuple[Names, Mapping[str, frozenset[int]]]:
    """Return what pages are called, by first word, and the words that only one page's name holds."""
    bearers: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for i, page in enumerate(pages):
        name = words(page.heading or page.title)
        if name and len(name) <= LONGEST_NAME:
            bearers[name].add(i)
        for word in set(name):
            holders[word].add(i)
    names: defaultdict[str, list[tuple[tuple[str, ...], frozenset[int]]]] = defaultdict(list)
    for name, own in bearers.items():
        if len(own) <= MOST_BEARERS:
            names[name[0]].append((name, frozenset(own)))
    telling = {word: frozenset(own) for word, own in holders.items() if len(own) == 1}
    return names, telling


class SiteIndex:
    """An index over one SiteMap (None: nothing is known of the site)."""

    def __init__(
        self, sitemap: SiteMap | None, embedder: Embedder | None = None, phrases: Phrases | None = None
    ) -> None:
        """``phrases``: the phrasebook as another index has read it already."""
        pages = sitemap.pages if sitemap else ()
        self._sitemap = sitemap
        self._thinned: SiteIndex | None = None
        self.embedder = embedder
        self.phrases = phrases or (Phrases(embedder) if embedder is not None else None)
        self._map_pages = pages
        self.about = PageVectors(pages, embedder)
        self.pages: dict[str, int] = {page.url: i for i, page in enumerate(pages)}
        self.size = len(pages)
        self._bags = [frozenset[str]().union(*(word_set(text) for text in _page_texts(page))) for page in pages]
        self._headings = [word_set(page.heading or page.title) for page in pages]
        self._labels = [frozenset(word_set(fact.label) for fact in page.facts) for page in pages]
        self._pairs = frozenset(pair for page in pages for text in _page_texts(page) for pair in pairwise(words(text)))
        counts = Counter(word for bag in self._bags for word in bag)
        scale = math.log1p(max(self.size, 1))
        self._weights = {word: math.log1p(self.size / count) / scale for word, count in counts.items()}
        self._links = np.zeros((self.size, self.size), dtype=bool)
        self._edges: dict[tuple[int, str], int] = {}
        for edge in sitemap.edges if sitemap else ():
            source, target = self.pages.get(edge.source), self.pages.get(edge.target)
            if source is not None and target is not None:
                self._links[source, target] = True
                self._edges[source, edge.key] = target
        self.openers = Openers(sitemap)
        self._clicks: dict[int, Array] = {}
        self._text_own: dict[str, float] = {}
        self._postings = _postings(self._bags)
        self._heading_postings = _postings(self._headings)
        self._heading_own = self._own_weights(self._headings)
        labels = sorted({label for own in self._labels for label in own}, key=sorted)
        self._label_postings = _postings(labels)
        self._label_own = self._own_weights(labels)
        number = {label: i for i, label in enumerate(labels)}
        self._has_label = np.zeros((self.size, len(labels)), dtype=bool)
        for i, own in enumerate(self._labels):
            self._has_label[i, [number[label] for label in own]] = True

        self._names, self._telling = _names(pages)

    def thinned(self) -> SiteIndex:
        """Return the index of a survey that missed many of the pages far from the start; always the same one."""
        if self._thinned is None and self._sitemap is not None:
            kept = tuple(page for page in self._sitemap.pages if page.depth < NEAR or not _missed(page.url))
            thinner = self._sitemap.model_copy(update={"pages": kept})
            self._thinned = SiteIndex(thinner, self.embedder, self.phrases)
        return self._thinned or self

    def _own_weights(self, bags: Sequence[frozenset[str]]) -> Array:
        return np.array([sum(self.weight(word) for word in bag) for bag in bags], dtype=np.float32)

    def own(self, text: str) -> float:
        """Return the weight of all the words of ``text``."""
        known = self._text_own.get(text)
        if known is None:
            if len(self._text_own) > REMEMBERED:
                self._text_own.clear()
            known = self._text_own[text] = sum(self.weight(word) for word in word_set(text))
        return known

    def weight(self, word: str) -> float:
        """Return how telling a word is on this site, in (0, 1]: rare is near 1, everywhere or nowhere near 0."""
        share = STOP_SHARE if word in STOP_STEMS else COMMON_SHARE if word in COMMON_STEMS else 1.0
        return share * (self._weights.get(word, UNSEEN) if self.size else 1.0)

    def knows(self, word: str) -> bool:
        """Return whether the site uses this word."""
        return word in self._weights

    def strange(self, name: str) -> tuple[float, float]:
        """Return the shares of a name's words that the site never uses, and of its pairs never found side by side."""
        spoken = words(name)
        if not self.size or not spoken:
            return 0.0, 0.0
        pairs = list(pairwise(spoken))
        new = sum(not self.knows(word) for word in spoken) / len(spoken)
        return new, sum(pair not in self._pairs for pair in pairs) / len(pairs) if pairs else new

    def map_page(self, number: int) -> Page:
        """Return a page of the map by its number."""
        return self._map_pages[number]

    def page(self, url: str) -> int | None:
        """Return the map's page with this URL; None where the survey did not see it."""
        return self.pages.get(canonical_url(url)) if self.size else None

    def target(self, page: int | None, key: str, href: str | None) -> int | None:
        """Return the page to which an element leads; None where the map does not say."""
        if page is not None and (page, key) in self._edges:
            return self._edges[page, key]
        return self.page(href) if href else None

    def goals(self, weights: Mapping[str, float]) -> Goals | None:
        """Score every page against weighted words; None without a map or without words."""
        total = sum(weights.values())
        if not self.size or total <= 0:
            return None
        text = _sums(self._postings, weights, self.size) / total
        shared = _sums(self._heading_postings, weights, self.size)
        heading = (2 * shared / (self._heading_own + total)).astype(np.float32)
        covered = _sums(self._label_postings, weights, len(self._label_own)) / np.maximum(self._label_own, 1e-6)
        label = np.where(self._has_label, covered, 0).max(axis=1, initial=0).astype(np.float32)
        score = heading + text + 0.25 * label
        near1 = np.maximum(score, np.where(self._links, score, 0).max(axis=1))
        near2 = np.maximum(near1, np.where(self._links, near1, 0).max(axis=1))
        distances = (self._distances(heading), self._distances(text), self._distances(score))
        peaks = (float(heading.max()), float(text.max()), float(score.max()))
        return Goals(heading, text, label, score, near1, near2, distances, peaks)

    def mentions(self, words_: Sequence[str]) -> tuple[Mention, ...]:
        """Return the pages that an instruction names, in the order in which it does; longer names hide shorter ones."""
        spoken = tuple(words_)
        found: list[tuple[int, int, frozenset[int]]] = []
        for start, word in enumerate(spoken):
            for name, pages in self._names.get(word, ()):
                if spoken[start : start + len(name)] == name:
                    found.append((start, start + len(name), pages))
            if word in self._telling and word not in _NO_NAMES:
                found.append((start, start + 1, self._telling[word]))
        found.sort(key=lambda one: one[0] - one[1])
        kept: list[tuple[int, int, frozenset[int]]] = []
        for start, end, pages in found:
            if all(end <= other[0] or start >= other[1] for other in kept) and all(pages != other[2] for other in kept):
                kept.append((start, end, pages))
        return tuple(Mention(start, pages, self._clicks_to(pages)) for start, _, pages in sorted(kept)[:MOST_MENTIONS])

    def clicks_to(self, page: int) -> Array:
        """Return the clicks from every page to one of them; HORIZON: too far. Shape [pages]."""
        known = self._clicks.get(page)
        if known is None:
            known = self._clicks[page] = self._clicks_to(frozenset({page}))
        return known

    def _clicks_to(self, pages: frozenset[int]) -> Array:
        frontier = np.zeros(self.size, dtype=bool)
        frontier[list(pages)] = True
        return self._spread(frontier)

    def _distances(self, score: Array) -> Array:
        """Clicks from each page to the nearest of the best-scoring pages, by breadth-first search backwards."""
        best = float(score.max())
        if best < LEAST_MATCH:
            return np.full(self.size, HORIZON, dtype=np.float32)
        return self._spread(score >= best - 1e-5)

    def _spread(self, frontier: npt.NDArray[np.bool_]) -> Array:
        """Clicks from each page to the nearest of the pages in ``frontier``."""
        distances = np.full(self.size, HORIZON, dtype=np.float32)
        reached = frontier.copy()
        distances[frontier] = 0
        for step in range(1, HORIZON):
            frontier = self._links[:, frontier].any(axis=1) & ~reached
            if not frontier.any():
                break
            distances[frontier] = step
            reached |= frontier
        return distances
