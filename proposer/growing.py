"""growing: has tasks composed of mastered ones, follows their ways, and keeps those that can be done.

A few at a time, and none while earlier ones still wait for their first attempt, so that growth keeps pace with what is
mastered. Tasks that were not borne out are not tried again. A part of the tasks kept per website is left free for it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from random import Random

import structlog

from infra.blobs.base import Blobs
from infra.contracts.base import utcnow
from infra.contracts.curriculum import Pool
from infra.contracts.task import Task
from infra.contracts.website import Website, WebsiteStatus
from infra.settings import ProposerSettings
from infra.store.base import Store
from infra.streams.base import Bus
from proposer.demonstrations import Demonstration, demonstration, show
from proposer.growth import grow, grown
from proposer.practice import Practice
from proposer.verify import follow
from proposer.visiting import Visitor

log = structlog.get_logger(__name__)

#: New tasks at a time.
BATCH = 12
#: Grown tasks that may wait for their first attempt.
WAITING = 6
#: Ways followed between two looks at whether the website was halted.
TOGETHER = 4
#: Share of the tasks kept per website that is left for growth.
RESERVED = 0.2


def room_for_survey(settings: ProposerSettings) -> int:
    """Return how many tasks a survey may make."""
    return max(1, round(settings.max_tasks * (1.0 - RESERVED))) if settings.curriculum else settings.max_tasks


class Growing:
    """Call :meth:`sweep` now and then."""

    def __init__(self, store: Store, blobs: Blobs, bus: Bus, visitor: Visitor, settings: ProposerSettings) -> None:
        self._store = store
        self._blobs = blobs
        self._bus = bus
        self._visitor = visitor
        self._settings = settings
        self._refused: defaultdict[str, dict[str, Task]] = defaultdict(dict)

    async def sweep(self, website: Website, practice: Practice) -> int:
        """Add tasks composed of what is mastered on this website; return how many."""
        if not self._settings.curriculum:
            return 0
        pools = practice.curriculum.pools(utcnow())
        if sum(grown(task) for task in pools[Pool.FRESH]) >= WAITING:
            return 0
        wanted = min(BATCH, self._settings.max_tasks - await self._store.count_tasks(website.id))
        if wanted <= 0:
            return 0
        known = [task for tasks in pools.values() for task in tasks] + list(self._refused[website.id].values())
        rng = Random()  # noqa: S311 - choices among tasks, no secret
        made = await asyncio.to_thread(grow, pools[Pool.MASTERED], known, practice.atlas, rng, wanted)
        if not made:
            return 0
        kept, shown = await self._borne_out(website, made)
        await self._store.add_tasks(kept)
        if self._settings.demonstrations:
            await show(shown, self._blobs, self._bus)
        log.info("tasks_grown", website=website.id, composed=len(made), kept=len(kept))
        return len(kept)

    async def _borne_out(self, website: Website, made: list[Task]) -> tuple[list[Task], tuple[Demonstration, ...]]:
        """Return the tasks whose ways lead to their evidence, with their demonstrations."""
        kept: list[Task] = []
        shown: list[Demonstration] = []
        try:
            for few in (made[i : i + TOGETHER] for i in range(0, len(made), TOGETHER)):
                if not await self._practising(website.id):
                    break
                for task, report in zip(few, await follow(few, website, self._visitor), strict=True):
                    if report is None:
                        self._refused[website.id][task.id] = task
                        continue
                    kept.append(task)
                    if (made_of := demonstration(task, report)) is not None:
                        shown.append(made_of)
        finally:
            await self._blobs.delete_prefix(f"visits/{website.id}/")
        return kept, tuple(shown)

    async def _practising(self, website_id: str) -> bool:
        """Return whether nobody has halted the website meanwhile."""
        website = await self._store.website(website_id)
        return website.status is WebsiteStatus.PRACTISING and not await self._store.stopped()
