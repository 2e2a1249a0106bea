"""Visit: how the proposer looks at a website without a browser of its own.

Only agents touch the web. A visit is a script of element keys that an agent runs in a fresh context; its report
holds what was seen after each part. One visit may hold several routes; each starts by loading its own URL.
"""

from __future__ import annotations

from pydantic import Field

from infra.contracts.attempt import StopReason
from infra.contracts.base import Contract
from infra.contracts.observation import Observation


class ScriptStep(Contract):
    """Act on the element with this key: click it, or enter a value (text, option label) and perhaps submit."""

    key: str
    value: str | None = Field(default=None, description="None: click; else type or select this")
    submit: bool = False


class Route(Contract):
    """Load ``url``, then do the steps. ``fresh`` empties cookies and storage first; ``picture`` takes one last."""

    url: str
    steps: tuple[ScriptStep, ...] = ()
    fresh: bool = False
    picture: bool = False


class Visit(Contract):
    """A batch of routes for one agent. Producer: proposer; consumer: agent."""

    id: str
    website_id: str
    routes: tuple[Route, ...] = Field(min_length=1, max_length=64)
    pages_per_second: float | None = Field(default=None, description="polite rate of page loads; None: no bound")


class RouteReport(Contract):
    """What one route showed: first the loaded page, then one observation after each step that could be done."""

    route: Route
    observations: tuple[Observation, ...] = ()
    requests: tuple[tuple[str, ...], ...] = Field(
        default=(), description="state-changing requests per observation, as Step.requests"
    )
    folded: tuple[str, ...] = Field(
        default=(), description="where links of the last page lead that are not shown: in closed sections, other tabs"
    )
    redirects: int = Field(default=0, description="redirects followed by the first load")
    error: str | None = Field(default=None, description="why it ended early; None if it was completed")
    stop_reason: StopReason | None = Field(default=None, description="BLOCKED or STOPPED where that ended it")


class VisitReport(Contract):
    """All routes of a visit, in order. Stored as one blob."""

    visit_id: str
    website_id: str
    routes: tuple[RouteReport, ...]
