"""Tables of records: search, filters, sortable columns, pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

SIZES = (15, 30, 60)
LONGEST_QUERY = 80


def whole(text: str) -> int | None:
    """Read a whole number of at most six digits; None for anything else."""
    # isdigit would let superscripts through, which int refuses.
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table shows of a record in one column. ``look``: "", number, state, mark."""

    text: str
    key: Any  # to sort by
    href: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a table. ``facets``: filter → value."""

    id: str
    cells: tuple[Cell, ...]
    facets: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False  # archived

    @property
    def label(self) -> str:
        """What the record is called."""
        return next((cell.text for cell in self.cells if cell.look == "mark"), self.id)

    def holds(self, words: Sequence[str]) -> bool:
        """Whether every word is in some cell."""
        text = " ".join(cell.text for cell in self.cells).lower()
        return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class Filter:
    """A drop-down over a table."""

    name: str
    label: str
    options: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a kind of record is listed. ``columns``: parameter → heading; ``bulk``: action → words."""

    name: str  # piece of the path
    heading: str
    hint: str
    columns: Mapping[str, str]
    filters: Sequence[Filter] = ()
    bulk: Mapping[str, str] = field(default_factory=dict)
    new: str = ""  # words of the link to the form for a new one
    archive: bool = False  # whether archived ones can be shown


@dataclass(frozen=True, slots=True)
class View:
    """One page of a table, with what was chosen."""

    sheet: Sheet
    rows: Sequence[Row]
    count: int
    page: int
    pages: int
    size: int
    chosen: dict[str, str]

    def get(self, name: str) -> str:
        """Return what was chosen for a parameter."""
        return self.chosen.get(name, "")

    def order(self, column: str) -> str:
        """Return "ascending" or "descending" if the table is sorted by a column, else "none"."""
        if self.get("sort") != column:
            return "none"
        return "descending" if self.get("dir") == "desc" else "ascending"

    def sort_link(self, column: str) -> str:
        """Return the query that sorts by a column, or turns its order round."""
        way = "desc" if self.order(column) == "ascending" else "asc"
        return "?" + urlencode({**self.chosen, "sort": column, "dir": way})

    def page_link(self, page: int) -> str:
        """Return the query of another page."""
        return "?" + urlencode({**self.chosen, "page": str(page)})

    @property
    def sizes(self) -> Sequence[int]:
        """Choices of page size."""
        return SIZES

    @property
    def here(self) -> str:
        """Path and query, to come back to."""
        query = urlencode({**self.chosen, **({"page": str(self.page)} if self.page > 1 else {})})
        return f"/{self.sheet.name}" + (f"?{query}" if query else "")

    @classmethod
    def of(cls, sheet: Sheet, rows: Sequence[Row], query: Mapping[str, str]) -> View:
        """Filter, sort and cut the rows by a query; wrong values count as not given."""
        chosen: dict[str, str] = {}
        words = query.get("q", "").strip()[:LONGEST_QUERY]
        if words:
            chosen["q"] = words
        found = [row for row in rows if row.holds(words.lower().split())]
        archived = sheet.archive and query.get("archived") == "1"
        if archived:
            chosen["archived"] = "1"
        found = [row for row in found if row.hidden == archived]
        for one in sheet.filters:
            value = query.get(one.name, "")
            if value in one.options:
                chosen[one.name] = value
                found = [row for row in found if row.facets.get(one.name) == value]
        columns = list(sheet.columns)
        if query.get("sort") in columns:
            chosen["sort"] = query["sort"]
            chosen["dir"] = "desc" if query.get("dir") == "desc" else "asc"
            number = columns.index(query["sort"])
            found.sort(key=lambda row: row.cells[number].key, reverse=chosen["dir"] == "desc")
        size = whole(query.get("size", "")) or SIZES[0]
        size = size if size in SIZES else SIZES[0]
        if size != SIZES[0]:
            chosen["size"] = str(size)
        pages = max(1, -(-len(found) // size))
        page = min(max(whole(query.get("page", "")) or 1, 1), pages)
        return cls(sheet, found[(page - 1) * size : page * size], len(found), page, pages, size, chosen)
