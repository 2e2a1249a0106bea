"""The Visitor port over a browser at hand, instead of agents behind streams."""

from __future__ import annotations

from collections.abc import Sequence

from agent.browser import Browser
from agent.visits import run_visit
from infra.contracts.base import new_id
from infra.contracts.visit import Route, RouteReport, Visit
from infra.contracts.website import Website


class BrowserVisitor:
    """Implements proposer.visiting.Visitor."""

    def __init__(self, browser: Browser, slots: int = 4) -> None:
        self._browser = browser
        self._slots = slots

    async def capacity(self) -> int:
        return self._slots

    async def visit(
        self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
    ) -> tuple[RouteReport, ...]:
        visit = Visit(id=new_id("vis"), website_id=website.id, routes=tuple(routes))
        report = await run_visit(self._browser, website, visit)
        return report.routes
