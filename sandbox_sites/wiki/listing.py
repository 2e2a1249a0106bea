"""Lists that visitors filter and sort: search results and recent changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox_sites.wiki.articles import Article, Revision
from sandbox_sites.wiki.reading import Reading
from sandbox_sites.wiki.seed import KINDS

SORTS = {"": "Best match", "title": "Title", "newest": "Newest edit", "longest": "Longest first"}
PER_SEARCH = 12
PER_RECENT = 30


def whole(text: str) -> int:
    """Read a whole number of at most six digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0


@dataclass(frozen=True, slots=True)
class Search:
    """One page of search results, with what was chosen."""

    query: str
    kind: str
    sort: str
    hits: Sequence[tuple[Article, str]]
    count: int
    page: int
    pages: int

    @classmethod
    def of(cls, reading: Reading, given: Mapping[str, str]) -> Search:
        """Search, filter, sort and cut; wrong values count as not given."""
        query = given.get("q", "").strip()[:200]
        kind = given.get("kind", "") if given.get("kind", "") in KINDS else ""
        sort = given.get("sort", "") if given.get("sort", "") in SORTS else ""
        hits = [hit for hit in reading.found(query) if kind in ("", hit[0].kind)]
        if sort == "title":
            hits.sort(key=lambda hit: reading.title(hit[0]))
        elif sort == "newest":
            hits.sort(key=lambda hit: -reading.revisions(hit[0])[0].id)
        elif sort == "longest":
            hits.sort(key=lambda hit: (-reading.content(hit[0]).size, reading.title(hit[0])))
        pages = max(1, -(-len(hits) // PER_SEARCH))
        page = min(max(whole(given.get("page", "")), 1), pages)
        return cls(query, kind, sort, hits[(page - 1) * PER_SEARCH : page * PER_SEARCH], len(hits), page, pages)

    def link(self, **changed: str) -> str:
        """Return the query of the same list with something chosen otherwise."""
        chosen = {"q": self.query, "kind": self.kind, "sort": self.sort, **changed}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


@dataclass(frozen=True, slots=True)
class Recent:
    """Some of the recent changes, with what was chosen."""

    hide: bool
    editor: str
    kind: str
    rows: Sequence[Revision]
    count: int
    start: int

    @classmethod
    def of(cls, reading: Reading, given: Mapping[str, str]) -> Recent:
        """Filter and cut; wrong values count as not given."""
        hide = given.get("minor") == "hide"
        editor = reading.world.editor(given.get("editor", ""))
        kind = given.get("kind", "") if given.get("kind", "") in KINDS else ""
        rows = [
            one
            for one in reading.changes()
            if not (hide and one.minor)
            and (editor is None or one.editor == editor.name)
            and kind in ("", reading.world.articles[one.slug].kind)
        ]
        start = whole(given.get("start", ""))
        return cls(hide, editor.slug if editor else "", kind, rows[start : start + PER_RECENT], len(rows), start)

    @property
    def next(self) -> str:
        """Return the query of older changes; nothing where there are none."""
        start = self.start + PER_RECENT
        if start >= self.count:
            return ""
        chosen = {"minor": "hide" if self.hide else "", "editor": self.editor, "kind": self.kind, "start": str(start)}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})
