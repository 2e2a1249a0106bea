"""Runs held-out tasks through the ordinary agents and evaluator, and collects what became of them.

Every try is a fresh session of the site, a Task and an Attempt of its own, recorded before it is dispatched. Only
endings that say nothing about the agent (blocked, unscored, dead-lettered) are tried again: a session's entry works
once, so that an attempt redelivered after a crash finds it spent. Attempts left behind are ended as stopped.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import httpx

from evaluator.benchmark.control import ControlClient
from evaluator.benchmark.plan import BenchmarkOptions, Job, pinned_version, plan
from evaluator.benchmark.report import BenchmarkReport, Ending, TaskResult, summarise
from infra import attempts
from infra.blobs.base import Blobs
from infra.contracts.attempt import TERMINAL, Attempt, AttemptState, Purpose
from infra.contracts.base import new_id, utcnow
from infra.contracts.messages import TaskDispatched
from infra.contracts.task import HiddenCheck, Origin, Task
from infra.contracts.verdict import Outcome, Verdict
from infra.documents import load_trajectory
from infra.errors import JudgeUnavailable, NotFound
from infra.store.base import Store
from infra.streams.base import Bus

_RETRIED = frozenset({Ending.BLOCKED, Ending.UNSCORED, Ending.DEAD_LETTERED})
_POLL_SECONDS = (0.05, 0.5)  # first and longest pause between two looks at the store


class Deps(NamedTuple):
    """What a run needs; all belong to the caller."""

    store: Store
    blobs: Blobs
    bus: Bus
    client: httpx.AsyncClient


Progress = Callable[[int, int, TaskResult], None]


async def run_benchmark(deps: Deps, options: BenchmarkOptions, progress: Progress | None = None) -> BenchmarkReport:
    """Run the benchmark; ``progress(done, total, result)`` is called after each task.

    Raises:
        ConfigurationError: the control server refuses us, or is none.
        JudgeUnavailable: the control server is down.
        InvalidInput: there is no such site, or the website covers none of the sites' hosts.
        NotFound: there is no such website or policy version.
    """
    started_at, began = utcnow(), time.monotonic()
    control = ControlClient(deps.client, options.control, options.secret)
    version = await pinned_version(deps.store, options.version)
    jobs = await plan(deps.store, control, options)
    slots = asyncio.Semaphore(options.concurrency)
    results: dict[int, TaskResult] = {}

    async def one(index: int, job: Job) -> None:
        async with slots:
            results[index] = await _Run(deps, control, options, version).task(job)
        if progress is not None:
            progress(len(results), len(jobs), results[index])

    try:
        async with asyncio.TaskGroup() as group:
            for index, job in enumerate(jobs):
                group.create_task(one(index, job))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from errors
    return summarise(
        [results[index] for index in range(len(jobs))],
        version=version,
        split=options.split,
        sites=sorted({job.site.site for job in jobs}),
        started_at=started_at,
        seconds=time.monotonic() - began,
    )


class _Run:
    """One task's tries."""

    def __init__(self, deps: Deps, control: ControlClient, options: BenchmarkOptions, version: int) -> None:
        self._deps = deps
        self._control = control
        self._options = options
        self._version = version

    async def task(self, job: Job) -> TaskResult:
        """Try the task until an attempt can be scored, or the retries are used up."""
        tried: list[str] = []
        while True:
            attempt_id = new_id("att")
            tried.append(attempt_id)
            try:
                await self._dispatch(job, attempt_id)
                ended = await self._ended(attempt_id)
            except asyncio.CancelledError:
                await self._abandon(attempt_id, "the benchmark was cancelled")
                raise
            result = await self._result(job, attempt_id, tuple(tried), ended=ended)
            if result.ending not in _RETRIED or len(tried) > self._options.retries:
                return result

    async def _dispatch(self, job: Job, attempt_id: str) -> None:
        session = await self._open_session(job)
        task = Task(
            id=new_id("tsk"),
            website_id=job.website_id,
            instruction=job.task.instruction,
            start_url=session[1],
            kind=job.task.kind,
            origin=Origin.BENCHMARK,
            depth=job.task.depth,
            max_steps=2 * job.task.depth + 8,
            skill=f"benchmark:{job.site.site}:{job.task.kind.value}",
            hidden_check=HiddenCheck(
                control_url=self._control.url, site=job.site.site, task=job.task.id, session=session[0]
            ),
        )
        attempt = Attempt(
            id=attempt_id,
            task_id=task.id,
            website_id=job.website_id,
            group_id=new_id("grp"),
            purpose=Purpose.EVALUATION,
            temperature=0.0,
            pinned_version=self._version,
        )
        await self._deps.store.add_tasks([task])
        await self._deps.store.add_attempts([attempt])
        await self._deps.bus.publish(_dispatched(task, attempt))

    async def _open_session(self, job: Job) -> tuple[str, str]:
        for pause in (0.2, 1.0):
            try:
                session = await self._control.open_session(job.site.site, job.task.start)
            except JudgeUnavailable:
                await asyncio.sleep(pause)
            else:
                return session.session, session.entry
        session = await self._control.open_session(job.site.site, job.task.start)
        return session.session, session.entry

    async def _ended(self, attempt_id: str) -> bool:
        """Wait for the terminal record; return False where it did not come in time."""
        pause, longest = _POLL_SECONDS
        deadline = time.monotonic() + self._options.attempt_seconds
        while (await self._deps.store.attempt(attempt_id)).state not in TERMINAL:
            if time.monotonic() > deadline:
                await self._abandon(attempt_id, f"no terminal record within {self._options.attempt_seconds:g} s")
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

    async def _result(self, job: Job, attempt_id: str, tried: tuple[str, ...], *, ended: bool) -> TaskResult:
        attempt = await self._deps.store.attempt(attempt_id)
        verdict = await self._deps.store.verdict(attempt_id)
        stop_reason = None
        if attempt.trajectory is not None:
            try:
                stop_reason = (await load_trajectory(self._deps.blobs, attempt.trajectory)).stop_reason
            except NotFound:
                stop_reason = None
        return TaskResult(
            task=job.task.id,
            site=job.site.site,
            kind=job.task.kind,
            depth=job.task.depth,
            instruction=job.task.instruction,
            ending=_ending(attempt, verdict) if ended else Ending.TIMED_OUT,
            reason=verdict.reason if verdict is not None else attempt.cause,
            missing=tuple(text for text, held in verdict.criteria if not held) if verdict is not None else (),
            stop_reason=stop_reason,
            steps=attempt.steps,
            seconds=attempt.seconds,
            attempt_ids=tried,
        )


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
