"""Look-ups over a SiteMap that tasks and hindsight share: ways between pages, and which names are unambiguous."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from infra.contracts.observation import ChunkKind
from infra.contracts.sitemap import Edge, Fact, Page, SiteMap
from infra.urls import canonical_url
from proposer.reading import fold

#: Link names that say nothing about where they lead.
GENERIC = frozenset(
    (
        *("more", "read more", "learn more", "show more", "see more", "see all", "view all", "view", "view details"),
        *(
            "details",
            "show",
            "open",
            "link",
            "edit",
            "select",
            "choose",
            "continue",
            "go",
            "click here",
            "here",
            "home",
        ),
        *("next", "previous", "prev", "back"),
    )
)


MAX_NAME = 60
_COUNT = re.compile(r"\s*\(\d+\)$")


class Atlas:
    """An index over one map. Immutable."""

    def __init__(self, sitemap: SiteMap) -> None:
        self.sitemap = sitemap
        self.pages: Mapping[str, Page] = {page.url: page for page in sitemap.pages}
        self.start = sitemap.start_url
        self._out: dict[str, list[Edge]] = defaultdict(list)
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for edge in sitemap.edges:
            self._out[edge.source].append(edge)
            name = _COUNT.sub("", edge.name).strip()
            if self._tells(name, edge.target):
                names[edge.target][name] += 1
        self._names = {url: counts.most_common(1)[0][0] for url, counts in names.items()}
        self._headings = Counter(fold(page.heading) for page in sitemap.pages if not _is_variant(page, self.pages))
        #: Folded headings and link names: what pages are called.
        self.names = frozenset(self._headings) | {fold(name) for name in self._names.values()}
        self._values: dict[tuple[str, str], set[str]] = defaultdict(set)
        for page in sitemap.pages:
            for fact in page.facts:
                self._values[fold(fact.label), fold(fact.subject or page.heading)].add(fold(fact.value))
        self.frame_headings = _frame(sitemap.pages)
        self._ways: dict[str, dict[str, Edge]] = {}
        self._said: dict[str | None, str] = {}

    def _tells(self, name: str, target: str) -> bool:
        """Return whether a link's name could be the page's name, not a generic word nor a whole card around it."""
        page = self.pages.get(target)
        heading = fold(page.heading) if page is not None else ""
        plain = fold(name)
        if plain == heading:
            return bool(plain)
        card = bool(heading) and heading in plain
        return 3 <= len(name) <= MAX_NAME and plain not in GENERIC and not card and not plain.isdigit()

    def page(self, url: str) -> Page | None:
        """Return the map's page with this URL, whatever form it is written in."""
        return self.pages.get(canonical_url(url))

    def said(self, template: str | None = None) -> str:
        """Return the folded texts of all pages with a template in one; of all pages where none is given."""
        if template not in self._said:
            pages = [page for page in self.pages.values() if template in (None, page.template)]
            self._said[template] = " ".join(dict.fromkeys(fold(text) for page in pages for text in _texts(page)))
        return self._said[template]

    def edges(self, url: str) -> Iterable[Edge]:
        """Return the links of a page."""
        return self._out.get(url, ())

    def name(self, url: str) -> str | None:
        """Return what links to the page mostly call it; None where only generic words are used."""
        return self._names.get(url)

    def way(self, source: str, target: str) -> tuple[Edge, ...] | None:
        """Return a shortest path of links; None where there is none."""
        if source == target:
            return ()
        reached = self._ways.get(source)
        if reached is None:
            reached = self._ways[source] = self._search(source)
        if target not in reached:
            return None
        way: list[Edge] = []
        url = target
        while url != source:
            way.append(reached[url])
            url = reached[url].source
        return tuple(reversed(way))

    def _search(self, source: str) -> dict[str, Edge]:
        """Return for every reachable page the last link of a shortest path to it."""
        reached: dict[str, Edge] = {}
        queue = deque([source])
        while queue:
            for edge in self._out.get(queue.popleft(), ()):
                if edge.target != source and edge.target not in reached:
                    reached[edge.target] = edge
                    queue.append(edge.target)
        return reached

    def unique(self, page: Page) -> bool:
        """Return whether the page's heading names it and no other page; variants of one page count as that page."""
        return bool(page.heading) and not _is_variant(page, self.pages) and self._headings[fold(page.heading)] == 1

    def ambiguous_heading(self, heading: str) -> bool:
        """Return whether several pages of the map bear this heading."""
        return self._headings[fold(heading)] > 1

    def headed(self, heading: str) -> bool:
        """Return whether any page of the map bears this heading."""
        return self._headings[fold(heading)] > 0

    def telling(self, name: str, url: str) -> bool:
        """Return whether no other page than this one is called so by links, or headed so."""
        wanted = fold(name)
        return not any(
            other.url != url and wanted in (fold(self._names.get(other.url) or ""), fold(other.heading))
            for other in self.pages.values()
        )

    def ambiguous_fact(self, page: Page, fact: Fact) -> bool:
        """Return whether the map knows several values for this label and subject."""
        return len(self._values[fold(fact.label), fold(fact.subject or page.heading)]) > 1

    def is_variant(self, page: Page) -> bool:
        """Return whether the page is the same as another one, sorted, filtered or paged."""
        return _is_variant(page, self.pages)

    def shows(self, page: Page, text: str) -> bool:
        """Return whether the page states ``text`` as a heading or as a fact's value."""
        wanted = fold(text)
        return any(fold(heading) == wanted for heading in page.headings) or any(
            fold(fact.value) == wanted for fact in page.facts
        )


def _texts(page: Page) -> Iterable[str]:
    yield page.title
    yield from page.headings
    yield from page.texts
    for fact in page.facts:
        yield from (fact.label, fact.value, fact.subject or "")
    for form in page.forms:
        yield form.name
        for field in form.fields:
            yield from (field.name, *field.options)


def _is_variant(page: Page, pages: Mapping[str, Page]) -> bool:
    plain, question, _ = page.url.partition("?")
    base = pages.get(plain) if question else None
    return base is not None and fold(base.heading) == fold(page.heading)


def _frame(pages: Sequence[Page]) -> frozenset[str]:
    """Return headings that nearly every page shows."""
    counts = Counter(heading for page in pages for heading in set(page.headings))
    return frozenset(heading for heading, count in counts.items() if len(pages) >= 5 and count > 0.8 * len(pages))


def is_row(fact: Fact) -> bool:
    """Return whether the fact is a label/value row, which says something about the whole page."""
    return fact.kind is ChunkKind.ROW
