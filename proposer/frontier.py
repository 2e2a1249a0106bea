"""The survey's frontier: which URL next. Pure; visits nothing.

Plain pages come before variants of one page (sorting, filtering, paging), unseen folders before well-known ones, and
near pages before far ones. Variants are bounded, so that a facet explosion cannot eat the page budget; a parameter
turns out to name pages of their own (``/item?id=7``) when its first samples all show different headings, and is then
bounded no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from proposer.links import Shape, shape

#: Samples of one parameter set at one path before it is known to be a mere variant.
SAMPLES = 3
#: Later pages of one list that are followed.
PAGING_CAP = 15
#: Variants of all paths in one folder together.
FOLDER_CAP = 12
#: Pages of one folder after which other folders come first.
FAMILIAR = 20


@dataclass(frozen=True, slots=True)
class Target:
    """A URL to visit."""

    url: str
    depth: int
    order: int
    shape: Shape


class Frontier:
    """URLs seen and not yet visited, each offered at most once."""

    def __init__(self, *, max_depth: int) -> None:
        self.max_depth = max_depth
        self.skipped: Counter[str] = Counter()
        self._known: set[str] = set()
        self._waiting: dict[str, Target] = {}
        self._folders: Counter[str] = Counter()
        self._variants: Counter[Shape] = Counter()
        self._folder_variants: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._headings: defaultdict[Shape, list[str]] = defaultdict(list)

    def offer(self, url: str, depth: int) -> None:
        """Take up a canonical URL unless it was offered before or lies too deep."""
        if url in self._known:
            return
        self._known.add(url)
        if depth > self.max_depth:
            self.skipped["depth"] += 1
            return
        self._waiting[url] = Target(url, depth, len(self._known), shape(url))

    def refuse(self, url: str, reason: str) -> None:
        """Count a URL that will not be visited, once."""
        if url not in self._known:
            self._known.add(url)
            self.skipped[reason] += 1

    def learn(self, url: str, heading: str) -> None:
        """Remember the heading that a visited URL showed."""
        self._headings[shape(url)].append(heading)

    def take(self, count: int) -> list[Target]:
        """Remove and return at most ``count`` URLs, the best first."""
        taken: list[Target] = []
        for target in sorted(self._waiting.values(), key=self._rank):
            if len(taken) >= count:
                break
            if not self._allowed(target.shape):
                continue
            taken.append(target)
            del self._waiting[target.url]
            self._folders[target.shape.group] += 1
            if target.shape.names:
                self._variants[target.shape] += 1
                self._folder_variants[target.shape.group, target.shape.names] += 1
        return taken

    @property
    def available(self) -> int:
        """Return how many URLs could be taken now."""
        return sum(1 for target in self._waiting.values() if self._allowed(target.shape))

    def close(self, reason: str) -> None:
        """Count what is left: variants that were bounded, the rest under ``reason``."""
        for target in self._waiting.values():
            self.skipped[reason if self._allowed(target.shape) else "variant"] += 1
        self._waiting.clear()

    def _rank(self, target: Target) -> tuple[bool, bool, int, int]:
        variant = bool(target.shape.names) and not self._names_pages(target.shape)
        return (variant, self._folders[target.shape.group] >= FAMILIAR, target.depth, target.order)

    def _names_pages(self, of: Shape) -> bool:
        headings = self._headings.get(of, ())
        if len(headings) < SAMPLES or len(set(headings)) < len(headings):
            return False
        plain = self._headings.get(Shape(of.path, ()), ())
        return not set(plain) & set(headings)

    def _allowed(self, of: Shape) -> bool:
        if not of.names or self._names_pages(of):
            return True
        if of.paging:
            return self._variants[of] < PAGING_CAP
        return self._variants[of] < SAMPLES and self._folder_variants[of.group, of.names] < FOLDER_CAP
