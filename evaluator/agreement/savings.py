"""savings: how many calls of the judge the distilled reward model saved, and how far it agrees with the judge."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from evaluator.distilled import EVALUATOR as DISTILLED
from evaluator.judge import EVALUATOR as JUDGE
from infra.contracts.attempt import Purpose
from infra.contracts.base import Contract
from infra.contracts.verdict import Verdict
from infra.statistics import wilson
from infra.store.base import Store


class Savings(Contract):
    """What the distilled reward model did on a website."""

    answered: int = Field(description="attempts that it judged: as many calls were saved, times the votes")
    asked: int = Field(description="attempts that the judge judged")
    checked: int = Field(description="of these, those on which it was sure beforehand")
    agreement: float | None = Field(description="share of those on which both said the same; None: there are none")
    interval: tuple[float, float]


async def savings(store: Store, website_id: str, sure: float) -> Savings:
    """Return what was saved on a website so far."""
    scored = await store.scored(website_id, purposes=frozenset(Purpose))
    return saved((verdict for _, verdict in scored if verdict is not None), sure)


def saved(verdicts: Iterable[Verdict], sure: float) -> Savings:
    """Return what was saved, by the verdicts. Pure."""
    answered = asked = 0
    same: list[bool] = []
    for verdict in verdicts:
        answered += verdict.evaluator == DISTILLED
        asked += verdict.evaluator == JUDGE
        predicted = verdict.predicted if verdict.evaluator == JUDGE else None
        if predicted is not None and verdict.reward is not None and max(predicted, 1.0 - predicted) >= sure:
            same.append((predicted >= 0.5) == (verdict.reward >= 0.5))
    return Savings(
        answered=answered,
        asked=asked,
        checked=len(same),
        agreement=sum(same) / len(same) if same else None,
        interval=wilson(sum(same), len(same)),
    )
