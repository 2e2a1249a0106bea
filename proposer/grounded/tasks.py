"""tasks: goals become tasks, with a start page, words, and bounds; doubtful ones are dropped, and counted by reason.

Dropped are duplicates, ambiguous tasks (the same words with different evidence), tasks whose evidence holds on
their start page already, and tasks to which no way leads.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from random import Random

from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.contracts.visit import ScriptStep
from infra.demonstration import encode
from proposer.grounded import (
    change,
    compare,
    compose,
    compose_changes,
    find,
    folded,
    impossible,
    navigate,
    phrasing,
    search,
    searched,
    update,
)
from proposer.grounded.goal import NEARBY, Goal, World
from proposer.reading import fold, lines

#: How a full set is shared out among the kinds; what a kind cannot fill goes to the others.
SHARES = {
    TaskKind.NAVIGATE: 0.13,
    TaskKind.FIND: 0.24,
    TaskKind.SEARCH: 0.12,
    TaskKind.COMPARE: 0.11,
    TaskKind.CHANGE: 0.14,
    TaskKind.FILL: 0.13,
    TaskKind.COMPOSE: 0.13,
}
#: Instructions are at most this long.
MAX_INSTRUCTION = 600
QUESTIONS = 0.6


def ground(world: World) -> list[Task]:
    """Return all tasks that there are; ``world.dropped`` counts what was refused."""
    simple = [
        *navigate.goals(world),
        *find.goals(world),
        *folded.goals(world),
        *search.goals(world),
        *change.goals(world),
        *update.goals(world),
    ]
    tasks: list[Task] = []
    by_words: dict[str, Evidence] = {}
    doubtful: set[str] = set()
    known: Counter[tuple[str, str]] = Counter()
    composed = [*compose.goals(world, simple), *compose_changes.goals(world, simple)]
    for goal in [*searched.goals(world, simple), *simple, *composed, *compare.goals(world), *impossible.goals(world)]:
        task = _task(world, goal)
        if task is None or task.evidence is None:
            continue
        words = fold(task.instruction)
        about = words if task.evidence.impossible else task.evidence.model_dump_json()
        same = (about, task.start_url)
        if words in by_words:
            if by_words[words] != task.evidence:
                doubtful.add(words)
            world.dropped["ambiguous" if words in doubtful else "duplicate"] += 1
        elif known[same] >= 2:
            world.dropped["duplicate"] += 1
        else:
            by_words[words] = task.evidence
            known[same] += 1
            tasks.append(task)
    clear = [task for task in tasks if fold(task.instruction) not in doubtful]
    world.dropped["ambiguous"] += len(tasks) - len(clear)
    return clear


def share_out(tasks: Sequence[Task], limit: int, rng: Random, dropped: Counter[str]) -> list[Task]:
    """Return at most ``limit`` tasks, by SHARES, skills within a kind in turn."""
    if len(tasks) <= limit:
        return list(tasks)
    queues = {kind: _in_turn([task for task in tasks if task.kind is kind], rng) for kind in SHARES}
    chosen: list[Task] = []
    for kind, share in SHARES.items():
        take = int(limit * share)
        chosen += queues[kind][:take]
        queues[kind] = queues[kind][take:]
    rest = _in_turn([task for queue in queues.values() for task in queue], rng)
    chosen += rest[: limit - len(chosen)]
    dropped["beyond the number of tasks kept"] += len(tasks) - len(chosen)
    return chosen


def _in_turn(tasks: Iterable[Task], rng: Random) -> list[Task]:
    """Return the tasks shuffled such that the skills take turns."""
    by_skill: defaultdict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        by_skill[task.skill].append(task)
    ranked = []
    for members in by_skill.values():
        rng.shuffle(members)
        ranked += [(place, rng.random(), task) for place, task in enumerate(members)]
    return [task for _, _, task in sorted(ranked, key=lambda item: item[:2])]


def _task(world: World, goal: Goal) -> Task | None:
    start, steps = _start(world, goal)
    if steps is None:
        world.dropped["unreachable"] += 1
        return None
    evidence = _new_at(world, goal.evidence, start)
    if evidence is None or not (steps or goal.evidence.answer or goal.evidence.impossible):
        world.dropped["holds at start"] += 1
        return None
    instruction = _instruction(world.rng, goal)
    if len(instruction) > MAX_INSTRUCTION:
        world.dropped["too long"] += 1
        return None
    start_url = world.website.url if start == world.start else start
    return task_of(goal, evidence, instruction, world.website.id, start_url, steps)


def task_of(
    goal: Goal, evidence: Evidence, instruction: str, website_id: str, start_url: str, steps: Sequence[ScriptStep]
) -> Task:
    """Return the goal as a task. Its metadata keep what growth needs to build upon it: growth.py."""
    depth = len(steps)
    return Task(
        id=task_id(website_id, instruction, start_url),
        website_id=website_id,
        instruction=instruction,
        start_url=start_url,
        kind=goal.kind,
        origin=Origin.GROUNDED,
        depth=depth,
        max_steps=min(60, 2 * depth + 5),
        skill=goal.skill,
        evidence=evidence,
        demonstration=encode(steps),
        metadata={"clauses": list(goal.clauses), "begins": goal.url, "approach": depth - len(goal.steps)},
    )


def task_id(website_id: str, instruction: str, start_url: str) -> str:
    """Return an id that the same task gets whenever it is made."""
    digest = hashlib.sha256(f"{website_id}\n{instruction}\n{start_url}".encode()).hexdigest()
    return f"task_{digest[:20]}"


def _start(world: World, goal: Goal) -> tuple[str, tuple[ScriptStep, ...] | None]:
    """Return where the task starts and the steps from there: mostly the start page, sometimes a page nearby."""
    way = world.atlas.way(world.start, goal.url)
    if way is None:
        return world.start, None
    skip = 0
    if goal.near and len(way) > 1 and world.rng.random() < NEARBY:
        skip = max(1, len(way) - world.rng.randint(1, 2))
    start = way[skip - 1].target if skip else world.start
    steps = (*(ScriptStep(key=edge.key) for edge in way[skip:]), *goal.steps)
    if skip and _new_at(world, goal.evidence, start) is None:
        return world.start, (*(ScriptStep(key=edge.key) for edge in way), *goal.steps)
    return start, steps


def _new_at(world: World, evidence: Evidence, start: str) -> Evidence | None:
    """Return the evidence without lines that the start page shows anyway; None where it holds there already."""
    if evidence.url == start and not (evidence.fields or evidence.lines or evidence.visited):
        return None
    if not evidence.lines:
        return evidence
    observation = world.observations.get(start)
    shown = {fold(line) for line in lines(observation)} if observation else set()
    new = tuple(line for line in evidence.lines if fold(line) not in shown)
    said = tuple(line for line in evidence.said if fold(line) not in shown)
    if not new or (evidence.said and not said):
        return None
    return evidence.model_copy(update={"lines": new, "said": said})


def _instruction(rng: Random, goal: Goal) -> str:
    if goal.question is not None and rng.random() < QUESTIONS:
        return phrasing.question(rng, goal.question)
    if goal.name is not None and rng.random() < phrasing.NO_ORDER:
        return phrasing.where(rng, goal.name)
    return phrasing.request(rng, goal.clause, phrasing.ending(goal.kind, answers=goal.evidence.answer is not None))
