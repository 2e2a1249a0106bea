"""service: the proposer's handlers and loops. Everything it is made of is handed in.

Handlers are idempotent by the message's id. Whatever is lost by a crash is in the store or still pending on a
stream: surveys begin again, curricula are rebuilt from the ended attempts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from random import Random
from typing import Protocol

from infra.background import attempt, repeat, run_until
from infra.blobs.base import Blobs
from infra.contracts.attempt import Trajectory
from infra.contracts.base import utcnow
from infra.contracts.messages import (
    TrajectoryRelabelled,
    VerdictIssued,
    VisitCompleted,
    WebsiteSubmitted,
)
from infra.contracts.sitemap import SiteMap
from infra.contracts.verdict import Outcome
from infra.contracts.website import Website, WebsiteStatus
from infra.control import Control
from infra.documents import load_trajectory
from infra.errors import NotFound, StoreError
from infra.runtime import Stop
from infra.settings import Settings
from infra.store.base import Store
from infra.streams.base import Bus
from proposer.dispatch import Dispatcher
from proposer.growing import Growing
from proposer.practice import LEARNT, Practice, Practices
from proposer.proposed import Proposed
from proposer.reaper import Reaper
from proposer.relabel import relabels
from proposer.surveys import TO_SURVEY, Surveys
from proposer.visiting import BusVisitor

GROUP = "proposer"
TICK_SECONDS = 1.0
#: Verdicts wake the dispatcher, but no more often than this: every look costs a few queries.
LEAST_SECONDS = 0.2
SWEEP_SECONDS = 10.0
SAVE_SECONDS = 2.0
REREAD_SECONDS = 5.0
GROWTH_SECONDS = 10.0
PROPOSE_SECONDS = 5.0
WEBSITES = 1000


class Proposing(Protocol):
    """Who asks a chat model for tasks."""

    async def first(self, website: Website, sitemap: SiteMap, pictures: Sequence[str]) -> Proposed: ...
    async def sweep(self, website: Website, practice: Practice) -> int: ...


class Proposer:
    """The proposer as a service."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        blobs: Blobs,
        bus: Bus,
        control: Control,
        proposing: Proposing | None = None,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._bus = bus
        self._control = control
        self._practices = Practices(store, settings.proposer)
        self._visitor = BusVisitor(bus, blobs, self.contexts)
        self._proposing = proposing
        first = proposing.first if proposing is not None else None
        self._surveys = Surveys(store, blobs, bus, control, self._visitor, self._practices, settings, first)
        self._dispatcher = Dispatcher(store, bus, control, self._practices, settings.proposer, self.contexts)
        self._growing = Growing(store, blobs, bus, self._visitor, settings.proposer)
        self._reaper = Reaper(store, bus, settings)
        self._wake = asyncio.Event()

    async def run(self, stop: Stop) -> None:
        """Serve until told to stop."""
        self._bus.subscribe(WebsiteSubmitted, GROUP, self.submitted, slots=4, on_dead_letter=self.given_up)
        self._bus.subscribe(VisitCompleted, GROUP, self._visitor.completed, slots=4)
        self._bus.subscribe(VerdictIssued, GROUP, self.ended, slots=2)
        await self._control.reconcile(self._store)
        await self._bus.start()
        wake, least = self._wake, LEAST_SECONDS
        loops = [
            repeat(self._tick, TICK_SECONDS, stop, "dispatch", wake=wake, least=least),
            repeat(self._sweep, SWEEP_SECONDS, stop, "reaper"),
            repeat(self._save, SAVE_SECONDS, stop, "progress"),
            repeat(self._reread, REREAD_SECONDS, stop, "tasks"),
            repeat(self._grow, GROWTH_SECONDS, stop, "growth"),
            self._wake_at(stop),
        ]
        if self._proposing is not None:
            loops.append(repeat(self._propose, PROPOSE_SECONDS, stop, "proposing"))
        try:
            await run_until(stop, [asyncio.create_task(loop) for loop in loops])
        finally:
            await self._surveys.stop()
            await self._bus.stop()
            await self._save()

    async def contexts(self) -> int:
        """Return how many attempts all living agents can make at a time."""
        workers = await self._control.workers()
        return sum(int(info.get("contexts", 1)) for info in workers.values() if info.get("kind") == "agent")

    async def submitted(self, message: WebsiteSubmitted) -> None:
        """Survey a website that is to be surveyed; the message stays pending until that is done."""
        try:
            website = await self._store.website(message.website_id)
        except NotFound:
            return
        if website.status in TO_SURVEY:
            await asyncio.shield(self._surveys.start(website.id))
            self._wake.set()

    async def given_up(self, message: WebsiteSubmitted, cause: str) -> None:
        """The message was dead-lettered: the website cannot be surveyed."""
        await self._surveys.fail(message.website_id, f"the survey broke: {cause}")

    async def ended(self, message: VerdictIssued) -> None:
        """Take an ended attempt into the curriculum, and say what it achieved in hindsight."""
        if message.purpose not in LEARNT:
            return
        try:
            await self._store.website(message.website_id)
        except NotFound:
            return
        practice = await self._practices.get(message.website_id)
        new = False
        if message.outcome is not Outcome.STOPPED:
            new = practice.curriculum.score(message.id, message.task_id, message.reward, utcnow())
        practice.under_way.pop(message.id, None)
        self._wake.set()
        if message.trajectory is not None and message.outcome in (Outcome.SUCCESS, Outcome.FAILURE):
            await self._relabel(message, message.trajectory, new=new)

    async def _relabel(self, message: VerdictIssued, key: str, *, new: bool) -> None:
        try:
            trajectory = await load_trajectory(self._blobs, key)
        except NotFound:
            return
        practice = await self._practices.get(message.website_id)
        if new and practice.curriculum.reach is not None:
            practice.curriculum.reach.passed(_seen(trajectory))
        rng = Random(message.id)  # noqa: S311 - the same attempt is relabelled the same way again
        found = await asyncio.to_thread(relabels, trajectory, practice.atlas, rng)
        if found:
            await self._bus.publish(
                TrajectoryRelabelled(id=message.id, website_id=message.website_id, trajectory=key, relabels=found)
            )

    async def _wake_at(self, stop: Stop) -> None:
        await stop.wait()
        self._wake.set()

    async def _tick(self) -> None:
        if await self._store.stopped():
            return
        for status in TO_SURVEY:
            for website in await self._store.websites(status=status, limit=WEBSITES):
                if not self._surveys.running(website.id):
                    self._surveys.start(website.id)
        practising: list[Website] = []
        for website in await self._store.websites(status=WebsiteStatus.PRACTISING, limit=WEBSITES):
            practice = await self._practices.get(website.id)
            if len(practice.curriculum):
                practising.append(website)
            elif not self._surveys.running(website.id):
                self._surveys.start(website.id)  # paused before its survey was done, and resumed
        if practising:
            await self._dispatcher.tick(practising)

    async def _sweep(self) -> None:
        if not await self._store.stopped():
            await self._reaper.sweep()
        for practice in self._practices.loaded():
            await self._practices.read_under_way(practice)

    async def _reread(self) -> None:
        for practice in self._practices.loaded():
            count = await self._store.count_tasks(practice.website_id)
            if count > practice.read:
                await self._practices.read_tasks(practice)
            elif count < practice.read:
                await self._practices.gone(practice.website_id)

    async def _grow(self) -> None:
        await self._each("growth", self._growing.sweep)

    async def _propose(self) -> None:
        if self._proposing is not None:
            await self._each("proposing", self._proposing.sweep)

    async def _each(self, name: str, sweep: Callable[[Website, Practice], Awaitable[int]]) -> None:
        """Do it for every website under practice; one where it breaks does not keep the others from it."""
        if await self._store.stopped():
            return
        for website in await self._store.websites(status=WebsiteStatus.PRACTISING, limit=WEBSITES):
            practice = await self._practices.get(website.id)
            if len(practice.curriculum):
                await attempt(sweep(website, practice), name, website=website.id)

    async def _save(self) -> None:
        """Save what changed of every website; one of which it cannot be does not keep the others from it."""
        for practice in self._practices.loaded():
            await attempt(self._save_one(practice), "save", website=practice.website_id)

    async def _save_one(self, practice: Practice) -> None:
        changed = practice.curriculum.take_changes(utcnow())
        if not changed:
            return
        try:
            await self._store.save_progress(changed)
        except BaseException as error:
            practice.curriculum.put_back(progress.task_id for progress in changed)
            if not (isinstance(error, StoreError) and await self._practices.gone(practice.website_id)):
                raise


def _seen(trajectory: Trajectory) -> Iterable[str]:
    """Yield the URLs of the pages that an attempt saw."""
    for step in trajectory.steps:
        yield step.observation.url
    if trajectory.final is not None:
        yield trajectory.final.url
