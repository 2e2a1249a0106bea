"""What all runs together say: means over seeds, and each configuration's difference to the full one. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import fmean
from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import Field

from infra.contracts.base import Contract, utcnow
from infra.experiment.bootstrap import Estimate, Values, difference, estimate
from infra.experiment.plan import CONFIGURATIONS, REFERENCE, Plan, Role
from infra.experiment.results import ALL, Failure, Point, RunResult, TaskEnding, endings_at, groups

#: Estimates by condition and group of tasks.
Estimates = dict[str, dict[str, Estimate]]


class Condition(NamedTuple):
    """Under which the last measurement was made."""

    role: Role
    perturbed: str = ""

    @property
    def words(self) -> str:
        """Name it for tables."""
        return f"{self.role} under {self.perturbed}" if self.perturbed else str(self.role)


class Curve(Contract):
    """Held-out success over practice, on the tasks that were measured at every one of its points."""

    role: Role
    site: str | None = Field(default=None, description="the one site that it is about, in a sequence")
    minutes: tuple[float, ...] = Field(description="of practice, mean over seeds")
    attempts: tuple[float, ...] = Field(description="of practice, mean over seeds")
    success: tuple[Estimate, ...]


class Outcome(Contract):
    """One configuration over all its seeds."""

    configuration: str
    sort: Literal["full", "control", "ablation"]
    shows: str
    seeds: tuple[int, ...]
    minutes: float = Field(description="of practice; this and the next five: mean over seeds")
    learning_minutes: float
    attempts: float
    rest_seconds: float = Field(description="longest wait for the learner after a pause")
    survey_minutes: float
    parts: dict[str, float] = Field(description="share of practice seconds by part")
    settled: bool = Field(description="whether the learner had come to rest before every measurement")
    curves: tuple[Curve, ...]
    last: Estimates = Field(description="success at the last measurement, by condition and group of tasks")
    to_full: Estimates = Field(description="difference to the full configuration, paired by seed and task")
    since_turn: dict[str, Estimate] = Field(
        default_factory=dict, description="a sequence's success at its end minus right after the site's own turn"
    )
    since_turn_to_full: dict[str, Estimate] = Field(default_factory=dict)


class Summary(Contract):
    """The whole experiment, as far as it has come."""

    plan: Plan
    machine: dict[str, Any]
    outcomes: tuple[Outcome, ...]
    failures: tuple[Failure, ...]
    made_at: datetime = Field(default_factory=utcnow)


def summarise(
    plan: Plan, results: Sequence[RunResult], failures: Sequence[Failure], machine: Mapping[str, Any]
) -> Summary:
    """Return what the results say; the full configuration comes first, the others in the registry's order."""
    by_configuration: dict[str, list[RunResult]] = defaultdict(list)
    for result in sorted(results, key=lambda result: result.seed):
        by_configuration[result.configuration].append(result)
    reference = by_configuration.get(REFERENCE, [])
    order = [name for name in CONFIGURATIONS if name in by_configuration]
    outcomes = tuple(_outcome(by_configuration[name], reference) for name in order)
    return Summary(plan=plan, machine=dict(machine), outcomes=outcomes, failures=tuple(failures))


def _outcome(runs: Sequence[RunResult], reference: Sequence[RunResult]) -> Outcome:
    first = runs[0]
    seeds = {run.seed for run in runs} & {run.seed for run in reference}
    ours, theirs = ([run for run in some if run.seed in seeds] for some in (runs, reference))
    compared = bool(seeds) and first.configuration != REFERENCE
    return Outcome(
        configuration=first.configuration,
        sort=first.sort,
        shows=CONFIGURATIONS[first.configuration].shows,
        seeds=tuple(run.seed for run in runs),
        minutes=fmean(run.last.minutes for run in runs),
        learning_minutes=fmean(run.last.learning_minutes for run in runs),
        attempts=fmean(run.last.attempts for run in runs),
        rest_seconds=max(point.rest_seconds for run in runs for point in run.points),
        survey_minutes=fmean(run.survey_minutes for run in runs),
        parts={part: fmean(run.parts[part] for run in runs) for part in first.parts},
        settled=all(point.settled for run in runs for point in run.points),
        curves=tuple(curves(runs)),
        last=_last(runs),
        to_full=_to_full(ours, theirs) if compared else {},
        since_turn=_since_turn(runs),
        since_turn_to_full=_since_turn_to_full(ours, theirs) if compared else {},
    )


