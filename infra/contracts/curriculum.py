"""What the proposer knows of each task and skill. Producer: proposer; consumers: API, dashboard."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from infra.contracts.base import Contract


class Pool(StrEnum):
    """Where a task stands in the curriculum."""

    FRESH = "fresh"  # never tried
    LEARNING = "learning"  # tried, neither mastered nor parked
    MASTERED = "mastered"  # estimate high; tried again at times, so that forgetting shows
    PARKED = "parked"  # failed too often; cools down, then tried again


class TaskProgress(Contract):
    """Moving estimate of one task's success."""

    task_id: str
    website_id: str
    pool: Pool = Pool.FRESH
    estimate: float = Field(default=0.0, ge=0, le=1, description="moving estimate of the probability of success")
    attempts: int = 0
    successes: int = 0
    last_tried: datetime | None = None
    parked_until: datetime | None = None


class Skill(Contract):
    """A family of tasks with its mastery over time."""

    skill: str
    website_id: str
    tasks: int
    tried: int = Field(default=0, description="how many of its tasks were tried")
    attempts: int
    successes: int
    mastery: float = Field(ge=0, le=1, description="mean estimate over those of its tasks that were tried")
    trend: float = Field(description="mastery now minus mastery one window of attempts earlier")
    best_attempt: str | None = Field(default=None, description="id of its shortest successful attempt")


class CurriculumReport(Contract):
    """One website's curriculum at a moment, for people."""

    website_id: str
    tasks_by_pool: dict[str, int]
    dropped: dict[str, int] = Field(default_factory=dict, description="reason → tasks refused: duplicate, ambiguous…")
    skills: tuple[Skill, ...] = ()
    dispatched: int = 0
    pending: int = 0
