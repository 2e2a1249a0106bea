"""proposing: asks for a website's first tasks, and for new ones in view of what is mastered and what fails.

Not while earlier tasks wait for their first attempt, and after a failure later and later. The website's status says
when the model is down; practice goes on with the tasks there are.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from infra.blobs.base import Blobs
from infra.contracts.attempt import AttemptState
from infra.contracts.base import utcnow
from infra.contracts.curriculum import Pool
from infra.contracts.sitemap import SiteMap
from infra.contracts.verdict import Outcome
from infra.contracts.website import Website, WebsiteStatus
from infra.documents import load_trajectory
from infra.errors import NotFound
from infra.settings import ProposerSettings
from infra.store.base import Store
from proposer.llm.context import Context
from proposer.llm.proposer import LlmProposer, pictures
from proposer.practice import LEARNT, Practice
from proposer.proposed import Proposed

#: Fresh tasks from which on no more are asked for.
WAITING = 6
#: After failures the least time between two calls doubles, up to this many times.
LONGEST = 64
#: Ended attempts that are looked at for failures, and for pictures.
RECENT, LOOKED_AT = 60, 6
MASTERED, FAILURES, SHOWN = 20, 15, 3
#: Tasks read from the store at a time.
PAGE = 500
_NOT_PRACTISING = frozenset(WebsiteStatus) - {WebsiteStatus.PRACTISING}


class Proposing:
    """Call :meth:`first` after a survey, :meth:`sweep` now and then."""

    def __init__(
        self,
        llm: LlmProposer,
        store: Store,
        blobs: Blobs,
        settings: ProposerSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._llm = llm
        self._store = store
        self._blobs = blobs
        self._settings = settings
        self._clock = clock
        self._next: defaultdict[str, float] = defaultdict(float)
        self._failed: Counter[str] = Counter()

    async def first(self, website: Website, sitemap: SiteMap, pictured: Sequence[str]) -> Proposed:
        """Return a website's first tasks; none that an earlier survey made is proposed again.

        ``pictured``: blob keys of pictures of its pages.
        """
        known: list[str] = []
        while rows := await self._store.tasks(website.id, limit=PAGE, offset=len(known)):
            known += [task.instruction for task in rows]
        context = Context(website, pictures=await pictures(self._blobs, pictured))
        proposed = await self._llm.propose(context, sitemap, known, self._settings.max_tasks)
        self._plan(website.id, proposed)
        return proposed

    async def sweep(self, website: Website, practice: Practice) -> int:
        """Add tasks to this website, if it is time; return how many."""
        if self._clock() < self._next[website.id]:
            return 0
        if len(practice.curriculum.pools(utcnow())[Pool.FRESH]) >= WAITING:
            return 0
        room = self._settings.max_tasks - await self._store.count_tasks(website.id)
        if room <= 0:
            return 0
        known = [task.instruction for pool in practice.curriculum.pools(utcnow()).values() for task in pool]
        context = await self._context(website, practice)
        proposed = await self._llm.propose(context, practice.atlas.sitemap, known, room)
        await self._store.add_tasks(proposed.tasks)
        await self._note(website, proposed)
        return len(proposed.tasks)

    async def _note(self, website: Website, proposed: Proposed) -> None:
        """Count what was refused, and say how it went."""
        kept = Counter(await self._store.drops(website.id)) + proposed.dropped
        await self._store.save_drops(website.id, dict(kept))
        self._plan(website.id, proposed)
        note = f"{len(proposed.tasks)} tasks more, by the chat model"
        if proposed.cause:
            note = f"no new tasks from the chat model, practice goes on with those there are: {proposed.cause}"
        await self._store.set_website_status(website.id, WebsiteStatus.PRACTISING, note, unless=_NOT_PRACTISING)

    def _plan(self, website_id: str, proposed: Proposed) -> None:
        """Choose when to ask again."""
        self._failed[website_id] = self._failed[website_id] + 1 if proposed.cause else 0
        factor = min(LONGEST, 2 ** self._failed[website_id])
        self._next[website_id] = self._clock() + self._settings.propose_seconds * factor

    async def _context(self, website: Website, practice: Practice) -> Context:
        mastered = practice.curriculum.pools(utcnow())[Pool.MASTERED]
        mastered.sort(key=lambda task: practice.curriculum.state(task.id).attempts)
        return Context(
            website=website,
            pictures=await self._pictures(website),
            mastered=tuple(task.instruction for task in mastered[:MASTERED]),
            failures=await self._failures(website),
        )

    async def _failures(self, website: Website) -> tuple[tuple[str, str], ...]:
        """Return the tasks that failed last, each once, with the reason of its latest failure."""
        latest: dict[str, str] = {}
        for attempt, verdict in await self._store.scored(website.id, purposes=LEARNT, limit=RECENT):
            if verdict is not None and verdict.outcome in (Outcome.FAILURE, Outcome.UNSCORED):
                latest.pop(attempt.task_id, None)
                latest[attempt.task_id] = verdict.reason
        found: list[tuple[str, str]] = []
        for task_id in list(latest)[-FAILURES:]:
            try:
                found.append(((await self._store.task(task_id)).instruction, latest[task_id]))
            except NotFound:
                continue
        return tuple(found)

    async def _pictures(self, website: Website) -> tuple[bytes, ...]:
        """Return pictures of the last pages of late practice, of each page one; held-out tasks are not shown."""
        ended = await self._store.attempts(
            website_id=website.id, states=frozenset({AttemptState.COMPLETED}), purposes=LEARNT, limit=LOOKED_AT
        )
        keys: dict[str, str] = {}
        for attempt in ended:
            if attempt.trajectory is None:
                continue
            try:
                final = (await load_trajectory(self._blobs, attempt.trajectory)).final
            except NotFound:
                continue
            if final is not None and final.screenshot is not None:
                keys.setdefault(final.url, final.screenshot)
        return await pictures(self._blobs, list(keys.values())[:SHOWN])
