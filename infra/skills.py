"""Skills: tasks of one family, and how well they are mastered by now. Derived from what the store holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import fmean

from infra.contracts.attempt import AttemptState, Purpose
from infra.contracts.curriculum import CurriculumReport, Pool, Skill, TaskProgress
from infra.contracts.task import Origin, Task
from infra.contracts.verdict import Outcome
from infra.mastery import Result, best_moment, forgetting, trend
from infra.statistics import wilson
from infra.store.base import Scored, Store

LEARNT = frozenset({Purpose.PRACTICE, Purpose.RETENTION})
#: The latest attempts of a website, beyond which nothing is looked at.
MOST_ATTEMPTS = 20_000
#: Points of a skill's history, and the fewest attempts that make one.
MOST_POINTS, LEAST_IN_POINT = 12, 4
PAGE = 1000
_PRACTISED = frozenset({Origin.GROUNDED, Origin.LLM, Origin.HUMAN})


async def all_tasks(store: Store, website_id: str) -> Sequence[Task]:
    """Return every task that is for practice."""
    found: list[Task] = []
    offset = 0
    while page := await store.tasks(website_id, limit=PAGE, offset=offset):
        found += [task for task in page if task.origin in _PRACTISED and task.skill]
        offset += len(page)
    return found


async def curriculum_report(store: Store, website_id: str) -> tuple[CurriculumReport, dict[str, list[float]]]:
    """Return a website's curriculum as it stands now, and each skill's success over time (see :func:`history`)."""
    tasks = await all_tasks(store, website_id)
    progress = await store.progress(website_id)
    scored = await store.scored(website_id, purposes=LEARNT, limit=MOST_ATTEMPTS)
    pools: dict[str, int] = dict.fromkeys((pool.value for pool in Pool), 0)
    for known in progress:
        pools[known.pool.value] += 1
    pools[Pool.FRESH.value] += max(0, len(tasks) - len(progress))
    under_way = frozenset({AttemptState.DISPATCHED, AttemptState.RECORDED})
    report = CurriculumReport(
        website_id=website_id,
        tasks_by_pool=pools,
        dropped=await store.drops(website_id),
        skills=tuple(skills(tasks, progress, scored)),
        dispatched=await store.count_attempts(website_id, purposes=LEARNT),
        pending=await store.count_attempts(website_id, states=under_way, purposes=LEARNT),
    )
    return report, history(tasks, scored)


def history(tasks: Iterable[Task], scored: Iterable[Scored]) -> dict[str, list[float]]:
    """Return for each skill that was tried its success in at most MOST_POINTS equal parts of its attempts."""
    family = {task.id: task.skill for task in tasks}
    rewards: dict[str, list[float]] = defaultdict(list)
    for one in scored:
        if one.attempt.task_id in family and one.verdict is not None and one.verdict.reward is not None:
            rewards[family[one.attempt.task_id]].append(one.verdict.reward)
    return {skill: _parts(values) for skill, values in rewards.items()}


def _parts(values: Sequence[float]) -> list[float]:
    count = min(MOST_POINTS, max(1, len(values) // LEAST_IN_POINT))
    edges = [len(values) * i // count for i in range(count + 1)]
    return [fmean(values[begin:end]) for begin, end in pairwise(edges)]


def skills(tasks: Iterable[Task], progress: Iterable[TaskProgress], scored: Iterable[Scored]) -> list[Skill]:
    """Return the skills that were tried, best mastered first, then the others."""
    family = {task.id: task.skill for task in tasks}
    estimates = {known.task_id: known for known in progress}
    members: dict[str, list[str]] = defaultdict(list)
    for task_id, skill in family.items():
        members[skill].append(task_id)
    history: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        if one.attempt.task_id in family and one.verdict is not None and one.verdict.reward is not None:
            history[family[one.attempt.task_id]].append(one)
    found = [_skill(name, ids, estimates, history[name]) for name, ids in members.items()]
    return sorted(found, key=lambda skill: (not skill.tried, -round(skill.mastery, 2), -skill.attempts, skill.skill))


def _skill(name: str, ids: list[str], estimates: dict[str, TaskProgress], history: list[Scored]) -> Skill:
    known = [estimates[task_id] for task_id in ids if task_id in estimates]
    tried = [progress for progress in known if progress.attempts]
    attempts, successes = sum(progress.attempts for progress in known), sum(progress.successes for progress in known)
    low, high = wilson(successes, attempts)
    won = [one.attempt for one in history if one.verdict is not None and one.verdict.outcome is Outcome.SUCCESS]
    best = min(won, key=lambda attempt: (attempt.steps or 0, attempt.created_at), default=None)
    results = _results(history)
    moment = best_moment(results)
    return Skill(
        skill=name,
        website_id=history[0].attempt.website_id if history else (known[0].website_id if known else ""),
        tasks=len(ids),
        tried=len(tried),
        attempts=attempts,
        successes=successes,
        low=low,
        high=high,
        mastery=fmean(progress.estimate for progress in tried) if tried else 0.0,
        best_mastery=moment[1] if moment is not None else None,
        trend=trend([result.reward for result in results]),
        forgetting=forgetting(results),
        last_practised=results[-1].at if results else None,
        best_attempt=best.id if best is not None else None,
    )


def _results(history: Iterable[Scored]) -> list[Result]:
    """Return the scored attempts, oldest first."""
    return [
        Result(one.attempt.task_id, one.verdict.reward, one.attempt.ended_at or one.attempt.created_at)
        for one in history
        if one.verdict is not None and one.verdict.reward is not None
    ]
