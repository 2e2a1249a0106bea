"""Judges the evidence evaluator: the proposer's own tasks on a sandbox site, judged by evidence and by hidden state.

What a task's own way leads to is the truth. An agent follows that way in a session of its own; an attempt has
succeeded by hidden state where its session is left in the same state, where the same page was shown last if the task is
about a page, and where the answer is the right one. A way that cannot be followed any more tells nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field, SecretStr
from rich.console import RenderableType

from evaluator.benchmark.control import ControlClient, HiddenState, Session, SiteInfo
from evaluator.benchmark.plan import covers, pinned_version
from evaluator.benchmark.report import BenchmarkReport, TaskResult, summarise
from evaluator.benchmark.run import Progress
from evaluator.benchmark.table import tables
from evaluator.benchmark.trying import POLL_SECONDS, Deps, Trial, Tried, link
from evaluator.calibration import Calibration, calibrate
from evaluator.comparison import same_answer
from evaluator.endings import kept_out, scored
from infra.contracts.attempt import StopReason, Trajectory
from infra.contracts.base import Contract, new_id, utcnow
from infra.contracts.messages import VisitRequested
from infra.contracts.task import Evidence, Origin, Task
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.visit import Route, RouteReport, Visit
from infra.contracts.website import Website
from infra.demonstration import decode
from infra.documents import load_report, load_trajectory, report_key
from infra.errors import InvalidInput, NotFound

EVALUATOR = "reference"
_PAGE = 500  # tasks read from the store at a time


class ProposedOptions(Contract):
    """What to measure."""

    control: str = Field(description="base URL of the control server")
    secret: SecretStr
    website_id: str = Field(description="the practised website; it must be a sandbox site")
    tasks: int = Field(default=100, ge=1, description="how many of its tasks are drawn")
    version: int | Literal["active", "random", "oracle"] = "active"
    concurrency: int = Field(default=4, ge=1, le=64)
    attempt_seconds: float = Field(default=300.0, gt=0, description="wait for one attempt's end, queue included")
    dashboard: str = Field(default="", description="base URL of the dashboard, for links to attempts")


class ProposedReport(BenchmarkReport):
    """The figures by evidence, and how far they agree with hidden state."""

    calibration: Calibration
    judged_by: str = Field(default="evidence", description="whose verdicts they are")
    disagreements: dict[str, str] = Field(description="attempt → what the two say of it")


async def run_proposed(deps: Deps, options: ProposedOptions, progress: Progress | None = None) -> ProposedReport:
    """Try a random sample of a website's own tasks; ``progress(done, total, result)`` is called after each.

    Raises:
        InvalidInput: the website is no sandbox site, or has no tasks of the proposer's.
        ConfigurationError, JudgeUnavailable: of the control server.
        NotFound: there is no such website or policy version.
    """
    started_at, began = utcnow(), time.monotonic()
    website = await deps.store.website(options.website_id)
    control = ControlClient(deps.client, options.control, options.secret)
    site = next((site for site in await control.sites() if covers(website, site)), None)
    if site is None:
        raise InvalidInput(f"{website.name} is no sandbox site, so there is no hidden state to compare with")
    version = await pinned_version(deps.store, options.version)
    if version is None:
        raise InvalidInput("the sites' own solutions are for held-out tasks: choose another version than oracle")
    tasks = await _sample(deps, website, options.tasks)
    run = _Run(deps, control, site, Trial(deps, version, seconds=options.attempt_seconds), options)
    slots = asyncio.Semaphore(options.concurrency)
    results: dict[int, TaskResult] = {}
    pairs: dict[int, tuple[Verdict, Verdict]] = {}

    async def one(index: int, task: Task) -> None:
        async with slots:
            results[index], pair = await run.task(task)
        if pair is not None:
            pairs[index] = pair
        if progress is not None:
            progress(len(results), len(tasks), results[index])

    try:
        async with asyncio.TaskGroup() as group:
            for index, task in enumerate(tasks):
                group.create_task(one(index, task))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from errors
    found = calibrate(pairs.values())
    report = summarise(
        [results[index] for index in range(len(tasks))],
        version=version,
        split="proposed",
        sites=[site.site],
        started_at=started_at,
        seconds=time.monotonic() - began,
    )
    judges = sorted({judged.evaluator for judged, _ in pairs.values()}) or ["evidence"]
    return ProposedReport(
        **dict(report),
        calibration=found,
        disagreements=_differing(found, pairs.values()),
        judged_by=" and ".join(judges),
    )


def _differing(found: Calibration, pairs: Iterable[tuple[Verdict, Verdict]]) -> dict[str, str]:
    """Return what both say of each attempt on which they differ, false positives first."""
    said = {
        judged.attempt_id: f"by {judged.evaluator} {judged.outcome}: {judged.reason} "
        f"By hidden state {checked.outcome}: {checked.reason}"
        for judged, checked in pairs
    }
    return {attempt_id: said[attempt_id] for attempt_id in found.disagreeing}


async def _sample(deps: Deps, website: Website, count: int) -> list[Task]:
    known: list[Task] = []
    while page := await deps.store.tasks(website.id, limit=_PAGE, offset=len(known)):
        known += page
    own = [task for task in known if task.origin is Origin.GROUNDED and task.evidence is not None]
    if not own:
        raise InvalidInput(f"{website.name} has no tasks of the proposer's yet: wait until it has been surveyed")
    return Random(0).sample(own, min(count, len(own)))  # noqa: S311 - a sample, no secret


class _Run:
    """One task: its own way, and an attempt at it."""

    def __init__(
        self, deps: Deps, control: ControlClient, site: SiteInfo, trial: Trial, options: ProposedOptions
    ) -> None:
        self._deps = deps
        self._control = control
        self._site = site
        self._trial = trial
        self._options = options

    async def task(self, task: Task) -> tuple[TaskResult, tuple[Verdict, Verdict] | None]:
        """Return the result by evidence, and both verdicts where both could be told."""
        reference, way = await self._follow(task)
        session = await self._open(task)
        tried = await self._trial.run(
            task.model_copy(update={"id": new_id("tsk"), "start_url": session.entry, "origin": Origin.BENCHMARK})
        )
        pair = None
        if tried.verdict is not None:
            left = await self._control.hidden_state(self._site.site, session.session)
            trajectory = await self._trajectory(tried)
            if trajectory is not None:
                pair = tried.verdict, verdict_of(task, reference if way is None else None, left, trajectory)
        return _result(task, self._site, tried, self._options.dashboard), pair

    async def _open(self, task: Task) -> Session:
        parts = urlsplit(task.start_url)
        start = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return await self._control.open_session(self._site.site, start)

    async def _follow(self, task: Task) -> tuple[HiddenState, str | None]:
        """Return what the task's own way leads to, and why it could not be followed to its end."""
        session = await self._open(task)
        visit = Visit(
            id=new_id("vis"),
            website_id=task.website_id,
            routes=(Route(url=session.entry, steps=decode(task.demonstration)),),
        )
        await self._deps.bus.publish(VisitRequested(id=visit.id, visit=visit))
        report = await self._report(visit)
        return await self._control.hidden_state(self._site.site, session.session), report.error

    async def _report(self, visit: Visit) -> RouteReport:
        pause, longest = POLL_SECONDS
        deadline = time.monotonic() + self._options.attempt_seconds
        while True:
            try:
                report = await load_report(self._deps.blobs, report_key(visit.website_id, visit.id))
            except NotFound:
                if time.monotonic() > deadline:
                    return RouteReport(route=visit.routes[0], error="no agent reported back")
                await asyncio.sleep(pause)
                pause = min(pause * 1.5, longest)
            else:
                return report.routes[0]

    async def _trajectory(self, tried: Tried) -> Trajectory | None:
        if tried.attempt.trajectory is None:
            return None
        return await load_trajectory(self._deps.blobs, tried.attempt.trajectory)


