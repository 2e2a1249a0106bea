"""compare: every evaluator's verdicts on a website's attempts against those of whoever knows better.

A person's label knows, and so does hidden state. With a judge at hand, it is asked about attempts that somebody knows
of and that it has not judged yet; what it says is reported, and changes no record.

Where an attempt's ending alone decides, nobody looked at anything: such a verdict says nothing of how well an evaluator
judges. It is reported apart, and no rate counts it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

from pydantic import Field

from evaluator.agreement.savings import Savings
from evaluator.calibration import Calibration, calibrate
from evaluator.endings import by_ending
from evaluator.hidden_state import EVALUATOR as HIDDEN_STATE
from evaluator.judge import EVALUATOR as JUDGE
from evaluator.judge.rubric import ending_of
from evaluator.judge.ruling import without_judge
from evaluator.service import Judge
from infra.blobs.base import Blobs
from infra.contracts.attempt import TERMINAL, Attempt, Trajectory
from infra.contracts.base import Contract
from infra.contracts.task import Task
from infra.contracts.verdict import Verdict
from infra.documents import load_trajectory
from infra.errors import InvalidInput, NotFound
from infra.store.base import Store

HUMAN = "human"
#: Disagreement with people of the evaluator of Zhou et al. 2025 (arXiv 2412.13194), and the one aimed at.
STANDARD, GOAL = 0.086, 0.05
_PAGE = 200

Progress = Callable[[int], None]
Pairs = list[tuple[Verdict, Verdict]]


@dataclass(slots=True)
class _Known:
    """An attempt that somebody knows better of; verdicts by their authors."""

    attempt: Attempt
    verdicts: dict[str, Verdict]
    checks: dict[str, Verdict]
    by_ending: set[str] = field(default_factory=set)  # authors of verdicts that the ending alone decided


class Comparison(Contract):
    """One evaluator against one checker."""

    evaluator: str
    checker: str
    calibration: Calibration = Field(description="where the evaluator had something to judge")
    by_ending: Calibration = Field(description="where the attempt's ending alone decided")


class AgreementReport(Contract):
    """What was found on a website's attempts."""

    website_id: str
    attempts: int = Field(description="that somebody knows better of")
    asked: int = Field(description="how many of them the judge was asked about now")
    comparisons: tuple[Comparison, ...]
    distilled: Savings | None = None
    standard: float = STANDARD
    goal: float = GOAL


async def compare(
    store: Store, blobs: Blobs, judge: Judge | None, website_id: str, *, limit: int, slots: int = 4,
    progress: Progress | None = None,
) -> AgreementReport:  # fmt: skip
    """Compare the verdicts on the latest ``limit`` attempts of which somebody knows better.

    Raises:
        NotFound: there is no such website.
        InvalidInput: nobody knows better of any of its attempts.
    """
    await store.website(website_id)
    known = [one async for one in _known(store, website_id, limit)]
    if not known:
        raise InvalidInput("none of the attempts has a person's label or was judged by hidden state: label some first")
    asked = 0
    free = asyncio.Semaphore(slots)

    async def look(one: _Known) -> None:
        nonlocal asked
        async with free:
            recorded = await _recorded(store, blobs, one.attempt)
            if recorded is None:
                return
            new = judge is not None and JUDGE not in one.verdicts
            if judge is not None and new:
                one.verdicts[JUDGE] = await judge.judge(*recorded)
        one.by_ending = {evaluator for evaluator in one.verdicts if _decided(*recorded, evaluator)}
        if new and JUDGE not in one.by_ending:
            asked += 1
            if progress is not None:
                progress(asked)

    await asyncio.gather(*(look(one) for one in known))
    return AgreementReport(
        website_id=website_id, attempts=len(known), asked=asked, comparisons=tuple(_comparisons(known))
    )


def _comparisons(known: Iterable[_Known]) -> list[Comparison]:
    judged: defaultdict[tuple[str, str], Pairs] = defaultdict(list)
    ended: defaultdict[tuple[str, str], Pairs] = defaultdict(list)
    for one in known:
        for evaluator, verdict in one.verdicts.items():
            pairs = ended if evaluator in one.by_ending else judged
            for checker, check in one.checks.items():
                pairs[evaluator, checker].append((verdict, check))
    return [
        Comparison(
            evaluator=evaluator,
            checker=checker,
            calibration=calibrate(judged[evaluator, checker]),
            by_ending=calibrate(ended[evaluator, checker]),
        )
        for evaluator, checker in sorted(judged.keys() | ended.keys())
    ]


async def _known(store: Store, website_id: str, limit: int) -> AsyncIterator[_Known]:
    """Yield attempts with the verdicts to be checked and those that check, by author; newest first."""
    offset = 0
    seen: set[str] = set()
    while page := await store.attempts(website_id=website_id, states=TERMINAL, limit=_PAGE, offset=offset):
        offset += len(page)
        for attempt in page:
            if attempt.id in seen:  # newer ones have ended meanwhile, and moved it on to this page
                continue
            verdict, label = await store.verdict(attempt.id), await store.label_of(attempt.id)
            verdicts, checks = {}, {}
            if label is not None:
                checks[HUMAN] = label
            if verdict is not None and verdict.evaluator == HIDDEN_STATE:
                checks[HIDDEN_STATE] = verdict
            elif verdict is not None:
                verdicts[verdict.evaluator] = verdict
            if checks:
                yield _Known(attempt, verdicts, checks)
                seen.add(attempt.id)
            if len(seen) == limit:
                return


async def _recorded(store: Store, blobs: Blobs, attempt: Attempt) -> tuple[Task, Trajectory] | None:
    """Return what was attempted and how it went; None where that is not on record."""
    if attempt.trajectory is None:
        return None
    try:
        return await store.task(attempt.task_id), await load_trajectory(blobs, attempt.trajectory)
    except NotFound:
        return None


def _decided(task: Task, trajectory: Trajectory, evaluator: str) -> bool:
    """Return whether the ending alone decides what this evaluator says of an attempt."""
    if evaluator == JUDGE:
        return without_judge(ending_of(task), trajectory) is not None
    return by_ending(trajectory, evaluator) is not None
