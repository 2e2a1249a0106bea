"""How the proposer looks at a website: it asks agents to visit, and waits for their reports.

A visit that never returns is given up after a patience that grows with its length; while no agent is alive at all it
waits on, because a service that is still starting is no fault of the website.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import structlog

from infra.blobs.base import Blobs
from infra.contracts.base import new_id
from infra.contracts.messages import VisitCompleted, VisitRequested
from infra.contracts.visit import Route, RouteReport, Visit
from infra.contracts.website import Website
from infra.documents import load_report
from infra.errors import PaeError
from infra.streams.base import Bus

log = structlog.get_logger(__name__)

BASE_PATIENCE = 60.0
ROUTE_PATIENCE = 20.0
STEP_PATIENCE = 6.0
#: Routes of one visit.
BATCH = 6
#: Requested rates below this many pages a second per visit make visits so long that fewer run at a time.
LEAST_RATE = 0.5


class VisitLost(PaeError):
    """No report came back in time."""


class Visitor(Protocol):
    """Implementations: :class:`BusVisitor` (agents behind streams) and, in tests, a browser at hand."""

    async def visit(
        self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
    ) -> tuple[RouteReport, ...]:
        """Run the routes in one fresh context, in order. Raises VisitLost."""

    async def capacity(self) -> int:
        """Return how many visits can run at a time, at least 1."""


def patience(routes: Sequence[Route], pages_per_second: float | None) -> float:
    """Return the seconds after which a visit's report is no longer expected."""
    loads = len(routes) + sum(len(route.steps) for route in routes)
    slow = loads / pages_per_second if pages_per_second else 0.0
    steps = sum(len(route.steps) for route in routes)
    return BASE_PATIENCE + ROUTE_PATIENCE * len(routes) + STEP_PATIENCE * steps + slow


class BusVisitor:
    """Visits by way of the bus; :meth:`completed` is the handler of ``visit.completed``."""

    def __init__(self, bus: Bus, blobs: Blobs, contexts: Callable[[], Awaitable[int]]) -> None:
        self._bus = bus
        self._blobs = blobs
        self._contexts = contexts
        self._waiting: dict[str, asyncio.Future[str]] = {}

    async def capacity(self) -> int:
        """Return the contexts of all living agents, at least 1."""
        return max(1, await self._contexts())

    async def completed(self, message: VisitCompleted) -> None:
        """Hand a report to whoever waits for it; a report that nobody awaits any more is dropped."""
        future = self._waiting.get(message.id)
        if future is not None and not future.done():
            future.set_result(message.report)

    async def visit(
        self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
    ) -> tuple[RouteReport, ...]:
        """Publish the visit and wait for its report."""
        visit = Visit(id=new_id("vis"), website_id=website.id, routes=tuple(routes), pages_per_second=pages_per_second)
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[visit.id] = future
        try:
            await self._bus.publish(VisitRequested(id=visit.id, visit=visit))
            key = await self._await(future, patience(routes, pages_per_second))
        finally:
            del self._waiting[visit.id]
        report = await load_report(self._blobs, key)
        return report.routes

    async def _await(self, future: asyncio.Future[str], seconds: float) -> str:
        while True:
            done, _ = await asyncio.wait({future}, timeout=seconds)
            if done:
                return future.result()
            if await self._contexts() > 0:
                raise VisitLost(f"no agent reported back within {seconds:.0f} s")
            log.warning("visit_waits_for_an_agent")


async def visit_all(website: Website, visitor: Visitor, routes: Sequence[Route]) -> list[RouteReport | None]:
    """Visit all routes, several at a time at the website's polite rate; None for those that were not completed."""
    if not routes:
        return []
    rate = website.safety.pages_per_second
    slots = min(await visitor.capacity(), max(1, math.ceil(rate / LEAST_RATE)))
    size = max(1, min(BATCH, math.ceil(len(routes) / slots)))
    batches = [routes[i : i + size] for i in range(0, len(routes), size)]
    gate = asyncio.Semaphore(slots)

    async def one(batch: Sequence[Route]) -> list[RouteReport | None]:
        async with gate:
            try:
                reports = await visitor.visit(website, batch, pages_per_second=rate / slots)
            except VisitLost as error:
                log.warning("probe_lost", website=website.id, cause=str(error))
                return [None] * len(batch)
        for report in reports:
            if not _completed(report):
                log.info("probe_failed", url=report.route.url, cause=report.error, steps=len(report.observations) - 1)
        done = [report if _completed(report) else None for report in reports]
        return [*done, *([None] * (len(batch) - len(done)))]

    return [report for batch in await asyncio.gather(*map(one, batches)) for report in batch]


def _completed(report: RouteReport) -> bool:
    return report.error is None and len(report.observations) == len(report.route.steps) + 1
