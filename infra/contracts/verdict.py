"""Verdict: did it work? Three values, never a guess."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field, model_validator

from infra.contracts.base import Contract, utcnow


class Outcome(StrEnum):
    """SUCCESS and FAILURE carry a reward; the others are kept out of training."""

    SUCCESS = "success"
    FAILURE = "failure"
    UNSCORED = "unscored"  # the evaluator failed or could not tell
    BLOCKED = "blocked"  # the site or the egress rules refused us
    STOPPED = "stopped"  # somebody stopped it


class Verdict(Contract):
    """Producer: evaluator; consumers: proposer, agent.learner, dashboard."""

    attempt_id: str
    outcome: Outcome
    reward: float | None = Field(description="1 for success, 0 for failure, None where there is no telling")
    reason: str = Field(description="one sentence a person can read")
    criteria: tuple[tuple[str, bool], ...] = Field(default=(), description="each part checked, and whether it held")
    evaluator: str = Field(description="evidence, hidden_state, judge, distilled or human")
    predicted: float | None = Field(
        default=None, ge=0, le=1, description="probability of success by the distilled reward model; None: not asked"
    )
    created_at: datetime = Field(default_factory=utcnow)

    @model_validator(mode="after")
    def _reward_fits_outcome(self) -> Verdict:
        scored = {Outcome.SUCCESS: 1.0, Outcome.FAILURE: 0.0}
        if self.reward != scored.get(self.outcome):
            raise ValueError(f"outcome {self.outcome} cannot carry reward {self.reward}")
        return self
