"""Task: an instruction to practise, and (never shown to the agent) what would show it done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from infra.contracts.base import Contract, utcnow


class TaskKind(StrEnum):
    """What sort of work a task asks for."""

    NAVIGATE = "navigate"  # reach a page
    FIND = "find"  # find a fact and answer with it
    SEARCH = "search"  # search, filter or sort, then open
    FILL = "fill"  # fill and submit a form
    COMPARE = "compare"  # answer from two pages or more
    CHANGE = "change"  # change state (cart, vote, booking) so that the page shows it
    COMPOSE = "compose"  # two or three of the above in one instruction


class Origin(StrEnum):
    """Who invented a task."""

    GROUNDED = "grounded"
    LLM = "llm"
    RELABELLED = "relabelled"
    HUMAN = "human"
    BENCHMARK = "benchmark"


class Evidence(Contract):
    """What a trajectory must show for the task to count as done. Seen by proposer and evaluator alone.

    Every part that is set must hold. Comparisons fold case, white space, currency, units and dates.
    """

    url: str | None = Field(default=None, description="canonical URL of the last page (path and sorted query)")
    heading: str | None = Field(default=None, description="main heading of the last page")
    facts: tuple[tuple[str, str], ...] = Field(
        default=(), description="(label, value) pairs that the last page must show"
    )
    lines: tuple[str, ...] = Field(
        default=(), description="text chunks that the last page must show and the start page must not"
    )
    said: tuple[str, ...] = Field(
        default=(), description="text chunks that some page on the way must have shown and the start page did not"
    )
    fields: tuple[tuple[str, str], ...] = Field(
        default=(), description="(field name or label, value) that must have been entered before the last submit"
    )
    beside: tuple[str, ...] = Field(
        default=(), description="texts of rows or headings, beside each of which a control must have sent a change"
    )
    visited: tuple[str, ...] = Field(default=(), description="headings of pages passed on the way, in this order")
    visited_any_order: bool = Field(default=False, description="the pages of ``visited`` may be passed in any order")
    answer: str | None = Field(default=None, description="the right answer; None: no answer text may be given")
    impossible: bool = Field(default=False, description="the right ending is to say that it cannot be done")
    max_submits: int = Field(
        default=0, ge=0, description="most state-changing requests allowed: as many as the proposer needed"
    )


class HiddenCheck(Contract):
    """How a sandbox site's hidden state judges a benchmark task. Seen by the evaluator alone."""

    control_url: str = Field(description="base URL of the site's control server, unreachable for the agent")
    site: str
    task: str = Field(description="the benchmark task's own id, e.g. shop-017")
    session: str = Field(description="the browser session whose state is judged")
    ends_itself: bool = Field(
        default=False, description="the site notices that the task is done; the agent need not end the attempt"
    )


class Task(Contract):
    """One thing to practise on a website."""

    id: str
    website_id: str
    instruction: str = Field(min_length=1, max_length=2000)
    start_url: str
    kind: TaskKind
    origin: Origin
    depth: int = Field(default=1, ge=0, description="least number of actions, the final answer not counted")
    max_steps: int = Field(default=12, ge=1, le=200)
    skill: str = Field(default="", description="family: what it does on which page templates, e.g. find:/product/*")
    evidence: Evidence | None = None
    hidden_check: HiddenCheck | None = None
    rubric: tuple[str, ...] = ()
    demonstration: tuple[str, ...] = Field(
        default=(), description="element keys of the path by which the proposer knows it feasible; never shown"
    )
    created_at: datetime = Field(default_factory=utcnow)
    metadata: dict[str, Any] = Field(default_factory=dict)
