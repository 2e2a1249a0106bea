"""The agent's handlers: one message is one attempt, or one visit.

Idempotent by attempt id: an attempt that has ended is left alone, one whose trajectory is stored is announced again.
A message is acknowledged only after its result is stored and published (infra.streams does so when we return).
"""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from agent.browser import Browser
from agent.claims import Claims
from agent.policy.base import Policy
from agent.policy.embedding import Embedder
from agent.policy.registry import PolicyRegistry, from_blobs
from agent.rollout import Watch, rollout
from agent.sites import SiteCache
from agent.visits import run_visit
from infra.attempts import finish
from infra.blobs.base import Blobs
from infra.contracts.attempt import TERMINAL, AttemptState, Purpose, Trajectory
from infra.contracts.messages import TaskDispatched, TrajectoryCompleted, VisitCompleted, VisitRequested
from infra.contracts.observation import Observation
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.visit import RouteReport, VisitReport
from infra.contracts.website import Website
from infra.control import Control
from infra.documents import folders, save_report, save_trajectory, screenshot_key, visit_picture_key
from infra.errors import NotFound
from infra.settings import AgentSettings
from infra.store.base import Store
from infra.streams.base import Bus
from infra.telemetry.clock import PartClock

log = structlog.get_logger()

#: Websites change rarely; their safety and hosts may be this many seconds old.
WEBSITE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Services:
    """What an agent works with."""

    store: Store
    blobs: Blobs
    bus: Bus
    control: Control
    browser: Browser
    clock: PartClock


