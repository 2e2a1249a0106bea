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


class Direction(StrEnum):
    """Where a success rate is going, as far as the numbers say."""

    RISING = "rising"
    LEVEL = "level"  # no difference beyond what chance would bring
    FALLING = "falling"


class Trend(Contract):
    """Success in a family's latest attempts against those before. Which of its tasks were drawn may differ."""

    direction: Direction
    recent: float = Field(ge=0, le=1)
    recent_attempts: int = Field(ge=1)
    before: float = Field(ge=0, le=1)
    before_attempts: int = Field(ge=1)


class Forgetting(Contract):
    """What was lost since a family stood best, over those of its tasks that were tried before and after."""

    best: float = Field(ge=0, le=1, description="mean estimate of these tasks when the family stood best")
    now: float = Field(ge=0, le=1, description="of the same tasks at present")
    lost: float = Field(ge=0, le=1, description="best minus now; 0 where now is higher")
    clear: bool = Field(description="fewer successes since than chance would leave if nothing was lost (5 %)")
    tasks: int = Field(ge=1)
    attempts: int = Field(ge=1, description="at these tasks since")
    since: datetime


class Skill(Contract):
    """A family of tasks, by what they do on which page template, with its mastery over time."""

    skill: str = Field(description="kind and page template or control, e.g. find:/product/*")
    website_id: str
    tasks: int
    tried: int = Field(default=0, description="how many of its tasks were tried")
    attempts: int
    successes: int
    low: float = Field(default=0.0, ge=0, le=1, description="95 % Wilson interval of successes out of attempts")
    high: float = Field(default=1.0, ge=0, le=1)
    mastery: float = Field(ge=0, le=1, description="mean moving estimate over those of its tasks that were tried")
    best_mastery: float | None = Field(default=None, description="the highest that ever was; None: too few attempts")
    trend: Trend | None = Field(default=None, description="None: too few attempts")
    forgetting: Forgetting | None = Field(default=None, description="None: too few attempts before or since its best")
    last_practised: datetime | None = Field(default=None, description="end of its latest scored attempt")
    best_attempt: str | None = Field(default=None, description="id of its shortest successful attempt")


class CurriculumReport(Contract):
    """One website's curriculum at a moment, for people."""

    website_id: str
    tasks_by_pool: dict[str, int]
    dropped: dict[str, int] = Field(default_factory=dict, description="reason → tasks refused: duplicate, ambiguous…")
    skills: tuple[Skill, ...] = ()
    dispatched: int = 0
    pending: int = 0
