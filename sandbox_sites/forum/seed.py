"""An instance of the forum: deterministic by seed, and never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

TODAY = date(2025, 6, 14)
ME = "wren_hollis"
PASSWORD = "compost-42"  # noqa: S105 - a demo account's, shown on the sign-in page


def slug(text: str) -> str:
    """Return a text as a piece of a URL."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def long_date(day: date) -> str:
    """Write a date as the forum shows it."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Board:
    """A board and who looks after it."""

    slug: str
    name: str
    about: str
    moderators: tuple[str, ...]
    since: int


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who writes here."""

    handle: str
    joined: date
    town: str
    reputation: int
    badges: tuple[str, ...]
    signature: str
    tool: str
    plot: int
    title: str


@dataclass(frozen=True, slots=True)
class Post:
    """An opening post or a reply."""

    id: str
    author: str
    day: date
    text: str
    score: int
    quoted: str = ""  # id of the post that is quoted
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """A question's options with their votes; the question is the thread's title."""

    options: tuple[tuple[str, int], ...]

    @property
    def votes(self) -> int:
        """All votes."""
        return sum(count for _, count in self.options)


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread; its first post opened it."""

    slug: str
    title: str
    board: str
    tags: tuple[str, ...]
    views: int
    posts: tuple[Post, ...]
    poll: Poll | None = None
    pinned: bool = False
    locked: bool = False

    @property
    def author(self) -> str:
        """Who opened it."""
        return self.posts[0].author

    @property
    def day(self) -> date:
        """When it was opened."""
        return self.posts[0].day

    @property
    def replies(self) -> tuple[Post, ...]:
        """All posts but the first."""
        return self.posts[1:]

    @property
    def last(self) -> Post:
        """The newest post."""
        return self.posts[-1]


@dataclass(frozen=True, slots=True)
class Held:
    """A post that waits for a moderator."""

    id: str
    kind: str
    heading: str
    text: str
    why: str
    author: str
    board: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A private message: ``other`` is who wrote it, or whom it was sent to."""

    id: str
    other: str
    subject: str
    text: str
    day: date
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the community does together."""

    name: str
    day: date
    place: str
    host: str
    seats: int


@dataclass(frozen=True, slots=True)
class World:
    """Everything that an instance holds."""

    boards: tuple[Board, ...]
    members: tuple[Member, ...]
    threads: tuple[Thread, ...]
    queue: tuple[Held, ...]
    inbox: tuple[Letter, ...]
    sent: tuple[Letter, ...]
    rules: tuple[tuple[str, str], ...]
    numbers: dict[str, int]  # of the rules
    committee: tuple[tuple[str, str, str, str], ...]  # role, duty, member, day
    events: tuple[Event, ...]
    followed: tuple[str, ...]
    saved: tuple[str, ...]
    muted: tuple[str, ...]

    def board(self, wanted: str) -> Board | None:
        """Return a board by its slug."""
        return next((board for board in self.boards if board.slug == wanted), None)

    def member(self, handle: str) -> Member | None:
        """Return a member by handle."""
        return next((member for member in self.members if member.handle == handle), None)

    def held(self, wanted: str) -> Held | None:
        """Return a post of the queue."""
        return next((held for held in self.queue if held.id == wanted), None)

    @property
    def me(self) -> Member:
        """The demo user."""
        return next(member for member in self.members if member.handle == ME)

    @property
    def tags(self) -> list[str]:
        """All tags that threads have."""
        return sorted({tag for thread in self.threads for tag in thread.tags})
