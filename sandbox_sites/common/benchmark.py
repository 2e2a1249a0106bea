"""Benchmark tasks and how hidden state judges them.

Invariants: everything in the session's facts that a task does not mention must be as it was, so an unwanted change
fails any task; an answer is compared exactly; giving up is right only on a task that cannot be done, and only after
a look around.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox_sites.common.answers import Answer, right
from sandbox_sites.common.sessions import SessionState, canonical

if TYPE_CHECKING:
    from sandbox_sites.common.oracle import Hands

Criteria = list[tuple[str, bool]]
Oracle = Callable[["Hands"], Awaitable["str | None"]]

#: Least pages that an agent must have seen before "this cannot be done" counts.
LOOK_AROUND = 2


@dataclass(frozen=True)
class Goal:
    """What must hold at the end. Every part that is set must hold."""

    answer: Answer | None = None
    page: str | None = None  # canonical path and query of the last page
    visited: tuple[str, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)  # facts that must be exactly so; the others are untouched


@dataclass(frozen=True)
class BenchmarkTask:
    """One held-out task. `oracle` solves it through the pages and returns the answer, if there is one to give."""

    id: str
    instruction: str
    kind: str
    depth: int
    start: str
    split: str
    goal: Goal
    oracle: Oracle
    answerable: bool = True

    def public(self) -> dict[str, Any]:
        """What may be known about the task without giving its solution away."""
        names = ("id", "instruction", "kind", "depth", "start", "split", "answerable")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Outcome:
    """What an attempt left behind."""

    state: SessionState
    before: Mapping[str, Any]  # facts of a fresh session
    answer: str | None
    impossible: bool
    final_url: str


def judge(task: BenchmarkTask, outcome: Outcome) -> Criteria:
    """Every condition of a task with whether it holds; the task is passed when all hold."""
    goal, facts = task.goal, outcome.state.facts()
    criteria: Criteria = []
    if task.answerable:
        criteria.append(("did not give up", not outcome.impossible))
    else:
        criteria.append(("said that it cannot be done", outcome.impossible))
        criteria.append(("looked around first", len(set(outcome.state.visited)) >= LOOK_AROUND))
    if goal.answer is not None:
        criteria.append(("answered rightly", right(goal.answer, outcome.answer)))
    if goal.page is not None:
        criteria.append((f"ended at {goal.page}", canonical(outcome.final_url) == canonical(goal.page)))
        criteria.append((f"was served {goal.page}", canonical(goal.page) in outcome.state.visited))
    criteria.extend((f"opened {path}", canonical(path) in outcome.state.visited) for path in goal.visited)
    for name, before in outcome.before.items():
        if name in goal.changes:
            criteria.append((f"{name} as asked", facts[name] == goal.changes[name]))
        else:
            criteria.append((f"{name} untouched", facts[name] == before))
    return criteria
