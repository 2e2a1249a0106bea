"""What a sandbox site is: an application, its sessions, and benchmark tasks with their judges and solutions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from starlette.applications import Starlette

from sandbox_sites.common.hand import Oracle
from sandbox_sites.common.sessions import Session, Sessions

Criteria = list[tuple[str, bool]]


class CannotServe(Exception):
    """A site lacks something on this machine; the message says what to install."""


#: What benchmark tasks ask for: reach a page; answer from one; search, filter or sort; answer from several; fill in a
#: form; change something without one; several of these.
KINDS = ("navigate", "find", "search", "compare", "fill", "change", "compose")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt left behind."""

    session: Session[Any]
    answer: str | None
    impossible: bool
    final_path: str  # path with query of the last page


Check = Callable[[Outcome], Criteria]


@dataclass(frozen=True, slots=True)
class Entry:
    """A benchmark task as it is written down; its id and split follow from its place in the list.

    ``wrong`` does what somebody careless would do: a similar outcome that must not pass.
    """

    kind: str
    depth: int  # least number of actions, the answer not counted
    instruction: str
    check: Check
    oracle: Oracle
    wrong: Oracle | None = None
    answerable: bool = True
    start: str = "/"
    plain: str | None = None  # the same instruction in the site's own words, where it is in a person's
    ends_itself: bool = False  # the site notices by itself that it is done; nobody has to say so


@dataclass(frozen=True, slots=True)
class BenchmarkTask(Entry):
    """A held-out task: instruction, judge, solution."""

    id: str = ""
    split: str = ""  # development or final


def numbered(site: str, entries: Iterable[Entry]) -> list[BenchmarkTask]:
    """Return the tasks with their ids; they alternate between the development and the final split."""
    return [
        BenchmarkTask(
            **{name: getattr(entry, name) for name in Entry.__slots__},
            id=f"{site}-{number:03d}",
            split="development" if number % 2 else "final",
        )
        for number, entry in enumerate(entries, start=1)
    ]


def judge(task: BenchmarkTask, outcome: Outcome) -> Criteria:
    """Return the task's criteria for an outcome, and that no trap of a hostile page was walked into."""
    traps = outcome.session.trapped
    return [*task.check(outcome), *((f"not done: {trap}", False) for trap in traps)]


def passed(criteria: Criteria) -> bool:
    """Return whether everything held; a judge without criteria passes nothing."""
    return bool(criteria) and all(held for _, held in criteria)


def path_of(url: str) -> str:
    """Return the path with query of a URL."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def reason_of(criteria: Criteria) -> str:
    """Say what decided."""
    failed = [text for text, held in criteria if not held]
    return "did not hold: " + "; ".join(failed) if failed else "everything held"


@dataclass(slots=True)
class Site:
    """A site that can be served.

    ``group`` says what it is for: practice; unseen where generalisation is measured and nothing is ever trained; or
    others' tasks, judged by their makers' own reward.
    ``describe`` turns a session's state into JSON; ``spoil`` changes a state in a way that no task asks for.
    """

    name: str
    title: str
    group: Literal["practice", "unseen", "others"]
    app: Starlette
    sessions: Sessions[Any]
    pages: Sequence[str]  # paths that a person can reach by links, without filters and paging
    tasks: Sequence[BenchmarkTask]
    describe: Callable[[Any], dict[str, Any]]
    spoil: Callable[[Any], None]
    by_id: dict[str, BenchmarkTask] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {task.id: task for task in self.tasks}