class AgentService:
    """Attempts tasks and visits pages, each in a browser context of its own."""

    def __init__(
        self,
        services: Services,
        settings: AgentSettings,
        claims: Claims,
        *,
        embedder: Embedder | None = None,
        site_map: bool,
        policies: PolicyRegistry | None = None,
        random_: random.Random | None = None,
    ) -> None:
        """``policies``: where versions come from; None: the embedded policy's."""
        self._s = services
        self._settings = settings
        self._claims = claims
        self._policies = policies or PolicyRegistry(services.store, from_blobs(services.blobs))
        self._sites = SiteCache(services.store, embedder, site_map=site_map)
        self._random = random_ or random.Random()  # noqa: S311 - chooses which attempts are filmed
        self._websites: dict[str, tuple[float, Website]] = {}
        self.attempts = 0
        self.acting: Counter[int] = Counter()  # attempts that run, by policy version

    async def attempt(self, message: TaskDispatched) -> None:
        """Make one attempt and announce its trajectory."""
        with structlog.contextvars.bound_contextvars(attempt=message.id, website=message.website_id):
            try:
                async with self._claims.on(message.id) as mine:
                    if mine:
                        await self._attempt(message)
                    else:
                        log.info("attempt_is_being_made_already")
            except NotFound:
                log.info("attempt_gone")  # its website was deleted meanwhile
                await self._remove_rest(message.website_id)

    async def _attempt(self, message: TaskDispatched) -> None:
        """Make the attempt unless it was made. Raises NotFound where it is gone with its website."""
        with self._s.clock.part("store"):
            known = await self._s.store.attempt(message.id)
        if known.state in TERMINAL:
            return
        if known.trajectory is not None:
            await self._announce(message, known.trajectory)
            return
        reason = await self._halted(message)
        if reason is not None:
            await self._end(message.id, Outcome.STOPPED, reason)
            return
        website = await self._website(message.website_id)
        policy = await self._policies.get(message.pinned_version)
        self.acting[policy.version] += 1
        try:
            trajectory = await self._rollout(message, website, policy)
        finally:
            self.acting[policy.version] -= 1
        await self._record(message, trajectory)
        self.attempts += 1

    async def visit(self, message: VisitRequested) -> None:
        """Run a visit and announce its report."""
        visit = message.visit
        try:
            website = await self._s.store.website(visit.website_id)
        except NotFound:
            log.info("visit_of_a_deleted_website", website=visit.website_id)
            return

        async def keep(index: int, jpeg: bytes) -> str:
            key = visit_picture_key(website.id, visit.id, index)
            await self._s.blobs.put(key, jpeg)
            return key

        async def halted() -> str | None:  # a paused website may be looked at; a survey of one ends by itself
            return await self._s.control.halted(website.id, visit.id, Purpose.RUN)

        with self._s.clock.part("browser"):
            report = await run_visit(self._s.browser, website, visit, keep, halted)
        await self._report(report)

    async def attempt_given_up(self, message: TaskDispatched, cause: str) -> None:
        """Write the terminal record of an attempt that broke us too often."""
        with contextlib.suppress(NotFound):  # it is gone with its website
            await finish(
                self._s.store, self._s.bus, message.id, None, cause=f"agent: {cause}", state=AttemptState.DEAD_LETTERED
            )

    async def visit_given_up(self, message: VisitRequested, cause: str) -> None:
        """Report a visit that broke us too often, so that nobody waits for it."""
        visit = message.visit
        routes = tuple(RouteReport(route=route, error=f"the visit failed: {cause}") for route in visit.routes)
        await self._report(VisitReport(visit_id=visit.id, website_id=visit.website_id, routes=routes))

    async def _remove_rest(self, website_id: str) -> None:
        """Remove what was written for a website after it was deleted; not where only the attempt is unknown."""
        try:
            await self._s.store.website(website_id)
        except NotFound:
            for prefix in folders(website_id):
                await self._s.blobs.delete_prefix(prefix)

    async def _report(self, report: VisitReport) -> None:
        key = await save_report(self._s.blobs, report)
        await self._s.bus.publish(VisitCompleted(id=report.visit_id, website_id=report.website_id, report=key))

    async def _rollout(self, message: TaskDispatched, website: Website, policy: Policy) -> Trajectory:
        site = await self._sites.index(website.id)
        recorded = self._random.random() < self._settings.recording_rate
        control, clock = self._s.control, self._s.clock

        async def keep(index: int, jpeg: bytes) -> str:
            key = screenshot_key(website.id, message.id, index)
            await self._s.blobs.put(key, jpeg)
            return key

        async def show(index: int, observation: Observation) -> None:
            await control.set_live(
                website.id,
                message.id,
                {
                    "instruction": message.instruction,
                    "step": index,
                    "url": observation.url,
                    "screenshot": observation.screenshot,
                },
            )

        async def watched() -> bool:
            with clock.part("queue"):
                return await control.watched(website.id)

        watch = Watch(halted=self._halting(message), pictures=watched, keep=keep, show=show)
        try:
            async with self._s.browser.context(website) as env:
                return await rollout(
                    message,
                    env,
                    policy,
                    site,
                    watch,
                    seconds=self._settings.attempt_seconds,
                    recorded=recorded,
                    clock=clock,
                )
        finally:
            await control.clear_live(website.id, message.id)

    def _halting(self, message: TaskDispatched) -> Callable[[], Awaitable[str | None]]:
        async def halted() -> str | None:
            return await self._halted(message)

        return halted

    async def _halted(self, message: TaskDispatched) -> str | None:
        with self._s.clock.part("queue"):
            return await self._s.control.halted(message.website_id, message.id, message.purpose)

    async def _website(self, website_id: str) -> Website:
        known = self._websites.get(website_id)
        now = time.monotonic()
        if known is None or now - known[0] > WEBSITE_SECONDS:
            with self._s.clock.part("store"):
                known = self._websites[website_id] = (now, await self._s.store.website(website_id))
        return known[1]

    async def _record(self, message: TaskDispatched, trajectory: Trajectory) -> None:
        with self._s.clock.part("store"):
            key = await save_trajectory(self._s.blobs, trajectory)
            await self._s.store.record_trajectory(
                message.id,
                trajectory=key,
                policy_version=trajectory.policy_version,
                steps=len(trajectory.steps),
                seconds=trajectory.seconds,
            )
        await self._announce(message, key)
        log.debug("attempt made", stop=trajectory.stop_reason, steps=len(trajectory.steps), answer=trajectory.answer)

    async def _announce(self, message: TaskDispatched, key: str) -> None:
        with self._s.clock.part("queue"):
            await self._s.bus.publish(
                TrajectoryCompleted(
                    id=message.id,
                    task_id=message.task_id,
                    website_id=message.website_id,
                    purpose=message.purpose,
                    trajectory=key,
                )
            )

    async def _end(self, attempt_id: str, outcome: Outcome, reason: str) -> None:
        verdict = Verdict(attempt_id=attempt_id, outcome=outcome, reward=None, reason=reason, evaluator="agent")
        await finish(self._s.store, self._s.bus, attempt_id, verdict, cause=reason)
