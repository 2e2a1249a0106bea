"""Websites: submit, look at, halt, let go on, delete; their map, curriculum and tasks."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response, status

from infra.api.demos import kept
from infra.api.deps import Deps, Limit, Offset, Use
from infra.api.models import (
    CurriculumView,
    CurvePointView,
    Listing,
    LiveView,
    NewWebsite,
    SkillView,
    SpendingView,
    WebsiteView,
    listing,
)
from infra.contracts.attempt import TERMINAL, AttemptState
from infra.contracts.base import new_id
from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Task
from infra.contracts.website import Website, WebsiteStatus
from infra.egress import check_url, host_allowed, parse_url
from infra.errors import InvalidInput, NotFound
from infra.operations import own_host
from infra.skills import LEARNT, curriculum_report
from infra.statistics import wilson

router = APIRouter(prefix="/v1/websites", tags=["websites"])

UNDER_WAY = frozenset(AttemptState) - TERMINAL
RECENT = 100
WINDOW = 50
#: Costs are kept in millionths.
MILLION = 1_000_000


@router.post("", status_code=status.HTTP_201_CREATED)
async def submit(body: NewWebsite, deps: Use) -> Website:
    """Submit a website: it is surveyed, tasks are invented, and practice begins at once."""
    website_id = new_id("web")
    hosts = tuple(dict.fromkeys(host.lower() for host in body.allowed_hosts)) or (own_host(body.url),)
    demos, pictures = await asyncio.to_thread(kept, website_id, body.demos, hosts)
    website = Website(
        id=website_id,
        url=body.url.strip(),
        name=body.name.strip() or parse_url(body.url).host,
        description=body.description,
        allowed_hosts=hosts,
        demos=demos,
        budget=body.budget,
        safety=body.safety,
        survey=body.survey,
    )
    return await deps.operations.submit(website, pictures)


@router.get("")
async def websites(
    deps: Use, limit: Limit = 50, offset: Offset = 0, status: WebsiteStatus | None = None
) -> Listing[Website]:
    """List websites, newest first."""
    found = await deps.operations.store.websites(limit=limit + 1, offset=offset, status=status)
    return listing(list(found), limit, offset)


@router.get("/{website_id}")
async def website(website_id: str, deps: Use) -> WebsiteView:
    """Show a website and how far it has come."""
    return await _view(deps, website_id)


async def _view(deps: Deps, website_id: str) -> WebsiteView:
    store = deps.operations.store
    found = await store.website(website_id)
    tried, succeeded = await store.recent(website_id, latest=RECENT)
    return WebsiteView(
        website=found,
        attempts=await store.count_attempts(website_id, states=TERMINAL, purposes=LEARNT),
        running=await store.count_attempts(website_id, states=UNDER_WAY),
        tasks=await store.count_tasks(website_id),
        recent_success=succeeded / tried if tried else None,
        spending=[
            SpendingView(role=one.role, calls=one.calls, tokens=one.total.tokens, cost=one.total.cost / MILLION)
            for one in await store.spending(website_id)
        ],
    )


@router.post("/{website_id}/pause")
async def pause(website_id: str, deps: Use) -> Website:
    """Halt practice; what was learnt stays."""
    return await deps.operations.pause(website_id)


@router.post("/{website_id}/resume")
async def resume(website_id: str, deps: Use) -> Website:
    """Go on with practice, or survey again what could not be surveyed."""
    return await deps.operations.resume(website_id)


@router.post("/{website_id}/stop")
async def stop(website_id: str, deps: Use) -> Website:
    """End practice: running attempts end before their next action."""
    return await deps.operations.stop(website_id)


@router.delete("/{website_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete(website_id: str, deps: Use) -> Response:
    """Forget a website with its tasks, attempts and pictures. Policy versions stay."""
    await deps.operations.delete(website_id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)


@router.get("/{website_id}/sitemap")
async def sitemap(website_id: str, deps: Use) -> SiteMap:
    """Show what the survey found."""
    found = await deps.operations.store.website(website_id)
    known = await deps.operations.store.sitemap(website_id)
    if known is None:
        raise NotFound(f"the website has no map yet: it is {found.status}")
    return known


@router.get("/{website_id}/curriculum")
async def curriculum(website_id: str, deps: Use) -> CurriculumView:
    """Show skills by mastery, the pools of tasks, and the success curve."""
    store = deps.operations.store
    await store.website(website_id)
    points: list[CurvePointView] = []
    for point in await store.curve(website_id, window=WINDOW):
        low, high = wilson(point.successes, point.attempts)
        success = point.successes / point.attempts
        points.append(CurvePointView(**point._asdict(), success=success, low=low, high=high))
    report, histories = await curriculum_report(store, website_id)
    skills = [SkillView(skill=skill, history=histories.get(skill.skill, [])) for skill in report.skills]
    return CurriculumView(report=report, skills=skills, curve=points)


@router.get("/{website_id}/live")
async def live(website_id: str, deps: Use) -> dict[str, LiveView]:
    """Show the attempts that run now; while this is asked for, agents take a picture of every step."""
    await deps.operations.store.website(website_id)
    await deps.operations.control.watch(website_id)
    running = await deps.operations.control.live(website_id)
    return {attempt: LiveView.model_validate(info) for attempt, info in running.items()}


@router.get("/{website_id}/live/{attempt_id}/screenshot", response_class=Response)
async def live_screenshot(website_id: str, attempt_id: str, deps: Use) -> Response:
    """Give the newest picture of an attempt that runs now; 204 where there is none, or where it has just ended."""
    info = (await deps.operations.control.live(website_id)).get(attempt_id, {})
    if not info.get("screenshot"):
        return Response(status_code=status.HTTP_204_NO_CONTENT)
    return Response(await deps.operations.blobs.get(str(info["screenshot"])), media_type="image/jpeg")


@router.get("/{website_id}/tasks")
async def tasks(website_id: str, deps: Use, limit: Limit = 50, offset: Offset = 0) -> Listing[Task]:
    """List tasks with their evidence, oldest first."""
    await deps.operations.store.website(website_id)
    found = await deps.operations.store.tasks(website_id, limit=limit + 1, offset=offset)
    return listing(list(found), limit, offset)


async def checked_start(deps: Deps, website: Website, url: str | None) -> str:
    """Return where a task on this website starts. Raises InvalidInput or ForbiddenAddress for a wrong URL."""
    if url is None:
        return website.url
    parsed = parse_url(url)
    if not host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts):
        raise InvalidInput(f"start_url must be on one of the website's hosts: {', '.join(website.allowed_hosts)}")
    await check_url(url, allow_private=deps.operations.allow_private)
    return parsed.url
