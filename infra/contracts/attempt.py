"""Attempt and Trajectory: one try at a task, and everything that happened in it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from infra.contracts.action import Action
from infra.contracts.base import Contract, utcnow
from infra.contracts.observation import Observation


class Purpose(StrEnum):
    """Why an attempt is made; only PRACTICE (and its retention checks) is learnt from."""

    PRACTICE = "practice"
    RETENTION = "retention"  # a mastered task tried again; learnt from, too
    EVALUATION = "evaluation"  # held-out benchmark; never learnt from
    RUN = "run"  # a user's own instruction; never learnt from


class AttemptState(StrEnum):
    """An attempt is dispatched, then recorded, and ends in exactly one of the terminal states."""

    DISPATCHED = "dispatched"
    RECORDED = "recorded"  # its trajectory is stored, the verdict is still to come
    COMPLETED = "completed"  # verdict success or failure
    UNSCORED = "unscored"  # the evaluator could not tell
    BLOCKED = "blocked"  # the website or the egress rules refused us
    STOPPED = "stopped"  # by a user, or the website was halted
    DEAD_LETTERED = "dead_lettered"  # we broke, repeatedly; the cause is on record


TERMINAL = frozenset(
    {
        AttemptState.COMPLETED,
        AttemptState.UNSCORED,
        AttemptState.BLOCKED,
        AttemptState.STOPPED,
        AttemptState.DEAD_LETTERED,
    }
)


class StopReason(StrEnum):
    """Why a trajectory ended."""

    ANSWERED = "answered"  # the agent ended it
    MAX_STEPS = "max_steps"
    TIME_LIMIT = "time_limit"
    STOPPED = "stopped"  # a stop reached it before its next action
    BLOCKED = "blocked"  # start page refused, unreachable, or left the allowed hosts beyond recovery
    CRASHED = "crashed"  # page or browser crashed and could not be recovered


class Candidate(Contract):
    """One of the actions that the policy considered."""

    action: Action
    probability: float = Field(ge=0, le=1)


class Written(Contract):
    """A reply as it was sampled, token by token: the text alone could be spelt with other tokens."""

    tokens: tuple[int, ...] = Field(description="ids in the policy's vocabulary, with the one that ends the turn")
    log_probs: tuple[float, ...] = Field(
        description="of each token, natural log, at the sampling temperature, among the tokens that the grammar admits"
    )


class Timings(Contract):
    """Seconds spent in each part of a step."""

    observe: float = 0.0
    screenshot: float = 0.0
    policy: float = 0.0
    act: float = 0.0
    settle: float = 0.0


class Step(Contract):
    """One decision: what was seen, what was done, how sure the policy was."""

    index: int
    observation: Observation
    action: Action
    log_prob: float | None = Field(default=None, description="natural log, at the sampling temperature")
    top: tuple[Candidate, ...] = Field(default=(), description="most probable candidates, best first, at most 5")
    thought: str | None = None
    written: Written | None = Field(default=None, description="None: the policy writes no replies")
    requests: tuple[str, ...] = Field(
        default=(), description="state-changing requests that the action caused: 'POST /cart/add' (no host, no body)"
    )
    timings: Timings = Timings()


class Trajectory(Contract):
    """A whole attempt. Stored as one blob by the agent; sent by reference."""

    attempt_id: str
    task_id: str
    website_id: str
    instruction: str
    start_url: str
    steps: tuple[Step, ...]
    final: Observation | None = Field(description="what was seen after the last action; None if nothing was ever seen")
    answer: str | None = None
    impossible: bool = False
    stop_reason: StopReason
    stop_detail: str = ""
    policy_version: int
    temperature: float = 1.0
    started_at: datetime = Field(default_factory=utcnow)
    seconds: float = 0.0

    @property
    def submits(self) -> int:
        """Return the number of state-changing requests caused by the agent's actions."""
        return sum(len(step.requests) for step in self.steps)


class Attempt(Contract):
    """The store's record of one try: created at dispatch, ended exactly once."""

    id: str
    task_id: str
    website_id: str
    group_id: str = Field(description="attempts of one task that are compared with each other")
    purpose: Purpose
    state: AttemptState = AttemptState.DISPATCHED
    temperature: float = Field(default=1.0, description="0 is greedy")
    pinned_version: int | None = Field(default=None, description="policy version to use; None: the active one")
    policy_version: int | None = Field(default=None, description="the version that acted; None until recorded")
    trajectory: str | None = Field(default=None, description="blob key; None until recorded")
    steps: int | None = None
    seconds: float | None = None
    cause: str = Field(default="", description="why it ended as it did, in words")
    created_at: datetime = Field(default_factory=utcnow)
    ended_at: datetime | None = None
