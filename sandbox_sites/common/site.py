"""What a sandbox site is: an application, its sessions, and benchmark tasks with their judges and solutions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette

from sandbox_sites.common.sessions import Session, Sessions

Criteria = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt left behind."""

    session: Session[Any]
    answer: str | None
    impossible: bool
    final_path: str  # path with query of the last page


@dataclass(frozen=True, slots=True)
class Solved:
    """What an oracle reports."""

    answer: str | None = None
    impossible: bool = False


Check = Callable[[Outcome], Criteria]
Oracle = Callable[[Any], Awaitable[Solved]]  # takes a Playwright page that shows the start page


@dataclass(frozen=True, slots=True)
class BenchmarkTask:
    """A held-out task: instruction, judge, solution."""

    id: str
    instruction: str
    kind: str  # navigate, find, search, fill, change or compose
    depth: int  # least number of actions, the answer not counted
    start: str
    split: str  # development or final
    check: Check
    oracle: Oracle
    answerable: bool = True


@dataclass(slots=True)
class Site:
    """A site that can be served. ``describe`` turns a session's state into JSON."""

    name: str
    title: str
    app: Starlette
    sessions: Sessions[Any]
    pages: Sequence[str]
    tasks: Sequence[BenchmarkTask]
    describe: Callable[[Any], dict[str, Any]]
    by_id: dict[str, BenchmarkTask] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {task.id: task for task in self.tasks}
