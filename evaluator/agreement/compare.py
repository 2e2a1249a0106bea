"""compare: every evaluator's verdicts on a website's attempts against those of whoever knows better.

A person's label knows, and so does hidden state. With a judge at hand, it is asked about attempts that somebody knows
of and that it has not judged yet; what it says is reported, and changes no record.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable

from pydantic import Field

from evaluator.agreement.savings import Savings
from evaluator.calibration import Calibration, calibrate
from evaluator.hidden_state import EVALUATOR as HIDDEN_STATE
from evaluator.judge import EVALUATOR as JUDGE
from evaluator.service import Judge
from infra.blobs.base import Blobs
from infra.contracts.attempt import TERMINAL, Attempt
from infra.contracts.base import Contract
from infra.contracts.verdict import Verdict
from infra.documents import load_trajectory
from infra.errors import InvalidInput, NotFound
from infra.store.base import Store

HUMAN = "human"
#: Disagreement with people of the evaluator of Zhou et al. 2025 (arXiv 2412.13194), and the one aimed at.
STANDARD, GOAL = 0.086, 0.05
_PAGE = 200

Progress = Callable[[int], None]
Known = tuple[Attempt, dict[str, Verdict], dict[str, Verdict]]


class Comparison(Contract):
    """One evaluator against one checker."""

    evaluator: str
    checker: str
    calibration: Calibration


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

    async def ask(attempt: Attempt, verdicts: dict[str, Verdict]) -> None:
        nonlocal asked
        async with free:
            verdict = await _asked(store, blobs, judge, attempt) if judge is not None else None
        if verdict is not None:
            verdicts[JUDGE] = verdict
            asked += 1
            if progress is not None:
                progress(asked)

    await asyncio.gather(*(ask(attempt, verdicts) for attempt, verdicts, _ in known if JUDGE not in verdicts))
    pairs: defaultdict[tuple[str, str], list[tuple[Verdict, Verdict]]] = defaultdict(list)
    for _, verdicts, checks in known:
        for evaluator, verdict in verdicts.items():
            for checker, check in checks.items():
                pairs[evaluator, checker].append((verdict, check))
    return AgreementReport(
        website_id=website_id,
        attempts=len(known),
        asked=asked,
        comparisons=tuple(
            Comparison(evaluator=evaluator, checker=checker, calibration=calibrate(found))
            for (evaluator, checker), found in sorted(pairs.items())
        ),
    )


async def _known(store: Store, website_id: str, limit: int) -> AsyncIterator[Known]:
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
                yield attempt, verdicts, checks
                seen.add(attempt.id)
            if len(seen) == limit:
                return


async def _asked(store: Store, blobs: Blobs, judge: Judge, attempt: Attempt) -> Verdict | None:
    """Return what the judge says of a recorded attempt; None where there is nothing to look at."""
    if attempt.trajectory is None:
        return None
    try:
        task = await store.task(attempt.task_id)
        trajectory = await load_trajectory(blobs, attempt.trajectory)
    except NotFound:
        return None
    return await judge.judge(task, trajectory)
