"""The sites' own solutions in the place of a policy: what the benchmark's ceiling is, and whether it is 100 %."""

from __future__ import annotations

import time

from evaluator.benchmark.control import ControlClient
from evaluator.benchmark.plan import BenchmarkOptions, Job
from evaluator.benchmark.report import Ending, TaskResult


async def solved(control: ControlClient, job: Job, options: BenchmarkOptions) -> TaskResult:
    """Return what a task's own solution led to; no attempt is made by any agent."""
    began = time.monotonic()
    solution = await control.solve(job.site.site, job.task.id, options.perturbed)
    return TaskResult(
        task=job.task.id,
        site=job.site.site,
        kind=job.task.kind,
        depth=job.task.depth,
        instruction=job.task.instruction,
        answerable=job.task.answerable,
        ending=Ending.SUCCESS if solution.passed else Ending.FAILURE,
        reason=solution.reason,
        seconds=time.monotonic() - began,
        attempt_ids=(),
    )
