"""State per browser session: made on first use, dropped when idle, bounded in number.

Each site's state starts as small overlays over its immutable seed (copy-on-write), so that a fresh session costs
microseconds.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sandbox_sites.common.perturbation import Perturbation

S = TypeVar("S")

COOKIE = "session"
IDLE_SECONDS = 3600.0
MOST = 5000
MOST_VISITS = 300


@dataclass(slots=True)
class Session(Generic[S]):
    """One visitor."""

    id: str
    state: S
    used: float
    perturbed: frozenset[Perturbation] = frozenset()
    visited: list[str] = field(default_factory=list)  # paths with queries of the pages shown, oldest first
    messages: list[str] = field(default_factory=list)  # to be shown once, on the next page
    views: int = 0  # pages asked for
    settled: set[str] = field(default_factory=set)  # perturbations that are over: a banner closed, an expiry mended
    trapped: list[str] = field(default_factory=list)  # what hostile pages got the visitor to do

    @property
    def variant(self) -> str:
        """Return which of the site's templates and words are shown: "a" or "b"."""
        return "b" if Perturbation.LAYOUT in self.perturbed else "a"

    def visit(self, place: str) -> None:
        """Remember a page that was shown."""
        self.visited.append(place)
        del self.visited[:-MOST_VISITS]


class Sessions(Generic[S]):
    """All visitors of a site. ``perturbed`` is what visitors meet who come without a prepared session."""

    def __init__(self, fresh: Callable[[], S], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fresh = fresh
        self._clock = clock
        self._known: OrderedDict[str, Session[S]] = OrderedDict()
        self._entries: OrderedDict[str, str] = OrderedDict()
        self.perturbed: frozenset[Perturbation] = frozenset()

    def __len__(self) -> int:
        return len(self._known)

    def new(self, perturbed: Iterable[Perturbation] | None = None) -> Session[S]:
        """Begin a session."""
        chosen = self.perturbed if perturbed is None else frozenset(perturbed)
        session = Session(secrets.token_urlsafe(12), self._fresh(), self._clock(), chosen)
        self._known[session.id] = session
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        self._drop_idle()
        return session

    def newest(self) -> Session[S]:
        """Return the session that was used or begun last. Raises LookupError where there is none."""
        if not self._known:
            raise LookupError("no session has begun")
        return next(reversed(self._known.values()))

    def get(self, session_id: str | None) -> Session[S] | None:
        """Return a session that is known, and note that it is in use."""
        session = self._known.get(session_id or "")
        if session is not None:
            session.used = self._clock()
            self._known.move_to_end(session.id)
        return session

    def _drop_idle(self) -> None:
        oldest = self._clock() - IDLE_SECONDS
        while self._known:
            first = next(iter(self._known.values()))
            if first.used >= oldest:
                return
            del self._known[first.id]

    def ticket(self, session: Session[S]) -> str:
        """Return a token by which a browser takes over a session, once."""
        token = secrets.token_urlsafe(16)
        self._entries[token] = session.id
        while len(self._entries) > MOST:
            self._entries.popitem(last=False)
        return token

    def redeem(self, token: str) -> Session[S] | None:
        """Return the session of a token; None where the token is unknown or spent."""
        return self.get(self._entries.pop(token, None))
