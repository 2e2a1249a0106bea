"""verify: follow the ways of some tasks, and drop what does not come out as its evidence says.

Tasks from effects are put together from parts (another page, other values); one run of each family tells whether
the parts fit. What came out is a demonstration of its task, and so is a way made of pieces that were gone before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from random import Random

from infra.contracts.observation import ChunkKind, Observation
from infra.contracts.task import Evidence, Task, TaskKind
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Website
from infra.demonstration import decode
from infra.urls import canonical_url
from proposer.demonstrations import Demonstration, demonstration
from proposer.grounded.folded import FOLDED
from proposer.grounded.searched import SEARCHED
from proposer.reading import fold, lines
from proposer.recalling import Memory
from proposer.visiting import Visitor, visit_all

#: Ways followed or recalled, at most; on a small website fewer, so that practice begins soon. A policy that learnt
#: from a third as many was right in every step of 46 instead of 55 % of the ways that it had not seen.
CHECKED = 480
#: As many as tell which families are sound, where nobody is shown any.
SOUND = 160
#: Ways that are only recalled, at most: they cost no browser. With some 1,000 of them, policies that learnt from one
#: website's ways alone succeeded at 35 instead of 30 % of people's tasks there, which may be chance (-1 to +12 points);
#: from four websites' at once at as many with them as without. Learning 400 takes half a minute.
RECALLED = 400
CHECKED_PER_PAGE = 2
PER_SKILL, PER_SKILL_RECALLED = 24, 72
#: Compositions to every other task: they have the most families by far.
COMPOSED = 2.0
#: A family of which at least this share fails is dropped as a whole.
HOPELESS = 0.5
#: Sorts of tasks whose way the survey saw.
LINKED = frozenset({TaskKind.NAVIGATE, TaskKind.FIND})


async def verify(
    tasks: Sequence[Task], memory: Memory, rng: Random, dropped: Counter[str], *, demonstrate: bool
) -> tuple[list[Task], tuple[Demonstration, ...]]:
    """Return the tasks without those found infeasible, which ``dropped`` counts; and demonstrations of some.

    Without ``demonstrate`` there are none: of what only follows links nothing need be followed then.
    """
    survey = memory.survey
    most = min(CHECKED if demonstrate else SOUND, CHECKED_PER_PAGE * len(survey.pages))
    doubtful = [task for task in tasks if demonstrate or sort_of(task) not in LINKED]
    chosen = _sample(doubtful, rng, int(most * min(1.0, survey.website.safety.pages_per_second / 4.0)))
    failed: set[str] = set()
    shown: list[Demonstration] = []
    outcome: defaultdict[str, list[bool]] = defaultdict(list)
    reports = {task.id: _unchanged(task, memory) for task in chosen}
    asked = [task for task in chosen if reports[task.id] is None]
    reports |= zip((task.id for task in asked), await follow(asked, survey.website, memory), strict=True)
    for task in chosen:
        report = reports[task.id]
        outcome[task.skill].append(report is not None)
        if report is None:
            failed.add(task.id)
        elif demonstrate and (made := demonstration(task, report)) is not None:
            shown.append(made)
    hopeless = {skill for skill, fine in outcome.items() if fine.count(False) >= HOPELESS * len(fine)}
    kept = [task for task in tasks if task.id not in failed and task.skill not in hopeless]
    dropped["infeasible"] += len(tasks) - len(kept)
    hopeful = {task.id for task in kept}
    return kept, tuple(made for made in shown if made.trajectory.task_id in hopeful)


def recollect(
    tasks: Sequence[Task], sound: Sequence[Task], shown: Sequence[Demonstration], memory: Memory, rng: Random
) -> tuple[Demonstration, ...]:
    """Return demonstrations of further tasks, of the families of the ``sound`` ones, out of what is remembered.

    Families are sound that were not found to be hopeless. ``shown`` are those that there are already.
    """
    most = min(RECALLED, CHECKED_PER_PAGE * len(memory.survey.pages))
    families = {task.skill for task in sound}
    known = {made.trajectory.task_id for made in shown}
    more: list[Demonstration] = []
    fresh = [task for task in tasks if task.skill in families and task.id not in known]
    for task in _sample(fresh, rng, len(fresh), PER_SKILL_RECALLED):
        if len(more) == most:
            break
        report = _borne_out(task, memory.recall(task))
        made = demonstration(task, report) if report is not None else None
        if made is not None:
            more.append(made)
    return tuple(more)


def _unchanged(task: Task, memory: Memory) -> RouteReport | None:
    """Return what a way shows that enters and changes nothing, as far as it is remembered."""
    if task.evidence is None or task.evidence.fields or task.evidence.max_submits:
        return None
    return _borne_out(task, memory.recall(task))


async def follow(tasks: Sequence[Task], website: Website, visitor: Visitor) -> list[RouteReport | None]:
    """Return for each task the report of its own way; None where that did not bear its evidence out."""
    routes = [Route(url=task.start_url, steps=decode(task.demonstration), fresh=True) for task in tasks]
    reports = await visit_all(website, visitor, routes)
    return [_borne_out(task, report) for task, report in zip(tasks, reports, strict=True)]


def _borne_out(task: Task, report: RouteReport | None) -> RouteReport | None:
    if report is None or task.evidence is None:
        return None
    submits = sum(len(requests) for requests in report.requests)
    return report if holds(task.evidence, report.observations, submits) else None


def holds(evidence: Evidence, seen: Sequence[Observation], submits: int) -> bool:
    """Return whether what was seen bears the evidence out, as far as a route can show it."""
    start, last = seen[0], seen[-1]
    if evidence.url is not None and canonical_url(last.url) != evidence.url:
        return False
    if evidence.heading is not None and fold(evidence.heading) not in _headings(last):
        return False
    if evidence.answer is not None and evidence.max_submits and not _states(last, evidence.answer):
        return False  # what the survey saw before the change
    new = {fold(line) for line in lines(last)} - {fold(line) for line in lines(start)}
    if any(fold(line) not in new for line in evidence.lines) or submits > evidence.max_submits:
        return False
    heard = {fold(line) for page in seen[1:] for line in lines(page)} - {fold(line) for line in lines(start)}
    if any(fold(line) not in heard for line in evidence.said):
        return False
    return passed(evidence, [_headings(page) for page in seen])


def _states(page: Observation, answer: str) -> bool:
    """Return whether a page states a value, or says it."""
    wanted = fold(answer)
    return any(wanted == fold(chunk.value or "") or wanted in fold(chunk.text) for chunk in page.chunks)


def passed(evidence: Evidence, headings: Sequence[Set[str]]) -> bool:
    """Return whether the way led over the evidence's pages; ``headings``: what each page seen is headed, folded."""
    wanted = [fold(heading) for heading in evidence.visited]
    if evidence.visited_any_order:
        return all(any(heading in page for page in headings) for heading in wanted)
    pages = iter(headings)
    return all(any(heading in page for page in pages) for heading in wanted)


