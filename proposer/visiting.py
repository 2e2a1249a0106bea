"""How the proposer looks at a website: it asks agents to visit, and waits for their reports.

A visit that never returns is given up after a patience that grows with its length; while no agent is alive at all it
waits on, because a service that is still starting is no fault of the website.
"""

from __future__ import annotations

import asyncio
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
