"""Skills out of tasks, records and attempts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infra.contracts.attempt import Attempt, AttemptState, Purpose
from infra.contracts.curriculum import Direction, Pool, TaskProgress
from infra.contracts.task import Origin, Task, TaskKind
from infra.contracts.verdict import Outcome, Verdict
from infra.skills import skills
from infra.statistics import wilson
from infra.store.base import Scored

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def task(name: str, skill: str) -> Task:
    return Task(
        id=name,
        website_id="web",
        instruction=name,
        start_url="http://a.test/",
        kind=TaskKind.FIND,
        origin=Origin.GROUNDED,
        skill=skill,
    )


def progress(name: str, estimate: float, attempts: int, successes: int) -> TaskProgress:
    return TaskProgress(
        task_id=name, website_id="web", pool=Pool.LEARNING, estimate=estimate, attempts=attempts, successes=successes
    )


def scored(number: int, name: str, outcome: Outcome, steps: int = 3) -> Scored:
    attempt = Attempt(
        id=f"att_{number}",
        task_id=name,
        website_id="web",
        group_id="g",
        purpose=Purpose.PRACTICE,
        state=AttemptState.COMPLETED,
        steps=steps,
        created_at=NOW,
        ended_at=NOW + timedelta(seconds=number),
    )
    reward = {Outcome.SUCCESS: 1.0, Outcome.FAILURE: 0.0}.get(outcome)
    return Scored(attempt, Verdict(attempt_id=attempt.id, outcome=outcome, reward=reward, reason="", evaluator="x"))


def test_a_family_says_how_it_stands_and_where_it_stood() -> None:
    tasks = [task("a", "find:/p/*"), task("b", "find:/p/*"), task("new", "search:/")]
    history = [scored(i, "a", Outcome.SUCCESS, steps=2 if i == 5 else 4) for i in range(20)]
    history += [scored(20 + i, "b", Outcome.SUCCESS) for i in range(10)]
    history += [scored(30 + i, "a", Outcome.FAILURE) for i in range(20)]
    history.append(scored(50, "a", Outcome.UNSCORED))
    found, untried = skills(tasks, [progress("a", 0.1, 40, 20), progress("b", 0.9, 10, 10)], history)
    assert (found.skill, found.tasks, found.tried, found.attempts, found.successes) == ("find:/p/*", 2, 2, 50, 30)
    assert (found.low, found.high) == wilson(30, 50)
    assert found.mastery == pytest.approx(0.5)
    assert found.best_mastery is not None
    assert found.best_mastery > 0.85
    assert found.trend is not None
    assert (found.trend.direction, found.trend.recent, found.trend.before) == (Direction.FALLING, 0.0, 1.0)
    assert found.forgetting is not None
    assert (found.forgetting.tasks, found.forgetting.attempts, found.forgetting.clear) == (1, 20, True)
    assert found.forgetting.lost > 0.6
    assert found.last_practised == NOW + timedelta(seconds=49)  # what gave no verdict says nothing
    assert found.best_attempt == "att_5"
    assert (untried.skill, untried.mastery, untried.low, untried.high) == ("search:/", 0.0, 0.0, 1.0)
    assert (untried.trend, untried.forgetting, untried.best_mastery, untried.last_practised) == (None,) * 4
