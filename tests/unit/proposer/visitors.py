"""A visitor whose website is made by hand: what one route shows is all that a test has to say."""

from __future__ import annotations

from collections.abc import Sequence

from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Website


class HandMade:
    """Implements proposer.visiting.Visitor by :meth:`run`."""

    async def capacity(self) -> int:
        return 1

    async def visit(
        self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
    ) -> tuple[RouteReport, ...]:
        return tuple(map(self.run, routes))

    def run(self, route: Route) -> RouteReport:
        """Return what one route shows."""
        raise NotImplementedError
