"""What the API takes and gives, where that is not a contract itself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, model_validator

from infra.api.deps import MOST_VERSION
from infra.api.storable import storable
from infra.contracts.attempt import Attempt, Trajectory
from infra.contracts.curriculum import CurriculumReport, Skill
from infra.contracts.policy import PolicyVersion
from infra.contracts.task import Evidence, Task, TaskKind
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.website import Budget, Safety, SurveyBounds, Website

T = TypeVar("T")


class Body(BaseModel):
    """A request; unknown keys are an error, so that a misspelt one is not silently ignored."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, given: Any) -> Any:
        if not storable(given):
            raise ValueError("a text holds NUL or half of a surrogate pair, which cannot be stored")
        return given


class Listing(BaseModel, Generic[T]):
    """One page of a list. ``next_offset`` is None on the last one."""

    items: list[T]
    next_offset: int | None = Field(description="pass it as offset to read on; None: this is the last page")


def listing(items: list[T], limit: int, offset: int) -> Listing[T]:
    """Return a page of what was asked for with one item more than ``limit``."""
    return Listing(items=items[:limit], next_offset=offset + limit if len(items) > limit else None)


Host = Annotated[str, Field(min_length=1, max_length=260)]


class NewDemoStep(Body):
    """One step of a demonstration, with a picture of the page after it."""

    text: str = Field(min_length=1, max_length=1000)
    screenshot: Base64Bytes | None = Field(default=None, description="JPEG or PNG, base64, at most 2 MiB")


class NewDemo(Body):
    """A demonstration: an instruction, and how it is done, as steps, as a Playwright trace or as a HAR, if at all."""

    instruction: str = Field(min_length=1, max_length=2000)
    steps: list[str | NewDemoStep] = Field(default_factory=list, max_length=200, description="in order")
    trace: Base64Bytes | None = Field(default=None, description="Playwright's trace.zip, base64")
    har: str | dict[str, Any] | None = Field(default=None, description="an HTTP archive, as JSON or as its text")
    answer: str | None = Field(default=None, min_length=1, max_length=250, description="what is right, where it asks")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.steps) + (self.trace is not None) + (self.har is not None) > 1:
            raise ValueError("give steps, a trace or a har, not several of them")
        return self


class NewWebsite(Body):
    """A website to practise on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"url": "http://127.0.0.1:8090/"},
                {
                    "url": "https://shop.example.com/",
                    "name": "Example shop",
                    "description": "A store for garden tools.",
                    "allowed_hosts": ["shop.example.com", "checkout.example.com"],
                    "demos": [
                        {
                            "instruction": "What does the steel spade cost?",
                            "steps": ["search for spade", "click “Steel spade”", "answer £24.00"],
                        }
                    ],
                    "budget": {"attempts": 5000, "minutes": 60},
                    "safety": {"submit_forms": False},
                },
            ]
        },
    )

    url: str = Field(min_length=1, max_length=2000, description="the start page, http or https")
    name: str = Field(default="", max_length=200, description="default: its host")
    description: str = Field(default="", max_length=5000)
    allowed_hosts: list[Host] = Field(
        default_factory=list, max_length=50, description="hosts (or host:port) it may go to; default: its own"
    )
    demos: list[NewDemo] = Field(default_factory=list, max_length=100)
    budget: Budget = Budget()
    safety: Safety = Safety()
    survey: SurveyBounds = SurveyBounds()


class SpendingView(BaseModel):
    """What chat models cost a website in one role."""

    role: str
    calls: int
    tokens: int = Field(description="of input and output, with those set aside for calls under way")
    cost: float = Field(description="in the currency that the prices are in")


class WebsiteView(BaseModel):
    """A website with what became of it so far."""

    website: Website
    attempts: int = Field(description="practice attempts that have ended")
    running: int = Field(description="attempts under way")
    tasks: int
    recent_success: float | None = Field(description="share of successes in the latest 100 scored practice attempts")
    spending: list[SpendingView] = Field(description="on chat models, by role; empty where none was asked")


class NewTask(Body):
    """A task of one's own. Without evidence or rubric it can be run, not practised: nobody could say how it went."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "instruction": "What does the cast iron kettle cost?",
                    "kind": "find",
                    "evidence": {"facts": [["Price", "£ 24.50"]], "answer": "£ 24.50"},
                }
            ]
        },
    )

    instruction: str = Field(min_length=1, max_length=2000)
    kind: TaskKind = TaskKind.NAVIGATE
    start_url: str | None = Field(default=None, max_length=2000, description="default: the website's start page")
    evidence: Evidence | None = None
    rubric: list[Annotated[str, Field(min_length=1, max_length=400)]] = Field(
        default_factory=list, max_length=6, description="criteria for the judge, where there is one"
    )
    max_steps: int = Field(default=12, ge=1, le=200)


