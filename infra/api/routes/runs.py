"""Runs: an instruction in words, carried out now by the active policy."""

from __future__ import annotations

from fastapi import APIRouter, status

from infra.api.deps import Deps, Use
from infra.api.models import NewRun, RunView
from infra.api.routes.websites import checked_start
from infra.contracts.attempt import Attempt, Purpose
from infra.contracts.base import new_id
from infra.contracts.messages import TaskDispatched
from infra.contracts.task import Origin, Task, TaskKind
from infra.contracts.website import Website, WebsiteStatus
from infra.documents import load_trajectory
from infra.egress import check_url, host_allowed, parse_url
from infra.errors import Conflict, InvalidInput, NotFound
from infra.operations import own_host

router = APIRouter(prefix="/v1/runs", tags=["runs"])

PAGE = 200


@router.post("", status_code=status.HTTP_202_ACCEPTED)
async def run(body: NewRun, deps: Use) -> RunView:
    """Start a run; ask for it again until its attempt has ended, or follow the events."""
    store = deps.operations.store
    website = await _website(body, deps)
    if website.status is WebsiteStatus.STOPPED:
        raise Conflict("the website was stopped: resume it first")
    if await store.stopped():
        raise Conflict("everything is stopped: resume with DELETE /v1/control/stop")
    if body.policy_version is not None:
        await store.policy(body.policy_version)
    task = Task(
        id=new_id("tsk"),
        website_id=website.id,
        instruction=body.instruction,
        start_url=await checked_start(deps, website, body.url),
        kind=TaskKind.COMPOSE,
        origin=Origin.HUMAN,
        max_steps=body.max_steps,
    )
    attempt = Attempt(
        id=new_id("att"),
        task_id=task.id,
        website_id=website.id,
        group_id=new_id("grp"),
        purpose=Purpose.RUN,
        temperature=0.0,
        pinned_version=body.policy_version,
    )
    await store.add_tasks([task])
    await store.add_attempts([attempt])
    await deps.operations.bus.publish(
        TaskDispatched(
            id=attempt.id,
            task_id=task.id,
            website_id=website.id,
            instruction=task.instruction,
            start_url=task.start_url,
            max_steps=task.max_steps,
            purpose=attempt.purpose,
            temperature=attempt.temperature,
            pinned_version=attempt.pinned_version,
        )
    )
    return RunView(attempt=attempt, instruction=task.instruction)


@router.get("/{attempt_id}")
async def show(attempt_id: str, deps: Use) -> RunView:
    """Show a run: its answer, steps and outcome once it has ended."""
    store = deps.operations.store
    attempt = await store.attempt(attempt_id)
    if attempt.purpose is not Purpose.RUN:
        raise NotFound(f"{attempt_id} is no run: see /v1/trajectories/{attempt_id}")
    whole = await load_trajectory(deps.operations.blobs, attempt.trajectory) if attempt.trajectory else None
    return RunView(
        attempt=attempt,
        instruction=(await store.task(attempt.task_id)).instruction,
        answer=whole.answer if whole else None,
        impossible=whole.impossible if whole else False,
        verdict=await store.verdict(attempt_id),
        trajectory=whole,
    )


async def _website(body: NewRun, deps: Deps) -> Website:
    """Return the website that is named, the one that covers the URL, or a new one that is not practised."""
    store = deps.operations.store
    if body.website_id is not None:
        return await store.website(body.website_id)
    if body.url is None:
        raise InvalidInput("a run needs a website_id or a url")
    parsed = parse_url(body.url)
    offset = 0
    while known := await store.websites(limit=PAGE, offset=offset):
        for website in known:
            stopped = website.status is WebsiteStatus.STOPPED
            if not stopped and host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts):
                return website
        offset += len(known)
    await check_url(body.url, allow_private=deps.operations.allow_private)
    # Paused, not submitted: it was asked to do one thing there, not to practise.
    website = Website(
        id=new_id("web"),
        url=parsed.url,
        name=parsed.host,
        allowed_hosts=(own_host(body.url),),
        status=WebsiteStatus.PAUSED,
        status_reason="known from a run only; resume it to have it practised",
    )
    await store.add_website(website)
    await deps.operations.control.set_website(website.id, website.status)
    return website
