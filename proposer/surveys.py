"""surveys: at most one survey of a website at a time, and what becomes of its status.

A survey that fails because of the website ends in FAILED with the reason; one that breaks because of us is tried
again a few times, and then ends in FAILED too, saying so.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter

import structlog

from infra.background import end
from infra.blobs.base import Blobs
from infra.contracts.website import HALTED, Website, WebsiteStatus
from infra.control import Control
from infra.errors import NotFound
from infra.settings import Settings
from infra.store.base import Store
from infra.streams.base import Bus
from proposer.demonstrations import show
from proposer.generation import generate
from proposer.growing import room_for_survey
from proposer.ownership import operators_own
from proposer.practice import Practices
from proposer.proposed import Propose
from proposer.survey import SurveyFailed, SurveyHalted
from proposer.visiting import Visitor

log = structlog.get_logger(__name__)

#: Times that a survey may break before the website is given up.
TRIES = 3
#: Seconds between two notes of progress in the website's status.
PROGRESS_SECONDS = 1.0
#: States in which a website is to be surveyed.
TO_SURVEY = frozenset({WebsiteStatus.SUBMITTED, WebsiteStatus.SURVEYING})


class Surveys:
    """Runs surveys as tasks of their own."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        bus: Bus,
        control: Control,
        visitor: Visitor,
        practices: Practices,
        settings: Settings,
        propose: Propose | None = None,
    ) -> None:
        self._store = store
        self._bus = bus
        self._blobs = blobs
        self._control = control
        self._visitor = visitor
        self._practices = practices
        self._settings = settings
        self._propose = propose
        self._running: dict[str, asyncio.Task[None]] = {}
        self._broken: Counter[str] = Counter()

    def start(self, website_id: str) -> asyncio.Task[None]:
        """Return the website's survey, begun now unless it is under way."""
        task = self._running.get(website_id)
        if task is None or task.done():
            task = self._running[website_id] = asyncio.create_task(self._guarded(website_id))
        return task

    def running(self, website_id: str) -> bool:
        """Return whether the website is being surveyed by this process."""
        task = self._running.get(website_id)
        return task is not None and not task.done()

    async def stop(self) -> None:
        """Cancel all surveys; they begin again at the next start."""
        await end(self._running.values())

    async def _guarded(self, website_id: str) -> None:
        try:
            await self._survey(website_id)
        except NotFound:
            return  # deleted meanwhile
        except Exception as error:
            self._broken[website_id] += 1
            log.exception("survey_broke", website=website_id, times=self._broken[website_id])
            if self._broken[website_id] >= TRIES:
                await self.fail(website_id, f"the survey broke {TRIES} times, last because of: {error}")

    async def fail(self, website_id: str, reason: str) -> None:
        """Give a website up, unless a person has halted it."""
        if await self._store.set_website_status(website_id, WebsiteStatus.FAILED, reason, unless=HALTED):
            await self._control.set_website(website_id, WebsiteStatus.FAILED)
            log.info("website_failed", website=website_id, reason=reason)

    async def _survey(self, website_id: str) -> None:
        website = await self._store.website(website_id)
        if website.status not in (*TO_SURVEY, WebsiteStatus.PRACTISING):
            return
        if not await self._store.set_website_status(website_id, WebsiteStatus.SURVEYING, unless=HALTED):
            return
        try:
            generated = await generate(
                website,
                self._visitor,
                own=await operators_own(website, self._settings.egress),
                max_tasks=room_for_survey(self._settings.proposer),
                halted=lambda: self._halted(website_id),
                progress=self._progress(website),
                propose=self._propose,
                demonstrate=self._settings.proposer.demonstrations,
            )
        except SurveyFailed as error:
            await self.fail(website_id, str(error))
            return
        except SurveyHalted:
            log.info("survey_halted", website=website_id)
            return
        finally:
            await self._blobs.delete_prefix(f"visits/{website_id}/")
        await self._store.save_sitemap(generated.sitemap)
        await self._store.save_drops(website_id, generated.dropped)
        pages = len(generated.sitemap.pages)
        warning = f"; {generated.warning}" if generated.warning else ""
        if not generated.tasks:
            await self.fail(website_id, f"the survey found nothing to practise on its {pages} pages{warning}")
            return
        await self._store.add_tasks(generated.tasks)
        await show(generated.demonstrations, self._blobs, self._bus)
        self._practices.forget(website_id)
        made = f" {generated.note}" if generated.note else ""
        note = f"{pages} pages surveyed, {len(generated.tasks)} tasks{made}{warning}"
        if await self._store.set_website_status(website_id, WebsiteStatus.PRACTISING, note, unless=HALTED):
            await self._control.set_website(website_id, WebsiteStatus.PRACTISING)

    async def _halted(self, website_id: str) -> bool:
        try:
            website = await self._store.website(website_id)
        except NotFound:
            return True
        return website.status in HALTED or await self._store.stopped()

    def _progress(self, website: Website) -> _Note:
        return _Note(self._store, website.id)


#: Takes the digits out of a text.
_NO_DIGITS = str.maketrans("", "", "0123456789")


class _Note:
    """Writes the survey's progress into the website's status; counts that only grow, not too often."""

    def __init__(self, store: Store, website_id: str) -> None:
        self._store = store
        self._website_id = website_id
        self._last = 0.0
        self._sort = ""

    async def __call__(self, note: str) -> None:
        """Note what is being done; at once where it is something else than before, numbers apart."""
        now, sort = time.monotonic(), note.translate(_NO_DIGITS)
        if sort != self._sort or now - self._last >= PROGRESS_SECONDS:
            self._last, self._sort = now, sort
            await self._store.set_website_status(self._website_id, WebsiteStatus.SURVEYING, note, unless=HALTED)
