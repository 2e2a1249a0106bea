"""reaper: no attempt is forgotten between record and message.

A crash can fall between recording an attempt and publishing it, or between storing its trajectory and saying so. The
reaper publishes again what has sat in one state too long; handlers are idempotent by attempt id, so that once too
often does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from infra.contracts.attempt import Attempt, AttemptState
from infra.contracts.base import utcnow
from infra.contracts.messages import Message, TaskDispatched, TrajectoryCompleted
from infra.errors import NotFound
from infra.settings import Settings
from infra.store.base import Store
from infra.streams.base import Bus
from proposer.dispatch import dispatched

log = structlog.get_logger(__name__)

#: Seconds in one state after which an attempt is lost for certain, if its stream has nothing left to do.
CERTAIN_SECONDS = 15.0
BATCH = 500


class Reaper:
    """Call :meth:`sweep` again and again."""

    def __init__(self, store: Store, bus: Bus, settings: Settings, clock: Callable[[], datetime] = utcnow) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        claim = settings.streams.claim_idle_seconds
        longest = settings.agent.attempt_seconds + settings.verdict_seconds
        self._patience = timedelta(seconds=3.0 * claim + longest)
        self._certain = timedelta(seconds=CERTAIN_SECONDS)
        self._again: dict[tuple[str, AttemptState], datetime] = {}
        self._since: dict[tuple[str, AttemptState], datetime] = {}

    async def sweep(self) -> int:
        """Publish again what was lost; return how many messages."""
        sent = 0
        present: set[tuple[str, AttemptState]] = set()
        for state, stream, group in (
            (AttemptState.DISPATCHED, TaskDispatched, "agent"),
            (AttemptState.RECORDED, TrajectoryCompleted, "evaluator"),
        ):
            attempts = await self._store.attempts(states=frozenset({state}), limit=BATCH)
            present |= {(attempt.id, state) for attempt in attempts}
            if not attempts:
                continue
            backlog = await self._bus.backlog(stream, group)
            idle = backlog.waiting + backlog.pending == 0
            for attempt in attempts:
                if self._lost(attempt, idle):
                    sent += await self._publish(attempt)
        self._since = {key: when for key, when in self._since.items() if key in present}
        self._again = {key: when for key, when in self._again.items() if key in present}
        return sent

    def _lost(self, attempt: Attempt, idle: bool) -> bool:
        now = self._clock()
        key = (attempt.id, attempt.state)
        begun = attempt.created_at if attempt.state is AttemptState.DISPATCHED else now
        since = self._since.setdefault(key, begun)
        since = max(since, self._again.get(key, since))
        return now - since > (self._certain if idle else self._patience)

    async def _publish(self, attempt: Attempt) -> int:
        self._again[attempt.id, attempt.state] = self._clock()
        message = await self._message(attempt)
        if message is None:
            return 0
        log.info("published_again", attempt=attempt.id, state=attempt.state)
        await self._bus.publish(message)
        return 1

    async def _message(self, attempt: Attempt) -> Message | None:
        if attempt.state is AttemptState.RECORDED:
            if attempt.trajectory is None:
                return None
            return TrajectoryCompleted(
                id=attempt.id,
                task_id=attempt.task_id,
                website_id=attempt.website_id,
                purpose=attempt.purpose,
                trajectory=attempt.trajectory,
            )
        try:
            task = await self._store.task(attempt.task_id)
        except NotFound:
            return None
        return dispatched(attempt, task)
