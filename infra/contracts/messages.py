"""Messages: one class per stream. Bodies are small; large things travel by reference.

===========================  ==============  =====================================
message                      producer        consumer groups
===========================  ==============  =====================================
website.submitted            infra.api       proposer
visit.requested              proposer        agent
visit.completed              agent           proposer
task.dispatched              proposer, API   agent
trajectory.completed         agent           evaluator
verdict.issued               evaluator       proposer, learner
trajectory.relabelled        proposer        learner
policy.published             learner         (observers: API events)
===========================  ==============  =====================================
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from infra.contracts.attempt import Purpose
from infra.contracts.base import Contract
from infra.contracts.task import TaskKind
from infra.contracts.verdict import Outcome
from infra.contracts.visit import Visit


class Message(Contract):
    """Base of all messages; ``stream`` is the Redis Stream's name, ``id`` makes handling idempotent."""

    stream: ClassVar[str]
    id: str


class WebsiteSubmitted(Message):
    """A website is to be surveyed (again) and practised; id = website_id."""

    stream: ClassVar[str] = "website.submitted"
    website_id: str


class VisitRequested(Message):
    """The proposer wants to know pages: an agent runs the visit in a fresh context; id = visit id."""

    stream: ClassVar[str] = "visit.requested"
    visit: Visit


class VisitCompleted(Message):
    """The visit's report is stored under ``report`` (blob key of a VisitReport); id = visit id."""

    stream: ClassVar[str] = "visit.completed"
    website_id: str
    report: str


class TaskDispatched(Message):
    """One attempt to make; id = attempt id. Carries only what the agent may see: never the evidence."""

    stream: ClassVar[str] = "task.dispatched"
    task_id: str
    website_id: str
    instruction: str
    start_url: str
    max_steps: int
    purpose: Purpose
    temperature: float = 1.0
    pinned_version: int | None = None


class TrajectoryCompleted(Message):
    """An attempt's trajectory is stored under ``trajectory`` (blob key); id = attempt id."""

    stream: ClassVar[str] = "trajectory.completed"
    task_id: str
    website_id: str
    purpose: Purpose
    trajectory: str


class VerdictIssued(Message):
    """An attempt has ended; id = attempt id. Sent for every terminal record."""

    stream: ClassVar[str] = "verdict.issued"
    task_id: str
    website_id: str
    group_id: str
    purpose: Purpose
    outcome: Outcome
    reward: float | None
    trajectory: str | None = Field(description="blob key; None where the attempt left none")
    policy_version: int | None


class Relabel(Contract):
    """What a prefix of a trajectory did achieve, as an instruction it would have fulfilled (hindsight).

    The first ``steps`` actions, then an Answer with ``answer`` as its text, fulfil ``instruction``. Where it is
    ``impossible``, the Answer says so.
    """

    instruction: str
    kind: TaskKind
    steps: int = Field(ge=0)
    skip: tuple[int, ...] = Field(default=(), description="indices of steps cut out because they were loops")
    answer: str | None = None
    impossible: bool = False


class TrajectoryRelabelled(Message):
    """Hindsight for one attempt; id = attempt id."""

    stream: ClassVar[str] = "trajectory.relabelled"
    website_id: str
    trajectory: str
    relabels: tuple[Relabel, ...]


class PolicyPublished(Message):
    """A new version is registered; id = str(version)."""

    stream: ClassVar[str] = "policy.published"
    version: int
    metrics: dict[str, float] = Field(default_factory=dict)


MESSAGES: tuple[type[Message], ...] = (
    WebsiteSubmitted,
    VisitRequested,
    VisitCompleted,
    TaskDispatched,
    TrajectoryCompleted,
    VerdictIssued,
    TrajectoryRelabelled,
    PolicyPublished,
)
