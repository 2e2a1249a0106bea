"""Runs other people's task files: tasks on a website that is not ours, judged by evidence where the file brings any.

A task is tried once, by the ordinary agents and evaluator, as an evaluation. A task without evidence ends unscored; a
task that does not start on the website is not tried. Both are counted and listed with the reason.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from rich.console import RenderableType
from rich.table import Table

from evaluator.benchmark.plan import pinned_version
from evaluator.benchmark.report import BenchmarkReport, Ending, Share, TaskResult, share, summarise
from evaluator.benchmark.run import Progress
from evaluator.benchmark.table import tables
from evaluator.benchmark.trying import Deps, Trial, Tried, link
from infra import taskfiles
from infra.contracts.base import Contract, utcnow
from infra.contracts.task import Origin, Task
from infra.errors import InvalidInput

_MOST_LISTED = 12


class GivenOptions(Contract):
    """What to measure."""

    content: str = Field(description="the task file's text")
    website_id: str = Field(description="the website that the tasks are tried on")
    hosts: dict[str, str] = Field(default={}, description="URL by placeholder, such as SHOPPING")
    version: int | Literal["active", "random", "oracle"] = "active"
    limit: int | None = Field(default=None, ge=1, description="most tasks, the first of the file")
    concurrency: int = Field(default=4, ge=1, le=64)
    attempt_seconds: float = Field(default=300.0, gt=0, description="wait for one attempt's end, queue included")
    dashboard: str = Field(default="", description="base URL of the dashboard, for links to attempts")


class Untried(Contract):
    """A task of the file that cannot be tried on the website."""

    task: str
    line: int
    reason: str


class GivenReport(BenchmarkReport):
    """All figures of one run over a file."""

    scored: Share = Field(description="tasks that were judged: success or failure")
    without_evidence: dict[str, int] = Field(description="why a task cannot be judged → tasks")
    rejected: tuple[Untried, ...] = Field(description="tasks of the file that were not tried; in no other figure")


async def run_given(deps: Deps, options: GivenOptions, progress: Progress | None = None) -> GivenReport:
    """Run a file's tasks; ``progress(done, total, result)`` is called after each.

    Raises:
        InvalidInput: the file is broken, or solutions are asked for; the message says where.
        NotFound: there is no such website or policy version.
    """
    started_at, began = utcnow(), time.monotonic()
    website = await deps.store.website(options.website_id)
    read = taskfiles.read(options.content, website, options.hosts, Origin.BENCHMARK)
    version = await pinned_version(deps.store, options.version)
    if version is None:
        raise InvalidInput("a task file brings no solutions along: choose another version than oracle")
    tasks = read.tasks[: options.limit]
    trial = Trial(deps, version, seconds=options.attempt_seconds)
    slots = asyncio.Semaphore(options.concurrency)
    results: dict[int, TaskResult] = {}

    async def one(index: int, task: Task) -> None:
        async with slots:
            results[index] = _result(task, await trial.run(task), options.dashboard)
        if progress is not None:
            progress(len(results), len(tasks), results[index])

    try:
        async with asyncio.TaskGroup() as group:
            for index, task in enumerate(tasks):
                group.create_task(one(index, task))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from errors
    found = [results[index] for index in range(len(tasks))]
    report = summarise(
        found,
        version=version,
        split=read.format,
        sites=sorted({result.site for result in found}),
        started_at=started_at,
        seconds=time.monotonic() - began,
    )
    judged = [result for result in found if result.ending in (Ending.SUCCESS, Ending.FAILURE)]
    return GivenReport(
        **dict(report),
        scored=share(sum(result.ending is Ending.SUCCESS for result in judged), len(judged)),
        without_evidence=dict(Counter(str(task.metadata["unscored"]) for task in tasks if task.evidence is None)),
        rejected=tuple(Untried(task=name, line=line, reason=reason) for name, line, reason in read.rejected),
    )


def _result(task: Task, tried: Tried, dashboard: str) -> TaskResult:
    reason = tried.reason
    if tried.ending is Ending.UNSCORED and task.evidence is None:
        reason = str(task.metadata["unscored"])
    return TaskResult(
        task=str(task.metadata["file_id"]),
        site=str(task.metadata["file_site"]) or "given",
        kind=task.kind,
        depth=task.depth,
        instruction=task.instruction,
        ending=tried.ending,
        reason=reason,
        missing=tried.missing,
        stop_reason=tried.stop_reason,
        steps=tried.attempt.steps,
        seconds=tried.attempt.seconds,
        attempt_ids=(tried.attempt.id,),
        link=link(dashboard, tried.attempt.id),
    )


def given_tables(report: GivenReport) -> Iterator[RenderableType]:
    """Return what to print of a run over a file, in order."""
    yield from tables(report)
    scored = report.scored
    yield f"judged {scored.n} of {report.overall.n} tried tasks: {scored.successes} succeeded ({scored.success:.0%})"
    for title, counts in (
        ("tasks without evidence, which end unscored, because", report.without_evidence),
        ("tasks that were not tried, because", dict(Counter(one.reason for one in report.rejected).most_common())),
    ):
        if counts:
            table = Table(title, "tasks", box=None, header_style="dim")
            for reason, count in list(counts.items())[:_MOST_LISTED]:
                table.add_row(reason, str(count))
            yield table
