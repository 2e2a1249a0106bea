"""tasks: a demonstration that was followed becomes a task in its own words, with what came out twice as evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

import structlog

from infra.contracts.task import Origin, Task, TaskKind
from infra.contracts.visit import RouteReport
from infra.contracts.website import Demo, Website
from infra.demonstration import encode
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.demonstrations import Demonstration, demonstration
from proposer.demos.evidence import evidence_of
from proposer.demos.finding import CannotFollow
from proposer.demos.following import Followed, follow
from proposer.grounded.tasks import task_id
from proposer.reading import fold, said_by
from proposer.survey import Halted
from proposer.visiting import Visitor

log = structlog.get_logger(__name__)

#: How people begin who want to be told something.
_ASKING = re.compile(
    r"(?:(?:please|can you|could you|would you|i(?:'d| would) like(?: you)? to|i (?:want|need)(?: you)? to)\s+)*"
    r"(?:(?:what|which|who|whose|when|where|how|why|tell (?:me|us)|give me|let me know|find out|look up|compare|know)\b"
    r"|(?:find|get|check|count|see)\b.{0,80}\b(?:price|cost|how (?:much|many)|number of|name of|phone|address|date)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a website's demonstrations."""

    tasks: tuple[Task, ...] = ()
    demonstrations: tuple[Demonstration, ...] = ()
    causes: tuple[str, ...] = ()  # why others were not taken, for people

    @property
    def note(self) -> str:
        """Say which demonstrations are not practised, and why."""
        return "; ".join(self.causes)


async def take(website: Website, atlas: Atlas, visitor: Visitor, halted: Halted) -> Taken:
    """Follow the website's demonstrations, and return them as tasks with a demonstration each.

    An instruction without steps is for a chat model and passed over. Ends early where the website is halted.
    """
    tasks: dict[str, Task] = {}
    shown: list[Demonstration] = []
    causes: list[str] = []
    for number, demo in enumerate(website.demos, start=1):
        if not demo.steps:
            continue
        try:
            followed = await follow(demo, website, visitor, halted)
            task = task_of(demo, followed, website, atlas)
            if task.id in tasks:
                raise CannotFollow("another one asks for the same in the same words")
        except CannotFollow as error:
            causes.append(f"demonstration {number}, “{demo.instruction}”, is not practised: {error}")
            log.info("demonstration_not_followed", website=website.id, number=number, cause=str(error))
            continue
        tasks[task.id] = task
        if (made := demonstration(task, followed.again)) is not None:
            shown.append(made)
    return Taken(tuple(tasks.values()), tuple(shown), tuple(causes))


def task_of(demo: Demo, followed: Followed, website: Website, atlas: Atlas) -> Task:
    """Return the demonstration as a task.

    Raises:
        CannotFollow: nothing that it leads to could show it done.
    """
    if followed.answer is None and asks(demo.instruction):
        raise CannotFollow("it asks for something: let its last step be “answer …” with what is right")
    report = followed.again
    if not report.route.steps and fold(followed.answer or "") not in said_by(report.observations[-1]):
        raise CannotFollow("its steps lead nowhere")
    evidence = evidence_of(followed)
    if evidence is None:
        raise CannotFollow("nothing on its last page shows it done, or not twice alike")
    steps, last = report.route.steps, report.observations[-1]
    page = atlas.page(last.url)
    kind = kind_of(report, followed.answer)
    depth = len(steps)
    return Task(
        id=task_id(website.id, demo.instruction, report.route.url),
        website_id=website.id,
        instruction=demo.instruction,
        start_url=report.route.url,
        kind=kind,
        origin=Origin.HUMAN,
        depth=depth,
        max_steps=min(200, 2 * depth + 5),
        skill=f"{kind.value}-demo:{page.template if page is not None else canonical_url(last.url)}",
        evidence=evidence,
        demonstration=encode(steps),
    )


def asks(instruction: str) -> bool:
    """Return whether an instruction wants to be told something."""
    return instruction.rstrip().endswith("?") or _ASKING.match(instruction.strip()) is not None


def kind_of(report: RouteReport, answer: str | None) -> TaskKind:
    """Return what sort of work was done."""
    entered = any(step.value is not None for step in report.route.steps)
    if any(report.requests):
        return TaskKind.FILL if entered else TaskKind.CHANGE
    if answer is not None:
        return TaskKind.FIND
    return TaskKind.SEARCH if entered else TaskKind.NAVIGATE