def _headings(observation: Observation) -> set[str]:
    found = [chunk for chunk in observation.chunks if chunk.kind is ChunkKind.HEADING]
    top = min((chunk.level or 6 for chunk in found), default=0)
    return {fold(chunk.text) for chunk in found if (chunk.level or 6) == top} or {fold(observation.title)}


def _sample(tasks: Sequence[Task], rng: Random, count: int, per_skill: int = PER_SKILL) -> list[Task]:
    """Return some tasks of every sort, families in turn within each; the sort with the most families has more."""
    families: defaultdict[str, defaultdict[str, list[Task]]] = defaultdict(lambda: defaultdict(list))
    for task in tasks:
        families[sort_of(task)][task.skill].append(task)
    chosen: list[tuple[float, float, Task]] = []
    for sort, by_skill in families.items():
        drawn = [
            (place, rng.random(), task)
            for members in by_skill.values()
            for place, task in enumerate(rng.sample(members, min(per_skill, len(members))))
        ]
        pace = COMPOSED if sort == TaskKind.COMPOSE else 1.0
        for number, (_, _, task) in enumerate(sorted(drawn, key=lambda item: item[:2])):
            chosen.append((number / pace, rng.random(), task))
    return [task for _, _, task in sorted(chosen, key=lambda item: item[:2])[: max(count, 8)]]


def sort_of(task: Task) -> str:
    """Return as what a task is drawn: its kind, or how it ends or gets there."""
    if task.evidence is not None and task.evidence.impossible:
        return "impossible"
    for way in (SEARCHED, FOLDED):
        if task.skill.endswith(way):
            return way
    return task.kind
