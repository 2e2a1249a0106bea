"""What a benchmark found. Pure: results in, figures out.

The main figure counts every task: one that could not be scored, was blocked, stopped or timed out has not succeeded.
Those are counted separately as well, so that nobody takes our trouble for the agent's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from statistics import fmean, median

from pydantic import Field

from infra.contracts.attempt import StopReason
from infra.contracts.base import Contract
from infra.contracts.task import TaskKind
from infra.statistics import wilson


class Ending(StrEnum):
    """How a benchmark task ended."""

    SUCCESS = "success"
    FAILURE = "failure"
    UNSCORED = "unscored"
    BLOCKED = "blocked"
    STOPPED = "stopped"
    DEAD_LETTERED = "dead_lettered"
    TIMED_OUT = "timed_out"  # no terminal record in time: no agent, or a stuck one


class TaskResult(Contract):
    """One held-out task and what became of it."""

    task: str
    site: str
    kind: TaskKind
    depth: int
    instruction: str
    answerable: bool = True
    ending: Ending
    reason: str = ""
    missing: tuple[str, ...] = Field(default=(), description="criteria that did not hold")
    stop_reason: StopReason | None = None
    steps: int | None = None
    seconds: float | None = None
    link: str = Field(default="", description="where the dashboard shows the attempt that counts")
    attempt_ids: tuple[str, ...] = Field(description="the last one counts; earlier ones could not be scored")


class Share(Contract):
    """Successes out of n, with the 95 % Wilson interval."""

    successes: int
    n: int
    success: float
    low: float
    high: float


class BenchmarkReport(Contract):
    """All figures of one run; ``results`` holds every task."""

    version: int | None = Field(description="policy version that acted; None: the sites' own solutions did")
    perturbed: tuple[str, ...] = Field(default=(), description="perturbations of every session")
    split: str
    wording: str = Field(default="people", description="plain: instructions in the site's own words")
    sites: tuple[str, ...]
    overall: Share
    by_site: dict[str, Share]
    by_kind: dict[str, Share]
    by_depth: dict[str, Share]
    answerable: Share = Field(description="tasks that can be done")
    impossible: Share = Field(description="tasks whose right answer is that they cannot be done")
    endings: dict[str, int] = Field(description="ending → tasks; all but success count as not succeeded")
    failures: dict[str, int] = Field(description="reason → failed tasks: the stop reason, or the criteria not held")
    retried: int = Field(description="attempts made again because the first could not be scored")
    mean_steps: float | None
    mean_steps_of_successes: float | None
    median_seconds: float | None = Field(description="of one attempt")
    started_at: datetime
    seconds: float = Field(description="of the whole run")
    results: tuple[TaskResult, ...]


def share(successes: int, n: int) -> Share:
    """Return the proportion with its interval; 0 where there was nothing to try."""
    low, high = wilson(successes, n)
    return Share(successes=successes, n=n, success=successes / n if n else 0.0, low=low, high=high)


def summarise(
    results: Sequence[TaskResult],
    *,
    version: int | None,
    perturbed: Sequence[str] = (),
    split: str,
    wording: str = "people",
    sites: Sequence[str],
    started_at: datetime,
    seconds: float,
) -> BenchmarkReport:
    """Return the report of these results."""
    return BenchmarkReport(
        version=version,
        perturbed=tuple(perturbed),
        split=split,
        wording=wording,
        sites=tuple(sites),
        overall=_share_of(results),
        by_site=_by(results, lambda result: result.site),
        by_kind=_by(results, lambda result: result.kind.value),
        by_depth=_by(results, lambda result: f"{result.depth:02d}"),
        answerable=_share_of([result for result in results if result.answerable]),
        impossible=_share_of([result for result in results if not result.answerable]),
        endings=dict(Counter(result.ending.value for result in results)),
        failures=dict(Counter(_why(result) for result in results if result.ending is Ending.FAILURE).most_common()),
        retried=sum(max(len(result.attempt_ids) - 1, 0) for result in results),
        mean_steps=_mean(result.steps for result in results),
        mean_steps_of_successes=_mean(result.steps for result in results if result.ending is Ending.SUCCESS),
        median_seconds=_median(result.seconds for result in results),
        started_at=started_at,
        seconds=seconds,
        results=tuple(results),
    )


def _share_of(results: Sequence[TaskResult]) -> Share:
    return share(sum(result.ending is Ending.SUCCESS for result in results), len(results))


def _by(results: Sequence[TaskResult], key: Callable[[TaskResult], str]) -> dict[str, Share]:
    groups: dict[str, list[TaskResult]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    return {name: _share_of(groups[name]) for name in sorted(groups)}


def _why(result: TaskResult) -> str:
    if result.stop_reason is not None and result.stop_reason is not StopReason.ANSWERED:
        return result.stop_reason.value
    return "; ".join(result.missing) or result.reason or "failure"


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
