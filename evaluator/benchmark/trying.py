"""One try of one task by the ordinary agents and evaluator, from its record to its end."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import NamedTuple

import httpx

from evaluator.benchmark.report import Ending
from infra import attempts
from infra.blobs.base import Blobs
from infra.contracts.attempt import TERMINAL, Attempt, AttemptState, Purpose, StopReason
from infra.contracts.base import new_id
from infra.contracts.messages import TaskDispatched
from infra.contracts.task import Task
from infra.contracts.verdict import Outcome, Verdict
from infra.documents import load_trajectory
from infra.errors import NotFound
from infra.store.base import Store
from infra.streams.base import Bus

POLL_SECONDS = (0.05, 0.5)  # first and longest pause between two looks at the store


class Deps(NamedTuple):
    """What a run needs; all belong to the caller."""

    store: Store
    blobs: Blobs
    bus: Bus
    client: httpx.AsyncClient


class Tried(NamedTuple):
    """How a try ended."""

    attempt: Attempt
    ending: Ending
    verdict: Verdict | None
    stop_reason: StopReason | None

    @property
    def reason(self) -> str:
        """Say why, in words."""
        return self.verdict.reason if self.verdict is not None else self.attempt.cause

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the criteria that did not hold."""
        return tuple(text for text, held in self.verdict.criteria if not held) if self.verdict is not None else ()


class Trial:
    """Tries tasks with one policy version, greedily. What is left behind is ended as stopped."""

    def __init__(self, deps: Deps, version: int, *, seconds: float) -> None:
        """``seconds``: longest wait for one attempt's end, queue included."""
        self._deps = deps
        self._version = version
        self._seconds = seconds

    async def run(self, task: Task) -> Tried:
        """Record the task and an attempt, have it made, and wait for its terminal record."""
        attempt = Attempt(
            id=new_id("att"),
            task_id=task.id,
            website_id=task.website_id,
            group_id=new_id("grp"),
            purpose=Purpose.EVALUATION,
            temperature=0.0,
            pinned_version=self._version,
        )
        try:
            await self._deps.store.add_tasks([task])
            await self._deps.store.add_attempts([attempt])
            await self._deps.bus.publish(_dispatched(task, attempt))
            in_time = await self._ended(attempt.id)
        except asyncio.CancelledError:
            await self._abandon(attempt.id, "the benchmark was cancelled")
            raise
        return await self._tried(attempt.id, in_time=in_time)

    async def _ended(self, attempt_id: str) -> bool:
        """Wait for the terminal record; return False where it did not come in time."""
        pause, longest = POLL_SECONDS
        deadline = time.monotonic() + self._seconds
        while (await self._deps.store.attempt(attempt_id)).state not in TERMINAL:
            own = asyncio.current_task()
            if own is not None and own.cancelling():  # amid a command a driver may have swallowed it
                raise asyncio.CancelledError
            if time.monotonic() > deadline:
                await self._abandon(attempt_id, f"no terminal record within {self._seconds:g} s")
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, longest)
        return True

    async def _abandon(self, attempt_id: str, cause: str) -> None:
        verdict = Verdict(
            attempt_id=attempt_id,
            outcome=Outcome.STOPPED,
            reward=None,
            reason=f"Stopped: {cause}.",
            evaluator="benchmark",
        )
        with suppress(NotFound):  # cancelled before it was recorded
            await attempts.finish(self._deps.store, self._deps.bus, attempt_id, verdict, cause=cause)

    async def _tried(self, attempt_id: str, *, in_time: bool) -> Tried:
        attempt = await self._deps.store.attempt(attempt_id)
        verdict = await self._deps.store.verdict(attempt_id)
        stop_reason = None
        if attempt.trajectory is not None:
            with suppress(NotFound):
                stop_reason = (await load_trajectory(self._deps.blobs, attempt.trajectory)).stop_reason
        return Tried(attempt, _ending(attempt, verdict) if in_time else Ending.TIMED_OUT, verdict, stop_reason)


def link(dashboard: str, attempt_id: str) -> str:
    """Return where the dashboard shows an attempt."""
    return f"{dashboard.rstrip('/')}/attempts/{attempt_id}"


def _dispatched(task: Task, attempt: Attempt) -> TaskDispatched:
    return TaskDispatched(
        id=attempt.id,
        task_id=task.id,
        website_id=task.website_id,
        instruction=task.instruction,
        start_url=task.start_url,
        max_steps=task.max_steps,
        purpose=attempt.purpose,
        temperature=attempt.temperature,
        pinned_version=attempt.pinned_version,
    )


def _ending(attempt: Attempt, verdict: Verdict | None) -> Ending:
    if attempt.state is AttemptState.DEAD_LETTERED or verdict is None:
        return Ending.DEAD_LETTERED
    return Ending(verdict.outcome.value)
