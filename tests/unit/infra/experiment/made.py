"""Runs made up for tests: what succeeded is said task by task."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from infra.experiment.plan import CONFIGURATIONS, Plan, Role, plan
from infra.experiment.results import Point, RunResult, SitePractice, TaskEnding, measure
from infra.telemetry.clock import PARTS

KINDS = ("navigate", "find", "change", "compose")

#: Whether a task succeeds: configuration, seed, point, role, site, number of the task.
Succeeds = Callable[[str, int, int, Role, str, int], bool]


def ending(site: str, number: int, *, succeeded: bool) -> TaskEnding:
    """Return how task ``number`` of a site ended; every fifth one cannot be done."""
    return TaskEnding(
        task=f"{site}-{number:03d}",
        site=site,
        kind=KINDS[number % len(KINDS)],
        depth=number % 6 + 1,
        answerable=number % 5 != 4,
        ending="success" if succeeded else "failure",
    )


def small_plan(**more: object) -> Plan:
    """Return two minutes on the shop, measured after each, with the wiki unseen."""
    return plan(**{"sites": ("shop",), "unseen": ("wiki",), "minutes": 2, "every": 1, **more})


def result(configuration: str, seed: int, asked: Plan, succeeds: Succeeds, *, tasks: int = 10) -> RunResult:
    """Return a complete run."""
    legs = asked.legs()
    points = []
    for index in range(len(legs) + 1):
        leg = legs[max(0, index - 1)]
        roles = [(Role.PRACTISE, leg.measured, "")]
        if asked.unseen:
            roles += [(Role.UNSEEN, asked.unseen, ""), (Role.UNSURVEYED, asked.unseen, "")]
        if index == len(legs):
            roles += [(Role.PRACTISE, leg.measured, name) for name in asked.perturbations]
        measures = []
        for role, sites, perturbed in roles:
            found = [
                ending(site, number, succeeded=succeeds(configuration, seed, index, role, site, number))
                for site in sites
                for number in range(tasks)
            ]
            measures.append(measure(role, found, seconds=1.0, perturbed=perturbed))
        minutes = 0.0 if index == 0 else leg.until
        points.append(
            Point(
                index=index,
                minutes=minutes,
                learning_minutes=minutes + 0.5 * (index + 1),
                rest_seconds=30.0,
                settled=True,
                attempts=round(100 * minutes),
                version=10 * index,
                after=leg.practised[0] if asked.sequence and index else None,
                practice={
                    site: SitePractice(
                        tasks=50, attempts=round(100 * minutes), successes=round(40 * minutes), recent=0.4
                    )
                    for site in asked.sites[:1]
                },
                measures=tuple(measures),
            )
        )
    return RunResult(
        configuration=configuration,
        sort=CONFIGURATIONS[configuration].sort,
        seed=seed,
        plan=asked,
        environment=CONFIGURATIONS[configuration].environment,
        settings={},
        survey_minutes=1.0,
        points=tuple(points),
        parts=dict.fromkeys(PARTS, 0.2),
        part_seconds={"agent": dict.fromkeys(PARTS, 1.0)},
        seconds=200.0,
    )


def results(names: Iterable[str], seeds: Iterable[int], asked: Plan, succeeds: Succeeds) -> list[RunResult]:
    """Return all runs of these configurations and seeds."""
    return [result(name, seed, asked, succeeds) for seed in seeds for name in names]
