"""practice: what the proposer keeps in memory of each website under practice, rebuilt from the store when needed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from infra.contracts.attempt import Attempt, AttemptState, Purpose
from infra.contracts.base import utcnow
from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Origin, Task
from infra.errors import NotFound
from infra.settings import ProposerSettings
from infra.store.base import Store
from proposer.atlas import Atlas
from proposer.curriculum import Curriculum, replay
from proposer.reach import Reach

#: What is learnt from.
LEARNT = frozenset({Purpose.PRACTICE, Purpose.RETENTION})
UNDER_WAY = frozenset({AttemptState.DISPATCHED, AttemptState.RECORDED})
PAGE = 500
MOST = 100_000


@dataclass
class Practice:
    """One website under practice."""

    website_id: str
    curriculum: Curriculum
    atlas: Atlas
    dispatched: int  # practice attempts so far, all time
    under_way: dict[str, str] = field(default_factory=dict)  # attempt id → task id
    read: int = 0  # rows of the task table that were read

    @property
    def busy(self) -> frozenset[str]:
        """Return the tasks under way."""
        return frozenset(self.under_way.values())


def practisable(task: Task) -> bool:
    """Return whether a task is for practice: held-out tasks never are, nor what nobody could judge."""
    if task.origin in (Origin.GROUNDED, Origin.LLM):
        return True
    return task.origin is Origin.HUMAN and (task.evidence is not None or bool(task.rubric))


class Practices:
    """All websites under practice, each loaded once."""

    def __init__(self, store: Store, settings: ProposerSettings) -> None:
        self._store = store
        self._settings = settings
        self._known: dict[str, Practice] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def loaded(self) -> Sequence[Practice]:
        """Return those in memory."""
        return list(self._known.values())

    def forget(self, website_id: str) -> None:
        """Have it read from the store anew, when it is asked for again."""
        self._known.pop(website_id, None)

    async def gone(self, website_id: str) -> bool:
        """Forget a website that was deleted; return whether it was. Raises StoreError."""
        try:
            await self._store.website(website_id)
        except NotFound:
            self.forget(website_id)
            self._locks.pop(website_id, None)
            return True
        return False

    async def get(self, website_id: str) -> Practice:
        """Return a website's practice, reading it from the store if necessary."""
        async with self._locks.setdefault(website_id, asyncio.Lock()):
            if website_id not in self._known:
                self._known[website_id] = await self._load(website_id)
            return self._known[website_id]

    async def _load(self, website_id: str) -> Practice:
        rng = Random()  # noqa: S311 - draws tasks, no secret
        sitemap = await self._store.sitemap(website_id)
        atlas = Atlas(sitemap or SiteMap(website_id=website_id, start_url=""))
        curriculum = Curriculum(website_id, (), self._settings, rng, Reach(atlas))
        practice = Practice(
            website_id=website_id,
            curriculum=curriculum,
            atlas=atlas,
            dispatched=await self._store.count_attempts(website_id, purposes=LEARNT),
        )
        await self.read_tasks(practice)
        scored = await self._store.scored(website_id, purposes=LEARNT, limit=MOST)
        replay(
            curriculum,
            (
                (attempt.id, attempt.task_id, verdict.reward if verdict else None, attempt.ended_at or utcnow())
                for attempt, verdict in scored
                if attempt.state is not AttemptState.STOPPED
            ),
        )
        await self.read_under_way(practice)
        return practice

    async def read_tasks(self, practice: Practice) -> None:
        """Take up tasks that were added since."""
        while rows := await self._store.tasks(practice.website_id, limit=PAGE, offset=practice.read):
            practice.read += len(rows)
            practice.curriculum.add(task for task in rows if practisable(task))
            if len(rows) < PAGE:
                return

    async def read_under_way(self, practice: Practice) -> Sequence[Attempt]:
        """Read which attempts have not ended."""
        attempts = await self._store.attempts(
            website_id=practice.website_id, states=UNDER_WAY, purposes=LEARNT, limit=MOST
        )
        practice.under_way = {attempt.id: attempt.task_id for attempt in attempts}
        return attempts
