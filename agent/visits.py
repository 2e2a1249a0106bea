"""Visits: what the proposer wants to know of a website, looked at in a context of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from agent.browser import Browser, Environment
from infra.contracts.action import Action, Click, Select, Type
from infra.contracts.attempt import StopReason
from infra.contracts.observation import Element, Observation
from infra.contracts.visit import Route, RouteReport, ScriptStep, Visit, VisitReport
from infra.contracts.website import Website
from infra.errors import BrowserError, ForbiddenAddress, PageUnreachable

#: Stores a route's picture, by the route's index; returns its blob key.
Keep = Callable[[int, bytes], Awaitable[str]]
#: Returns why the visit must not go on; None where it may.
Halted = Callable[[], Awaitable[str | None]]
#: Seconds between two such questions while nothing is done for the sake of the website's polite rate.
ASK_SECONDS = 1.0


async def _never() -> str | None:
    return None


async def run_visit(
    browser: Browser, website: Website, visit: Visit, keep: Keep | None = None, halted: Halted = _never
) -> VisitReport:
    """Run a visit's routes one after another; a route that fails does not end the visit, being halted does.

    Without ``keep`` no pictures are taken.

    Raises:
        BrowserError: no context can be opened, so that the visit may be tried again elsewhere.
    """
    reports: list[RouteReport] = []
    pace = 1.0 / visit.pages_per_second if visit.pages_per_second else 0.0
    remaining = list(visit.routes)
    while remaining:
        async with browser.context(website) as env:
            while remaining:
                begun = time.monotonic()
                route = remaining.pop(0)
                report, broken = await _run(env, route, halted, clear=route.fresh and bool(reports))
                if keep is not None and route.picture and not broken:
                    report = await _pictured(env, report, keep, len(reports))
                reports.append(report)
                if broken:
                    break  # a fresh context for the rest
                if pace and remaining:
                    await _pause(begun + pace, halted)
    return VisitReport(visit_id=visit.id, website_id=visit.website_id, routes=tuple(reports))


async def _pause(until: float, halted: Halted) -> None:
    """Wait until a moment of the monotonic clock, or until the visit is halted."""
    while (left := until - time.monotonic()) > 0 and await halted() is None:  # noqa: ASYNC110 - Redis tells of no stop
        await asyncio.sleep(min(left, ASK_SECONDS))


async def _run(env: Environment, route: Route, halted: Halted, *, clear: bool) -> tuple[RouteReport, bool]:
    """Return a route's report, and whether the browser broke."""
    seen: list[Observation] = []
    requests: list[tuple[str, ...]] = []
    folded: tuple[str, ...] = ()
    redirects = 0
    error: str | None = None
    reason: StopReason | None = None
    broken = False
    if (stopped := await halted()) is not None:
        return RouteReport(route=route, error=stopped, stop_reason=StopReason.STOPPED), False
    try:
        if clear:
            await env.clear()
        seen.append(await env.load(route.url))
        requests.append(())
        redirects = env.redirects
        for step in route.steps:
            if (stopped := await halted()) is not None:
                error, reason = stopped, StopReason.STOPPED
                break
            action = _action(seen[-1], step)
            if isinstance(action, str):
                error = action
                break
            acted = await env.act(action)
            seen.append(acted.observation)
            requests.append(acted.requests)
            if acted.observation.error is not None:
                error = acted.observation.error
                break
        folded = await env.folded()
    except ForbiddenAddress as refused:
        error, reason = str(refused), StopReason.BLOCKED
    except PageUnreachable as dead:
        error = str(dead)
    except BrowserError as crash:
        error, reason, broken = str(crash), StopReason.CRASHED, True
    report = RouteReport(
        route=route,
        observations=tuple(seen),
        requests=tuple(requests),
        folded=folded,
        redirects=redirects,
        error=error,
        stop_reason=reason,
    )
    return report, broken


async def _pictured(env: Environment, report: RouteReport, keep: Keep, index: int) -> RouteReport:
    """Return the report with a picture of its last page, if one can be taken."""
    if not report.observations:
        return report
    try:
        key = await keep(index, await env.screenshot())
    except BrowserError:
        return report
    *before, last = report.observations
    return report.model_copy(update={"observations": (*before, last.model_copy(update={"screenshot": key}))})


def _action(observation: Observation, step: ScriptStep) -> Action | str:
    """Return the action that a scripted step means here, or why there is none."""
    element = next((element for element in observation.elements if element.key == step.key), None)
    if element is None:
        return f"there is no element {step.key!r} on {observation.url}"
    if step.value is None:
        return Click(mark=element.mark)
    if _is_drop_down(element):
        return Select(mark=element.mark, option=step.value)
    return Type(mark=element.mark, text=step.value, submit=step.submit)


def _is_drop_down(element: Element) -> bool:
    return element.options is not None