def array(endings: Sequence[Mapping[str, TaskEnding]], tasks: Sequence[str]) -> Values:
    """Return success as seeds × tasks, 0 or 1."""
    return np.array([[float(one[task].succeeded) for task in tasks] for one in endings]).reshape(len(endings), -1)


def common(endings: Iterable[Mapping[str, TaskEnding]]) -> list[str]:
    """Return the tasks that all of them have, in order."""
    found = [set(one) for one in endings]
    return sorted(set.intersection(*found)) if found else []


def _last(runs: Sequence[RunResult]) -> Estimates:
    found: Estimates = {}
    for condition in _conditions(runs[0].last):
        endings = [endings_at(run.last, *condition) for run in runs]
        found[condition.words] = {
            group: estimate(array(endings, tasks)) for group, tasks in _grouped(endings[0], common(endings)).items()
        }
    return found


def _to_full(ours: Sequence[RunResult], theirs: Sequence[RunResult]) -> Estimates:
    found: Estimates = {}
    for condition in _conditions(ours[0].last):
        mine, full = ([endings_at(run.last, *condition) for run in some] for some in (ours, theirs))
        found[condition.words] = {
            group: difference(array(mine, tasks), array(full, tasks))
            for group, tasks in _grouped(mine[0], common([*mine, *full])).items()
        }
    return found


def _conditions(point: Point) -> list[Condition]:
    return [Condition(one.role, one.perturbed) for one in point.measures]


def _grouped(endings: Mapping[str, TaskEnding], tasks: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for task in tasks:
        for group in groups(endings[task]):
            found[group].append(task)
    return found


def curves(runs: Sequence[RunResult]) -> Iterable[Curve]:
    """Yield a curve for each role; in a sequence one for each site, from its own turn on."""
    plan = runs[0].plan
    if plan.sequence:
        for turn, site in enumerate(plan.sites, start=1):
            yield from _curve(runs, Role.PRACTISE, range(turn, len(plan.sites) + 1), site)
        return
    for role in dict.fromkeys(one.role for one in runs[0].points[0].measures):
        yield from _curve(runs, role, range(len(runs[0].points)), None)


def _curve(runs: Sequence[RunResult], role: Role, indices: Iterable[int], site: str | None) -> Iterable[Curve]:
    """Yield the curve, or none where no task was measured at all of its points."""
    points = [[run.points[index] for run in runs] for index in indices]
    endings = [[_of_site(endings_at(point, role), site) for point in some] for some in points]
    tasks = common(one for some in endings for one in some)
    if tasks:
        yield Curve(
            role=role,
            site=site,
            minutes=tuple(fmean(point.minutes for point in some) for some in points),
            attempts=tuple(fmean(point.attempts for point in some) for some in points),
            success=tuple(estimate(array(some, tasks)) for some in endings),
        )


def _of_site(endings: Mapping[str, TaskEnding], site: str | None) -> Mapping[str, TaskEnding]:
    return {task: ending for task, ending in endings.items() if site in (None, ending.site)}


def _since_turn(runs: Sequence[RunResult]) -> dict[str, Estimate]:
    """Return by site, and for all of them, how success changed since the site's own turn."""
    return {site: difference(end, own) for site, (own, end) in _turns(runs).items()}


def _since_turn_to_full(ours: Sequence[RunResult], theirs: Sequence[RunResult]) -> dict[str, Estimate]:
    mine, full = _turns(ours), _turns(theirs)
    found = {}
    for site in mine:
        (own, end), (full_own, full_end) = mine[site], full[site]
        found[site] = difference(end - own, full_end - full_own)
    return found


def _turns(runs: Sequence[RunResult]) -> dict[str, tuple[Values, Values]]:
    """Return success right after a site's own turn and at the end: seeds × tasks each, the last site left out."""
    plan = runs[0].plan
    if not plan.sequence or len(plan.sites) < 2:
        return {}
    found: dict[str, tuple[Values, Values]] = {}
    for turn, site in enumerate(plan.sites[:-1], start=1):
        own, end = (
            [_of_site(endings_at(run.points[index], Role.PRACTISE), site) for run in runs] for index in (turn, -1)
        )
        tasks = common([*own, *end])
        found[site] = (array(own, tasks), array(end, tasks))
    own_turns, ends = (np.concatenate([pair[which] for pair in found.values()], axis=1) for which in (0, 1))
    return {**found, ALL: (own_turns, ends)}
