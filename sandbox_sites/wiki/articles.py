"""What an encyclopaedia is made of: articles, their contents, revisions and discussions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")


def bare(text: str) -> str:
    """Return a text without the marks of its links."""
    return LINK.sub(lambda found: found[2] or found[1], text)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be sorted by its columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What an article says at one time; ``box`` are the rows of its info box."""

    lead: str
    box: Mapping[str, str]
    sections: Mapping[str, str]

    @property
    def size(self) -> int:
        """Length in characters, as histories show it."""
        parts = [self.lead, *self.box, *self.box.values(), *self.sections, *self.sections.values()]
        return sum(map(len, parts))

    def parts(self) -> dict[str, str]:
        """Return all texts by a key that names their place."""
        return {
            "lead": self.lead,
            **{f"box:{label}": value for label, value in self.box.items()},
            **{f"section:{heading}": text for heading, text in self.sections.items()},
        }

    def changed(self, changes: Mapping[str, str]) -> Content:
        """Return the content with some parts replaced."""
        return Content(
            changes.get("lead", self.lead),
            {label: changes.get(f"box:{label}", value) for label, value in self.box.items()},
            {heading: changes.get(f"section:{heading}", text) for heading, text in self.sections.items()},
        )


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of an article. ``grown`` is the change of size."""

    id: int
    slug: str
    day: date
    clock: str
    editor: str
    summary: str
    minor: bool
    content: Content
    grown: int

    @property
    def size(self) -> int:
        """Length of the article at that time."""
        return self.content.size


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the seed has it; its content is the newest revision's. ``revisions`` are newest first."""

    slug: str
    title: str
    kind: str
    content: Content
    tables: tuple[Table, ...]
    see: tuple[str, ...]
    categories: tuple[str, ...]
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered in a discussion."""

    author: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A discussion of an article."""

    id: str
    title: str
    author: str
    day: date
    text: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who writes here."""

    slug: str
    name: str
    joined: date
    home: str
    interest: str
    badge: str
