"""Judges every completed trajectory once, and writes the attempt's one terminal record.

Idempotent by attempt id: a message delivered again for an ended attempt only has its verdict published again. What
raises is retried by the stream; at the delivery cap the attempt is recorded as dead-lettered, unscored, with the cause.
"""

from __future__ import annotations

from typing import Protocol

import structlog

from evaluator import evidence
from evaluator.hidden_state import HiddenState
from infra import attempts
from infra.blobs.base import Blobs
from infra.contracts.attempt import TERMINAL, AttemptState, Trajectory
from infra.contracts.messages import TrajectoryCompleted
from infra.contracts.task import Task
from infra.contracts.verdict import Outcome, Verdict
from infra.documents import load_trajectory
from infra.errors import NotFound
from infra.store.base import Store
from infra.streams.base import Bus

GROUP = "evaluator"

log = structlog.get_logger(__name__)


class Judge(Protocol):
    """Who judges attempts by a rubric."""

    async def judge(self, task: Task, trajectory: Trajectory) -> Verdict:
        """Raises StoreError, never anything because of the model."""


class EvaluatorService:
    """Handler of TrajectoryCompleted; wired by ``__main__``.

    Held-out tasks are judged by hidden state and tasks with evidence by that. ``judge`` has those that have neither;
    with ``judges_all`` those with evidence as well.
    """

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        bus: Bus,
        hidden_state: HiddenState,
        judge: Judge | None = None,
        *,
        judges_all: bool = False,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._bus = bus
        self._hidden_state = hidden_state
        self._by_rubric = judge
        self._judges_all = judges_all

    def subscribe(self, *, slots: int = 4) -> None:
        """Register the handler with the bus. Call before the bus is started."""
        self._bus.subscribe(TrajectoryCompleted, GROUP, self.handle, slots=slots, on_dead_letter=self.give_up)

    async def handle(self, message: TrajectoryCompleted) -> None:
        """Judge one attempt and end it. Raises what is worth another delivery."""
        try:
            attempt = await self._store.attempt(message.id)
            task = await self._store.task(attempt.task_id)
        except NotFound:
            log.info("attempt_gone", attempt_id=message.id)  # its website was deleted meanwhile
            return
        if attempt.state in TERMINAL:
            # Ended already, perhaps a moment before its news could be sent: only the news is sent again.
            verdict = await self._store.verdict(message.id)
            await attempts.finish(self._store, self._bus, message.id, verdict, state=attempt.state)
            return
        verdict = await self._judge(task, await load_trajectory(self._blobs, message.trajectory))
        await attempts.finish(self._store, self._bus, message.id, verdict)
        log.info("judged", attempt_id=message.id, outcome=verdict.outcome.value, reason=verdict.reason)

    async def _judge(self, task: Task, trajectory: Trajectory) -> Verdict:
        if task.hidden_check is not None:
            return await self._hidden_state.judge(task, trajectory)
        if self._by_rubric is not None and (task.evidence is None or self._judges_all):
            return await self._by_rubric.judge(task, trajectory)
        return evidence.judge(task, trajectory)

    async def give_up(self, message: TrajectoryCompleted, cause: str) -> None:
        """Write the terminal record of an attempt that could not be judged. Idempotent."""
        verdict = Verdict(
            attempt_id=message.id,
            outcome=Outcome.UNSCORED,
            reward=None,
            reason=f"It could not be judged: {cause}",
            evaluator=GROUP,
        )
        try:
            await attempts.finish(
                self._store, self._bus, message.id, verdict, cause=cause, state=AttemptState.DEAD_LETTERED
            )
        except NotFound:
            log.info("attempt_gone", attempt_id=message.id)