class NewTaskFile(Body):
    """Tasks of one's own in the format of WebVoyager (JSON lines) or WebArena (a JSON list)."""

    content: str = Field(min_length=1, description="the file's text")


class AddedTask(BaseModel):
    """A task of a file. ``unscored`` says why it has no evidence: it can be tried, and nobody can say how it went."""

    id: str
    file_id: str = Field(description="its id in the file")
    unscored: str | None = None


class RejectedTask(BaseModel):
    """A task of a file that was not added."""

    file_id: str
    line: int
    reason: str


class AddedTasks(BaseModel):
    """What became of a task file."""

    format: Literal["webvoyager", "webarena"]
    added: list[AddedTask]
    rejected: list[RejectedTask]


class NewRun(Body):
    """An instruction to carry out now, with the active policy at its best."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"website_id": "web_…", "instruction": "What are the delivery times?"}]},
    )

    instruction: str = Field(min_length=1, max_length=2000)
    website_id: str | None = Field(default=None, description="a submitted website; or give a url")
    url: str | None = Field(default=None, max_length=2000, description="where to start")
    max_steps: int = Field(default=20, ge=1, le=200)
    policy_version: int | None = Field(default=None, ge=0, le=MOST_VERSION, description="default: the active one")


class RunView(BaseModel):
    """A run: its attempt, and once it has ended the answer and the steps."""

    attempt: Attempt
    instruction: str
    answer: str | None = None
    impossible: bool = False
    verdict: Verdict | None = None
    trajectory: Trajectory | None = None


class AttemptView(BaseModel):
    """An attempt in a list."""

    attempt: Attempt
    instruction: str
    verdict: Verdict | None


class TrajectoryView(AttemptView):
    """An attempt in full. ``trajectory`` is None until it is recorded."""

    trajectory: Trajectory | None
    task: Task
    label: Verdict | None = Field(description="what a person said of it")


class NewLabel(Body):
    """A person's verdict on an attempt."""

    outcome: Literal[Outcome.SUCCESS, Outcome.FAILURE]
    reason: str = Field(default="", max_length=2000)


class PolicyView(BaseModel):
    """A policy version, and whether agents act with it now."""

    policy: PolicyVersion
    active: bool


class CurvePointView(BaseModel):
    """Success within one window of consecutive practice attempts, with its 95 % Wilson interval."""

    until: datetime
    attempts: int
    successes: int
    success: float
    low: float
    high: float
    policy_version: int | None


class SkillView(BaseModel):
    """A skill, and its success in equal parts of its attempts, oldest first."""

    skill: Skill
    history: list[float]


class CurriculumView(BaseModel):
    """The curriculum and the success curve of one website."""

    report: CurriculumReport
    skills: list[SkillView]
    curve: list[CurvePointView]


class LiveView(BaseModel):
    """What a running attempt shows. ``screenshot`` is None until somebody looks."""

    instruction: str
    step: int
    url: str
    screenshot: str | None


class ControlView(BaseModel):
    """The operator's switch."""

    stopped: bool


class DeadLetterView(BaseModel):
    """A message that was given up."""

    id: str
    stream: str
    group: str
    cause: str
    deliveries: int
    at: datetime
    body: dict[str, Any]
