"""What one visitor has written and chosen; everything else is the seed's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

#: Preferences as they are until somebody changes them.
PREFERENCES = {
    "real_name": "", "email": "editor@tidebook.example", "signature": "", "skin": "paper", "text_size": "17",
    "width": "narrow", "dates": "long", "first_day": "monday", "mail": "yes", "tips": "yes", "digest": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """A version that the visitor has written.

    ``changes`` are the texts by their place ("lead", "box:…", "section:…"); ``restored`` is the version brought back.
    """

    page: str
    changes: dict[str, str]
    summary: str
    minor: bool = False
    restored: int = 0


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A discussion that the visitor has begun."""

    page: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class NewReply:
    """What the visitor has answered in a discussion."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A new title of an article."""

    title: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to another editor."""

    editor: str
    subject: str
    text: str


@dataclass(slots=True)
class WikiState:
    """Overlays over the seed."""

    signed_in: bool = True
    watch: dict[str, bool] = field(default_factory=dict)  # slug → watched, where the seed says otherwise
    edits: list[Edit] = field(default_factory=list)
    topics: list[NewTopic] = field(default_factory=list)
    replies: list[NewReply] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)  # ids of topics
    renames: dict[str, Rename] = field(default_factory=dict)  # by slug
    thanks: list[int] = field(default_factory=list)  # ids of revisions
    letters: list[Letter] = field(default_factory=list)
    preferences: dict[str, str] = field(default_factory=dict)  # only what differs from PREFERENCES

    def preference(self, name: str) -> str:
        """Return what is chosen."""
        return self.preferences.get(name, PREFERENCES[name])

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return asdict(self)
