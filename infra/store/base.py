"""The store's port: what every service may ask of the database.

One implementation (SQLAlchemy async) serves SQLite and PostgreSQL; the same behaviour suite runs on both.
All writes are atomic; those marked *idempotent* may be repeated with the same arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from infra.contracts.attempt import Attempt, AttemptState, Purpose
from infra.contracts.chat import ChatSpending, Price
from infra.contracts.curriculum import TaskProgress
from infra.contracts.policy import PolicyVersion
from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Task
from infra.contracts.verdict import Verdict
from infra.contracts.website import Website, WebsiteStatus


class Scored(NamedTuple):
    """An ended attempt with its verdict (None: dead-lettered before there was one)."""

    attempt: Attempt
    verdict: Verdict | None


class CurvePoint(NamedTuple):
    """Success within one window of consecutive attempts of a website."""

    until: datetime
    attempts: int
    successes: int
    policy_version: int | None


class Store(Protocol):
    """Every method may raise StoreError (database unreachable, constraint broken)."""

    async def close(self) -> None: ...
    async def ping(self) -> None: ...

    # websites
    async def add_website(self, website: Website) -> None:
        """Raises Conflict where the id is taken."""

    async def website(self, website_id: str) -> Website:
        """Raises NotFound."""

    async def websites(
        self, *, limit: int = 100, offset: int = 0, status: WebsiteStatus | None = None
    ) -> Sequence[Website]:
        """Newest first."""

    async def set_website_status(
        self,
        website_id: str,
        status: WebsiteStatus,
        reason: str = "",
        *,
        unless: frozenset[WebsiteStatus] = frozenset(),
    ) -> bool:
        """Set it unless the present status is in ``unless``; return whether it was set.

        The first PRACTISING also sets ``practice_started_at``.
        """

    async def delete_website(self, website_id: str) -> None:
        """Delete the website and everything recorded for it, except policy versions. Raises NotFound."""

    # site maps
    async def save_sitemap(self, sitemap: SiteMap) -> None:
        """Replace the website's map. Idempotent."""

    async def sitemap(self, website_id: str) -> SiteMap | None: ...

    # tasks
    async def add_tasks(self, tasks: Sequence[Task]) -> None:
        """Idempotent by id."""

    async def task(self, task_id: str) -> Task:
        """Raises NotFound."""

    async def tasks(self, website_id: str, *, limit: int = 100, offset: int = 0) -> Sequence[Task]:
        """Oldest first."""

    async def count_tasks(self, website_id: str) -> int: ...
    async def save_progress(self, progress: Sequence[TaskProgress]) -> None:
        """Idempotent by task_id."""

    async def progress(self, website_id: str) -> Sequence[TaskProgress]: ...
    async def save_drops(self, website_id: str, dropped: dict[str, int]) -> None:
        """Replace the counts of refused tasks by reason."""

    async def drops(self, website_id: str) -> dict[str, int]: ...

    # attempts
    async def add_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Record dispatched attempts, before they are published. Idempotent by id."""

    async def attempt(self, attempt_id: str) -> Attempt:
        """Raises NotFound."""

    async def attempts(
        self,
        *,
        website_id: str | None = None,
        task_id: str | None = None,
        states: frozenset[AttemptState] | None = None,
        purposes: frozenset[Purpose] | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[Attempt]:
        """Newest first."""

    async def count_attempts(
        self,
        website_id: str | None = None,
        *,
        states: frozenset[AttemptState] | None = None,
        purposes: frozenset[Purpose] | None = None,
    ) -> int: ...

    async def record_trajectory(
        self, attempt_id: str, *, trajectory: str, policy_version: int, steps: int, seconds: float
    ) -> bool:
        """DISPATCHED → RECORDED. Return False, changing nothing, where the attempt is beyond that already."""

    async def end_attempt(
        self, attempt_id: str, state: AttemptState, *, verdict: Verdict | None, cause: str = ""
    ) -> bool:
        """End the attempt in a terminal state, with its verdict, in one transaction, exactly once.

        Return False, changing nothing, where it has ended already. Raises NotFound.
        """

    async def verdict(self, attempt_id: str) -> Verdict | None: ...
    async def label(self, attempt_id: str, verdict: Verdict) -> None:
        """Keep a human's verdict beside the evaluator's. Replaces an earlier label."""

    async def label_of(self, attempt_id: str) -> Verdict | None: ...
    async def scored(
        self, website_id: str, *, purposes: frozenset[Purpose], limit: int = 100_000, after: datetime | None = None
    ) -> Sequence[Scored]:
        """The latest ``limit`` ended attempts with verdicts, oldest first."""

    async def ended(
        self,
        website_id: str,
        *,
        purposes: frozenset[Purpose],
        after: datetime | None,
        until: datetime,
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[Attempt]:
        """Attempts that ended later than ``after`` and no later than ``until``, oldest first."""

    async def curve(self, website_id: str, *, window: int = 50) -> Sequence[CurvePoint]:
        """Success of practice attempts in consecutive windows, oldest first; wider ones where there are very many."""

    async def recent(self, website_id: str, *, latest: int = 100) -> tuple[int, int]:
        """Attempts and successes among the latest scored attempts of practice."""

    # policies
    async def add_policy(self, policy: PolicyVersion, *, activate: bool, after: int | None = None) -> None:
        """Add a version; ``after``: activate it only if that one is active still. Raises Conflict where it exists."""

    async def policy(self, version: int) -> PolicyVersion:
        """Raises NotFound."""

    async def policies(self, *, limit: int = 100, offset: int = 0) -> Sequence[PolicyVersion]:
        """Newest first."""

    async def active_policy(self) -> PolicyVersion | None: ...
    async def activate_policy(self, version: int) -> None:
        """Raises NotFound."""

    # what chat models cost
    async def hold_spending(
        self, website_id: str, role: str, price: Price, *, most_tokens: int | None, most_cost: int | None
    ) -> bool:
        """Set the price of a call aside, before it is made.

        Return False, changing nothing, where all roles' spending on the website, with what is held, would exceed a
        bound. Raises NotFound.
        """

    async def settle_spending(
        self, website_id: str, role: str, held: Price, *, calls: int, input_tokens: int, output_tokens: int, cost: int
    ) -> None:
        """Give back what was held for a call, and book what was spent."""

    async def spending(self, website_id: str) -> Sequence[ChatSpending]:
        """By name of the role; empty where no chat model was ever asked."""

    # operator's switch
    async def stopped(self) -> bool:
        """Return whether everything has been stopped by the operator."""

    async def set_stopped(self, stopped: bool) -> None: ...
