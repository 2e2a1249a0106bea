"""growth: new tasks out of mastered ones, so that what is practised grows with what is known. Pure.

Two mastered tasks in a row make one that is harder and yet within reach, because both of its halves are known (LMA3,
Colas et al. 2023: goals composed of mastered goals). Of such pairs those are taken of whose kind there are fewest, and
of these the shallowest: the next ones are deeper, and what was composed and is mastered is built upon again, up to
three things in one instruction.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, Task, TaskKind
from infra.contracts.visit import ScriptStep
from infra.demonstration import decode
from proposer.atlas import Atlas
from proposer.grounded import phrasing
from proposer.grounded.compose import chain, sort_of
from proposer.grounded.folded import FOLDED
from proposer.grounded.goal import Goal
from proposer.grounded.searched import SEARCHED
from proposer.grounded.tasks import MAX_INSTRUCTION, task_of
from proposer.reading import fold

#: Ends of skills whose tasks get to their page by another way than the map's.
DETOURS = (SEARCHED, FOLDED)
#: Mastered tasks that can be built upon, below which nothing is composed.
LEAST = 6
#: Things in one instruction, at most.
PARTS = 3
#: Actions of one task, at most.
DEEPEST = 25
#: Pairs that are looked at for each task that is wanted.
DRAWS = 40
#: New tasks at a time that are of one kind, and that have one thing in common.
PER_SKILL, PER_THING = 2, 2


@dataclass(frozen=True, slots=True)
class Part:
    """A task that can be built upon: where what it asks for begins, and where one stands when it is done."""

    task: Task
    evidence: Evidence
    clauses: tuple[str, ...]
    begins: str
    steps: tuple[ScriptStep, ...]  # all of its way
    approach: int  # how many of them lead to where it begins
    ends: str | None

    @property
    def made_of(self) -> frozenset[str]:
        """Return what the task asks for, each thing by a digest of its evidence: other words ask for the same."""
        return frozenset(self.task.metadata.get("made_of") or [_digest(self.evidence)])

    @property
    def name(self) -> str:
        """Return what the skill of a composition calls it."""
        skill = self.task.skill
        if self.task.kind is TaskKind.COMPOSE:
            return skill.removeprefix("compose:")
        return skill if self.task.kind in (TaskKind.CHANGE, TaskKind.FILL) else sort_of(skill)


def grown(task: Task) -> bool:
    """Return whether a task was composed of mastered ones."""
    return bool(task.metadata.get("grown"))


def grow(mastered: Sequence[Task], known: Iterable[Task], atlas: Atlas, rng: Random, count: int) -> list[Task]:
    """Return at most ``count`` new tasks composed of mastered ones; ``known``: all that the website has already."""
    parts = [part for task in mastered if (part := part_of(task, atlas)) is not None]
    firsts = [part for part in parts if part.ends is not None and part.evidence.answer is None]
    if len(parts) < LEAST or not firsts:
        return []
    skills: Counter[str] = Counter()
    taken: set[tuple[str, str]] = set()
    for task in known:
        skills[task.skill] += 1
        taken |= {_same(task), (fold(task.instruction), "")}
    found: list[Task] = []
    for _ in range(count * DRAWS):
        made = compose(rng.choice(firsts), rng.choice(parts), atlas, rng)
        marks = {_same(made), (fold(made.instruction), "")} if made is not None else set()
        if made is not None and not marks & taken:
            found.append(made)
            taken |= marks
    return _chosen(found, skills, count, rng)


def _digest(evidence: Evidence) -> str:
    return hashlib.sha256(evidence.model_dump_json().encode()).hexdigest()[:12]


def _same(task: Task) -> tuple[str, str]:
    return (task.evidence.model_dump_json() if task.evidence is not None else task.id, task.start_url)


def _chosen(tasks: Iterable[Task], skills: Counter[str], count: int, rng: Random) -> list[Task]:
    """Return tasks of the rarest kinds, the shallowest of each first, none made of what is in too many of them."""
    ranked = sorted((skills[task.skill], task.depth, rng.random(), task) for task in tasks)
    chosen: list[Task] = []
    per_skill: Counter[str] = Counter()
    per_thing: Counter[str] = Counter()
    for _, _, _, task in ranked:
        things = task.metadata["made_of"]
        if len(chosen) >= count or per_skill[task.skill] >= PER_SKILL or max(per_thing[t] for t in things) >= PER_THING:
            continue
        chosen.append(task)
        per_skill[task.skill] += 1
        per_thing.update(things)
    return chosen


def part_of(task: Task, atlas: Atlas) -> Part | None:
    """Return the task as a part of another one; None where it cannot be one."""
    clauses, begins, approach = (task.metadata.get(key) for key in ("clauses", "begins", "approach"))
    if task.skill.endswith(DETOURS):
        return None  # its way passes pages that nothing says it does: having been there would be no second thing
    if task.evidence is None or task.evidence.impossible or not clauses or begins not in atlas.pages:
        return None
    if len(clauses) >= PARTS or (task.kind is TaskKind.COMPOSE and len(clauses) == 1):
        return None
    steps = decode(task.demonstration)
    ends = _ends(task.evidence, str(begins), bool(steps[int(approach or 0) :]), atlas)
    return Part(task, task.evidence, tuple(map(str, clauses)), str(begins), steps, int(approach or 0), ends)


def _ends(evidence: Evidence, begins: str, goes_on: bool, atlas: Atlas) -> str | None:
    """Return the page of the map where the task's own way ends; None where it cannot be told."""
    if evidence.url is not None:
        return evidence.url if evidence.url in atlas.pages else None
    if not goes_on:
        return begins
    headed = [page.url for page in atlas.pages.values() if evidence.heading and page.heading == evidence.heading]
    return headed[0] if len(headed) == 1 else None


def compose(first: Part, second: Part, atlas: Atlas, rng: Random) -> Task | None:
    """Return "first, then second", starting where the first one does; None where the two do not go together."""
    if first.ends is None or first.made_of & second.made_of or len(first.clauses) + len(second.clauses) > PARTS:
        return None
    place = atlas.pages[second.begins]
    way = atlas.way(first.ends, second.begins)
    evidence = chain(first.evidence, second.evidence, _about(second, place))
    if way is None or evidence is None:
        return None
    own = second.steps[second.approach :]
    steps = (*first.steps, *(ScriptStep(key=edge.key) for edge in way), *own)
    if not max(len(first.steps), len(second.steps)) < len(steps) <= DEEPEST:
        return None
    clauses = (*first.clauses, *second.clauses)
    goal = Goal(
        kind=TaskKind.COMPOSE,
        skill=f"compose:{first.name}+{second.name}",
        url=first.begins,
        clause=phrasing.then(rng, *clauses),
        parts=clauses,
        evidence=evidence,
        steps=steps[first.approach :],
    )
    instruction = phrasing.request(rng, goal.clause)
    if len(instruction) > MAX_INSTRUCTION:
        return None
    made = task_of(goal, evidence, instruction, first.task.website_id, first.task.start_url, steps)
    made_of = sorted(first.made_of | second.made_of)
    return made.model_copy(update={"metadata": {**made.metadata, "grown": True, "made_of": made_of}})


def _about(part: Part, place: Page) -> tuple[str, ...]:
    """Return the names and values that a part alone has to do with."""
    return (place.heading, *(value for _, value in part.evidence.fields if len(value) > 2))