def verdict_of(task: Task, reference: HiddenState | None, left: HiddenState, trajectory: Trajectory) -> Verdict:
    """Judge an attempt by what its session was left in. Pure.

    Unscored where the task's own way told nothing (``reference`` None), and where several pages must be passed: the
    state does not tell which.
    """
    evidence = task.evidence
    several = evidence is not None and len(evidence.visited) + (_place_of(evidence) is not None) > 1
    if reference is None or evidence is None or several:
        return kept_out(trajectory, Outcome.UNSCORED, "There is nothing to compare with.", EVALUATOR)
    said = (trajectory.answer or "").strip()
    reason = evidence.impossible and trajectory.impossible  # why it cannot be done is no answer
    right = reason or not said if evidence.answer is None else bool(said) and same_answer(said, evidence.answer)
    criteria = [
        ("the agent said that it was done", trajectory.stop_reason is StopReason.ANSWERED),
        ("it called it impossible if and only if it is", trajectory.impossible is evidence.impossible),
        ("the site is left as the task's own way leaves it", left.state == reference.state),
        ("the answer is as asked", right),
    ]
    if evidence.answer is None and _place_of(evidence) is not None:
        criteria.append(("the last page is the one of the task's own way", _place(left) == _place(reference)))
    if evidence.visited:
        places = {_placed(path) for path in left.visited}
        criteria.append(("the page of the task's own way was looked at", _place(reference) in places))
    return scored(trajectory, criteria, EVALUATOR)


def _place_of(evidence: Evidence) -> str | None:
    """Return what names the last page, where the evidence says anything about it."""
    return evidence.url if evidence.url is not None else evidence.heading


def _place(state: HiddenState) -> str | None:
    """Return the last page's place."""
    return None if state.last is None else _placed(state.last)


def _placed(shown: str) -> str:
    """Return a page's path; its query too where that chooses what a list shows."""
    path, _, query = shown.partition("?")
    given = sorted((name, value) for name, value in parse_qsl(query) if value)
    return f"{path}?{given}"


def _result(task: Task, site: SiteInfo, tried: Tried, dashboard: str) -> TaskResult:
    return TaskResult(
        task=task.id,
        site=site.site,
        kind=task.kind,
        depth=task.depth,
        instruction=task.instruction,
        ending=tried.ending,
        reason=tried.reason,
        missing=tried.missing,
        stop_reason=tried.stop_reason,
        steps=tried.attempt.steps,
        seconds=tried.attempt.seconds,
        attempt_ids=(tried.attempt.id,),
        link=link(dashboard, tried.attempt.id),
    )


def proposed_tables(report: ProposedReport) -> Iterator[RenderableType]:
    """Return what to print, in order."""
    yield from tables(report)
    found = report.calibration
    yield (
        f"[bold]{report.judged_by.capitalize()} against hidden state[/bold] over {found.compared} attempts: "
        f"precision {_share(found.precision, found.precision_interval)}, "
        f"recall {_share(found.recall, found.recall_interval)}, "
        f"disagreement {_share(found.disagreement, found.disagreement_interval)}; "
        f"{found.checker_unscored} could not be compared"
    )
    for attempt_id, words in report.disagreements.items():
        yield f"  [dim]{attempt_id}[/dim] {words}"


def _share(share: float | None, interval: Sequence[float] = ()) -> str:
    if share is None:
        return "–"
    return f"{share:.1%}" + (f" ({interval[0]:.1%}–{interval[1]:.1%})" if interval else "")
