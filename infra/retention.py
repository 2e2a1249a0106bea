"""Pictures of practice are removed when they are old; everything else that is recorded of an attempt stays.

Only of attempts that have ended, and never what a learner could still read: one of a vision-language policy that starts
again goes back to attempts by its latest versions, and to whatever ended since it published the last one. What a person
has labelled keeps its pictures, so that a judge can be measured on it. How far this has come is kept beside the
pictures; what was interrupted is done again, by whichever process.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from infra.background import repeat
from infra.blobs.base import Blobs
from infra.contracts.attempt import Purpose
from infra.contracts.base import utcnow
from infra.documents import cleared_key, pictures_of
from infra.errors import NotFound
from infra.runtime import Stop
from infra.settings import Settings
from infra.store.base import Store

log = structlog.get_logger(__name__)

EVERY_SECONDS = 3600.0
PRACTISED = frozenset({Purpose.PRACTICE, Purpose.RETENTION})
#: How long before a version a group of attempts may have ended that is compared only after it.
UNCOMPARED = timedelta(hours=1)
_PAGE = 500


class Retention:
    """Removes the pictures of practice attempts that ended more than ``blobs.picture_days`` ago."""

    def __init__(self, store: Store, blobs: Blobs, settings: Settings, clock: Callable[[], datetime] = utcnow) -> None:
        self._store = store
        self._blobs = blobs
        self._days = settings.blobs.picture_days
        self._staleness = settings.learner.staleness
        self._clock = clock

    async def run(self, stop: Stop) -> None:
        """Sweep until told to stop."""
        await repeat(self.sweep, EVERY_SECONDS, stop, "retention")

    async def sweep(self) -> int:
        """Remove what is old enough; return of how many attempts."""
        until = await self._until()
        if until is None:
            return 0
        cleared = offset = 0
        while websites := await self._store.websites(limit=_PAGE, offset=offset):
            offset += len(websites)
            for website in websites:
                cleared += await self._clear(website.id, until)
        if cleared:
            log.info("old_pictures_removed", attempts=cleared, ended_until=until.isoformat())
        return cleared

    async def _until(self) -> datetime | None:
        """Return until when attempts must have ended; None where none is old enough."""
        if not self._days:
            return None
        until = self._clock() - timedelta(days=self._days)
        active = await self._store.active_policy()
        if active is None or active.backend != "vlm":  # only that learner reads pictures
            return until
        oldest = await self._store.policy(max(0, active.version - self._staleness))
        return min(until, oldest.created_at, active.created_at - UNCOMPARED)

    async def _clear(self, website_id: str, until: datetime) -> int:
        after = await self._cleared(website_id)
        if after is not None and after >= until:
            return 0
        cleared = offset = 0
        # Nothing ends in the past: the pages stay the same while they are gone through.
        while page := await self._store.ended(
            website_id, purposes=PRACTISED, after=after, until=until, limit=_PAGE, offset=offset
        ):
            offset += len(page)
            for attempt in page:
                if await self._store.label_of(attempt.id) is None:
                    await self._blobs.delete_prefix(pictures_of(website_id, attempt.id))
                    cleared += 1
        if offset:
            await self._blobs.put(cleared_key(website_id), until.isoformat().encode())
        return cleared

    async def _cleared(self, website_id: str) -> datetime | None:
        """Return until when this was done already."""
        try:
            return datetime.fromisoformat((await self._blobs.get(cleared_key(website_id))).decode())
        except NotFound:
            return None
