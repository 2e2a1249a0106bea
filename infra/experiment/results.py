"""What a run found, as it lies in its folder, and figures read off it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from infra.contracts.base import Contract, utcnow
from infra.experiment.plan import Plan, Role
from infra.statistics import wilson

ALL, IMPOSSIBLE = "all", "impossible"
#: Names of the buckets of depth: least number of actions that a task takes.
DEPTHS = ("depth 1", "depth 2", "depth 3 to 4", "depth 5 and more")
DEEP = DEPTHS[-1]


class Share(Contract):
    """Successes out of n, with the 95 % Wilson interval."""

    successes: int
    n: int
    success: float
    low: float
    high: float


class TaskEnding(BaseModel):
    """How one held-out task ended. Part of the benchmark's report, of which the rest is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    task: str
    site: str
    kind: str
    depth: int
    answerable: bool = True
    ending: str = Field(description="success, or why not, as the benchmark calls it")
    steps: int | None = None

    @property
    def succeeded(self) -> bool:
        """Return whether it counts."""
        return self.ending == "success"


class Measure(Contract):
    """Held-out tasks of one role, each tried once, greedily, with one policy version."""

    role: Role
    perturbed: str = Field(default="", description="the perturbation of every session; empty: none")
    seconds: float
    overall: Share
    by_site: dict[str, Share]
    by_kind: dict[str, Share]
    by_depth: dict[str, Share]
    answerable: Share = Field(description="tasks that can be done")
    impossible: Share = Field(description="tasks whose right answer is that they cannot be done")
    endings: tuple[TaskEnding, ...]


class SitePractice(Contract):
    """Practice on one website so far."""

    tasks: int = Field(description="that the survey led to")
    attempts: int = Field(description="that ended in success or failure; what a pause cut short is not counted")
    successes: int
    recent: float | None = Field(description="share of successes in the latest 100 of them; None before the first")


class Point(Contract):
    """One measurement with what went before it."""

    index: int
    minutes: float = Field(description="of practice, measurements not counted")
    learning_minutes: float = Field(description="practice, and the learner's own work after each pause")
    rest_seconds: float = Field(description="from this pause until attempts had ended and the policy stood still")
    settled: bool = Field(description="false: versions still came when the wait for their end was given up")
    attempts: int
    version: int = Field(description="policy version that was measured")
    after: str | None = Field(default=None, description="the site that just had its turn, in a sequence")
    practice: dict[str, SitePractice]
    measures: tuple[Measure, ...]


class RunResult(Contract):
    """One configuration with one seed, complete."""

    configuration: str
    sort: Literal["full", "control", "ablation"]
    seed: int
    plan: Plan
    environment: dict[str, str] = Field(description="what the configuration sets")
    settings: dict[str, Any] = Field(description="settings in effect, secrets and addresses left out")
    survey: str = Field(default="", description="id of the surveys that it began with")
    warm_start_minutes: float = Field(default=0.0, description="until the learner had made use of what they show")
    survey_minutes: float = Field(description="of the surveys, which runs of a seed share")
    points: tuple[Point, ...]
    parts: dict[str, float] = Field(description="share of the workers' practice seconds by part, such as browser")
    part_seconds: dict[str, dict[str, float]] = Field(
        description="wall-clock seconds by kind of worker and part, summed over concurrent attempts"
    )
    seconds: float = Field(description="of the run, without surveys")
    ended_at: datetime = Field(default_factory=utcnow)

    @property
    def last(self) -> Point:
        """Return the point after all practice."""
        return self.points[-1]


class Failure(Contract):
    """Why a run has no result."""

    configuration: str
    seed: int
    cause: str
    at: datetime = Field(default_factory=utcnow)


def share(endings: Iterable[TaskEnding]) -> Share:
    """Return the proportion of successes; 0 where there was nothing to try."""
    counted = [ending.succeeded for ending in endings]
    successes, n = sum(counted), len(counted)
    low, high = wilson(successes, n)
    return Share(successes=successes, n=n, success=successes / n if n else 0.0, low=low, high=high)


def measure(role: Role, endings: Sequence[TaskEnding], *, seconds: float, perturbed: str = "") -> Measure:
    """Return the figures of these endings."""
    return Measure(
        role=role,
        perturbed=perturbed,
        seconds=round(seconds, 1),
        overall=share(endings),
        by_site=_by(endings, lambda ending: ending.site),
        by_kind=_by(endings, lambda ending: ending.kind),
        by_depth=_by(endings, lambda ending: depth_bucket(ending.depth)),
        answerable=share(ending for ending in endings if ending.answerable),
        impossible=share(ending for ending in endings if not ending.answerable),
        endings=tuple(endings),
    )


def depth_bucket(depth: int) -> str:
    """Return which of DEPTHS a task belongs to."""
    return DEPTHS[0 if depth <= 1 else 1 if depth == 2 else 2 if depth <= 4 else 3]


def groups(ending: TaskEnding) -> tuple[str, ...]:
    """Return every group of tasks that a task belongs to, by the names that tables give them."""
    found = [ALL, ending.kind, depth_bucket(ending.depth), f"on {ending.site}"]
    return (*found, *(() if ending.answerable else (IMPOSSIBLE,)))


def endings_at(point: Point, role: Role, perturbed: str = "") -> Mapping[str, TaskEnding]:
    """Return the endings of a role at a point, by task; empty where it was not measured."""
    return {
        ending.task: ending
        for one in point.measures
        if (one.role, one.perturbed) == (role, perturbed)
        for ending in one.endings
    }


def _by(endings: Sequence[TaskEnding], key: Callable[[TaskEnding], str]) -> dict[str, Share]:
    found: dict[str, list[TaskEnding]] = defaultdict(list)
    for ending in endings:
        found[key(ending)].append(ending)
    return {name: share(found[name]) for name in sorted(found)}
