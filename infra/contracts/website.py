"""Website: what a user submits, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from infra.contracts.base import Contract, utcnow


class WebsiteStatus(StrEnum):
    """Where a website stands; ``status_reason`` says why in words."""

    SUBMITTED = "submitted"  # stored, not yet taken up by the proposer
    SURVEYING = "surveying"  # its pages are being mapped
    PRACTISING = "practising"  # attempts are dispatched
    PAUSED = "paused"  # by a user; resumable
    STOPPED = "stopped"  # by a user; running attempts end before their next action
    FINISHED = "finished"  # its budget is spent
    FAILED = "failed"  # cannot be practised: dead, blocked, forbidden; see status_reason


#: A website in one of these is not practised; attempts already queued for it end as ``stopped``.
HALTED = frozenset({WebsiteStatus.PAUSED, WebsiteStatus.STOPPED, WebsiteStatus.FINISHED, WebsiteStatus.FAILED})


class Budget(Contract):
    """How much practice a website may cost; ``None`` means no bound of that kind."""

    attempts: int | None = Field(default=None, ge=1, description="practice attempts in all")
    minutes: float | None = Field(default=None, gt=0, description="minutes since practice began")


class Safety(Contract):
    """What the agent may do on the website."""

    submit_forms: bool = Field(default=True, description="may send state-changing forms (anything but GET)")
    third_party_resources: bool = Field(
        default=True, description="pages may load sub-resources from other public hosts; never navigation"
    )
    respect_robots: bool = Field(default=True, description="the survey honours robots.txt")
    pages_per_second: float = Field(
        default=2.0, gt=0, le=1000, description="polite bound on the survey's page loads per second"
    )


class SurveyBounds(Contract):
    """Where the survey ends, whichever comes first."""

    pages: int = Field(default=300, ge=1, le=5000)
    depth: int = Field(default=6, ge=0, le=20, description="clicks from the start page")
    seconds: float = Field(default=120.0, gt=0, le=3600)


class Demo(Contract):
    """A user's own demonstration, as context for the proposer."""

    instruction: str = Field(min_length=1, max_length=2000)
    steps: tuple[str, ...] = Field(default=(), max_length=200, description="in words, in order")
    screenshots: tuple[str, ...] = Field(default=(), max_length=20, description="blob keys of pictures, in order")


class Website(Contract):
    """A submitted website. Producer: infra.api; consumers: all."""

    id: str
    url: str = Field(description="absolute http(s) URL of the start page")
    name: str
    description: str = ""
    allowed_hosts: tuple[str, ...] = Field(
        description="host or host:port that navigation may reach; a bare host means its default ports"
    )
    demos: tuple[Demo, ...] = ()
    budget: Budget = Budget()
    safety: Safety = Safety()
    survey: SurveyBounds = SurveyBounds()
    status: WebsiteStatus = WebsiteStatus.SUBMITTED
    status_reason: str = ""
    created_at: datetime = Field(default_factory=utcnow)
    practice_started_at: datetime | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
