"""tasks: a demonstration that was followed becomes a task in its own words, with what came out twice as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import structlog

from infra.contracts.observation import ChunkKind, Observation
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.contracts.visit import RouteReport
from infra.contracts.website import Demo, Website
from infra.demonstration import encode
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.demonstrations import Demonstration, demonstration
from proposer.demos.finding import CannotFollow
from proposer.demos.following import Followed, follow
from proposer.grounded.tasks import task_id
from proposer.reading import field_name, fold, lines, main_heading, said_by
from proposer.verify import holds
from proposer.visiting import Visitor

log = structlog.get_logger(__name__)

#: Demonstrations of a website that are followed, and lines of a page that are evidence, at most.
MOST_DEMOS, MOST_LINES = 50, 3
#: How people begin who want to be told something.
_ASKING = re.compile(
    r"(?:(?:please|can you|could you|would you|i(?:'d| would) like(?: you)? to|i (?:want|need)(?: you)? to)\s+)*"
    r"(?:what|which|who|whose|when|where|how|why|tell (?:me|us)|give me|let me know|find out|look up|compare|know)\b",
    re.IGNORECASE,
)
#: What a page says differently a while later, though not within the seconds between two runs.
_PASSING = re.compile(r"\d{1,2}:\d{2}|\b(?:ago|just now|today)\b", re.IGNORECASE)


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


async def take(website: Website, atlas: Atlas, visitor: Visitor) -> Taken:
    """Follow the website's demonstrations, and return them as tasks with a demonstration each."""
    tasks: list[Task] = []
    shown: list[Demonstration] = []
    causes: list[str] = []
    for number, demo in enumerate(website.demos[:MOST_DEMOS], start=1):
        if not demo.steps:
            continue  # an instruction alone is for a chat model
        try:
            followed = await follow(demo, website, visitor)
            task = task_of(demo, followed, website, atlas)
        except CannotFollow as error:
            causes.append(f"demonstration {number}, “{demo.instruction}”, is not practised: {error}")
            log.info("demonstration_not_followed", website=website.id, number=number, cause=str(error))
            continue
        tasks.append(task)
        if (made := demonstration(task, followed.again)) is not None:
            shown.append(made)
    return Taken(tuple(tasks), tuple(shown), tuple(causes))


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


def evidence_of(followed: Followed) -> Evidence | None:
    """Return what two runs have in common and the start page lacks; None where that is nothing."""
    first, last, start = (
        followed.first.observations[-1],
        followed.again.observations[-1],
        followed.first.observations[0],
    )
    submits = max(_submits(followed.first), _submits(followed.again))
    url = canonical_url(last.url) if canonical_url(last.url) == canonical_url(first.url) else None
    heading = main_heading(last) if main_heading(last) and main_heading(last) == main_heading(first) else None
    if followed.answer is not None and not submits:  # wherever it was read last
        if url is None and heading is None:
            return None
        visited = (heading,) if heading is not None else ()
        return Evidence(answer=followed.answer, visited=visited, url=None if visited else url)
    elsewhere = url is not None and url != canonical_url(start.url)
    evidence = Evidence(
        url=url,
        heading=heading,
        lines=tuple(_new(first, last, start, all_lines=bool(submits) or not elsewhere)),
        fields=tuple(_entered(followed.again)) if submits else (),
        answer=followed.answer,
        max_submits=submits,
    )
    if not all(holds(evidence, one.observations, _submits(one)) for one in (followed.first, followed.again)):
        return None
    at_start = holds(evidence.model_copy(update={"max_submits": 0}), (start, start), 0)
    return None if at_start and not (evidence.fields or evidence.answer) else evidence


def _submits(report: RouteReport) -> int:
    return sum(len(requests) for requests in report.requests)


def _new(first: Observation, last: Observation, start: Observation, *, all_lines: bool) -> Iterable[str]:
    """Yield lines that both runs ended with and the start page lacks: messages first, others only if ``all_lines``."""
    known, both = {fold(line) for line in lines(start)}, {fold(line) for line in lines(first)}
    known.add(fold(main_heading(last)))
    fresh = [chunk for chunk in last.chunks if fold(chunk.text) in both - known and not _PASSING.search(chunk.text)]
    said = [chunk.text for chunk in fresh if chunk.kind is ChunkKind.MESSAGE]
    rest = [chunk.text for chunk in fresh if chunk.kind is not ChunkKind.MESSAGE] if all_lines and not said else []
    yield from list(dict.fromkeys([*said, *rest]))[:MOST_LINES]


def _entered(report: RouteReport) -> Iterable[tuple[str, str]]:
    """Yield what was entered up to the last request, by its field's name."""
    changes = [index for index, requests in enumerate(report.requests) if requests]
    for index, step in enumerate(report.route.steps[: changes[-1] if changes else 0]):
        element = next((one for one in report.observations[index].elements if one.key == step.key), None)
        if step.value and element is not None and field_name(element):
            yield field_name(element), step.value
