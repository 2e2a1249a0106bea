"""What one visitor of the forum has changed; everything else is the seed's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that the visitor wrote."""

    thread: str
    text: str
    quoted: str = ""  # id of the post that is quoted


@dataclass(frozen=True, slots=True)
class Opened:
    """A thread that the visitor opened."""

    slug: str
    title: str
    board: str
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A private message that the visitor sent."""

    to: str
    subject: str
    text: str


@dataclass(slots=True)
class ForumState:
    """Overlays over the seed. Switches that are back where the seed has them are taken out again."""

    signed_in: bool = True
    expired: bool = False  # signed out by the session's end, not by choice
    votes: dict[str, int] = field(default_factory=dict)  # post → 1 or -1
    polls: dict[str, int] = field(default_factory=dict)  # thread → number of the option
    replies: list[Reply] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    edits: dict[str, str] = field(default_factory=dict)  # post → text
    deleted: list[str] = field(default_factory=list)  # posts
    followed: dict[str, bool] = field(default_factory=dict)  # thread → whether
    saved: dict[str, bool] = field(default_factory=dict)  # thread → whether it is bookmarked
    muted: dict[str, bool] = field(default_factory=dict)  # member → whether
    locked: dict[str, bool] = field(default_factory=dict)  # thread → whether
    moved: dict[str, str] = field(default_factory=dict)  # thread → board
    verdicts: dict[str, str] = field(default_factory=dict)  # held post → "approved" or the reason of its rejection
    sent: list[Sent] = field(default_factory=list)
    read: list[str] = field(default_factory=list)  # letters
    profile: dict[str, str] = field(default_factory=dict)  # what differs
    switches: dict[str, bool] = field(default_factory=dict)  # notifications that differ

    @property
    def inside(self) -> bool:
        """Whether the visitor is signed in."""
        return self.signed_in and not self.expired

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return asdict(self)


def turn(overlay: dict[str, bool], name: str, wanted: bool, seeded: bool) -> None:
    """Set a switch; one that is where the seed has it leaves no trace."""
    if wanted == seeded:
        overlay.pop(name, None)
    else:
        overlay[name] = wanted
