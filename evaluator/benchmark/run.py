"""Runs held-out tasks through the ordinary agents and evaluator, and collects what became of them.

Every try is a fresh session of the site, a Task and an Attempt of its own, recorded before it is dispatched. Only
endings that say nothing about the agent (blocked, unscored, dead-lettered) are tried again: a session's entry works
once, so that an attempt redelivered after a crash finds it spent. Attempts left behind are ended as stopped.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from evaluator.benchmark.control import ControlClient, Session
from evaluator.benchmark.oracle import solved
from evaluator.benchmark.plan import BenchmarkOptions, Job, pinned_version, plan
from evaluator.benchmark.report import BenchmarkReport, Ending, TaskResult, summarise
from evaluator.benchmark.trying import Deps, Trial, Tried, link
from infra.contracts.base import new_id, utcnow
from infra.contracts.task import HiddenCheck, Origin, Task
from infra.errors import JudgeUnavailable

_RETRIED = frozenset({Ending.BLOCKED, Ending.UNSCORED, Ending.DEAD_LETTERED})
#: More steps that a task may take for each perturbation: a banner is closed, a page is asked for again.
STEPS_PER_PERTURBATION = 2


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
            if version is None:
                results[index] = await solved(control, job, options)
            else:
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
        perturbed=options.perturbed,
        split=options.split,
        wording=options.wording,
        sites=sorted({job.site.site for job in jobs}),
        started_at=started_at,
        seconds=time.monotonic() - began,
    )


class _Run:
    """One task's tries."""

    def __init__(self, deps: Deps, control: ControlClient, options: BenchmarkOptions, version: int) -> None:
        self._trial = Trial(deps, version, seconds=options.attempt_seconds)
        self._control = control
        self._options = options

    async def task(self, job: Job) -> TaskResult:
        """Try the task until an attempt can be scored, or the retries are used up."""
        attempt_ids: list[str] = []
        while True:
            tried = await self._trial.run(await self._prepared(job))
            attempt_ids.append(tried.attempt.id)
            if tried.ending not in _RETRIED or len(attempt_ids) > self._options.retries:
                return _result(job, tried, tuple(attempt_ids), self._options.dashboard)

    async def _prepared(self, job: Job) -> Task:
        """Return the task as the agents take it, in a fresh session."""
        session = await self._open_session(job)
        return Task(
            id=new_id("tsk"),
            website_id=job.website_id,
            instruction=job.task.instruction,
            start_url=session.entry,
            kind=job.task.kind,
            origin=Origin.BENCHMARK,
            depth=job.task.depth,
            max_steps=2 * job.task.depth + 8 + STEPS_PER_PERTURBATION * len(self._options.perturbed),
            skill=f"benchmark:{job.site.site}:{job.task.kind.value}",
            hidden_check=HiddenCheck(
                control_url=self._control.url,
                site=job.site.site,
                task=job.task.id,
                session=session.session,
                ends_itself=job.task.ends_itself,
            ),
        )

    async def _open_session(self, job: Job) -> Session:
        for pause in (0.2, 1.0):
            try:
                return await self._control.open_session(job.site.site, job.task.start, self._options.perturbed)
            except JudgeUnavailable:
                await asyncio.sleep(pause)
        return await self._control.open_session(job.site.site, job.task.start, self._options.perturbed)


def _result(job: Job, tried: Tried, attempt_ids: tuple[str, ...], dashboard: str) -> TaskResult:
    return TaskResult(
        task=job.task.id,
        site=job.site.site,
        kind=job.task.kind,
        depth=job.task.depth,
        instruction=job.task.instruction,
        answerable=job.task.answerable,
        ending=tried.ending,
        reason=tried.reason,
        missing=tried.missing,
        stop_reason=tried.stop_reason,
        steps=tried.attempt.steps,
        seconds=tried.attempt.seconds,
        attempt_ids=attempt_ids,
        link=link(dashboard, tried.attempt.id),
    )
