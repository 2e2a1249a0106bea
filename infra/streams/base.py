"""The stream port: at-least-once delivery of messages to consumer groups.

Invariants: a group sees every message published since its creation at the stream's beginning; a message is
acknowledged only after its handler returned; a handler that raises leaves it pending, to be claimed later by another
reader; while a handler runs its message is kept alive; after ``max_deliveries`` it goes to the dead-letter stream
with its cause.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from infra.contracts.messages import Message

M = TypeVar("M", bound=Message)
Handler = Callable[[M], Awaitable[None]]


class DeadLetter(NamedTuple):
    """A message that was given up."""

    id: str  # entry id in the dead-letter stream
    stream: str
    group: str
    body: str  # the message as JSON
    cause: str
    deliveries: int
    at: datetime


class Backlog(NamedTuple):
    """What a group has yet to do on one stream."""

    waiting: int  # published, not yet delivered
    pending: int  # delivered, not yet acknowledged


class Bus(Protocol):
    """Every method may raise StreamError."""

    async def publish(self, *messages: Message) -> None:
        """Append the messages to their streams, in order, in one round trip."""

    def subscribe(
        self,
        message: type[M],
        group: str,
        handler: Handler[M],
        *,
        slots: int = 1,
        on_dead_letter: Callable[[M, str], Awaitable[None]] | None = None,
    ) -> None:
        """Handle messages with at most ``slots`` handlers at a time; no slot fetches more than it handles.

        ``on_dead_letter(message, cause)`` runs before the message is moved to the dead-letter stream, so that a
        terminal record can be written; it must be idempotent. Call before :meth:`start`.
        """

    async def start(self) -> None:
        """Create streams and groups at their beginning, then read."""

    async def stop(self, *, drain_seconds: float = 5.0) -> None:
        """Read no more; give running handlers ``drain_seconds``, then cancel them (their messages stay pending)."""

    async def backlog(self, message: type[Message], group: str) -> Backlog: ...
    async def dead_letters(self, *, limit: int = 100) -> Sequence[DeadLetter]:
        """Newest first."""

    async def replay(self, dead_letter_id: str) -> None:
        """Publish it again on its stream and remove it from the dead letters. Raises NotFound."""
