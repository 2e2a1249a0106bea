"""Trajectories: every attempt, step by step, with its pictures, its verdict, and what a person says of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from infra.api.deps import Limit, Offset, Use
from infra.api.models import AttemptView, Listing, NewLabel, TrajectoryView, listing
from infra.contracts.attempt import Attempt, AttemptState, Purpose
from infra.contracts.verdict import Outcome, Verdict
from infra.documents import load_trajectory
from infra.errors import NotFound

router = APIRouter(prefix="/v1/trajectories", tags=["trajectories"])


@router.get("")
async def trajectories(
    deps: Use,
    limit: Limit = 50,
    offset: Offset = 0,
    website_id: str | None = None,
    task_id: str | None = None,
    state: Annotated[list[AttemptState] | None, Query()] = None,
    purpose: Annotated[list[Purpose] | None, Query()] = None,
) -> Listing[AttemptView]:
    """List attempts, newest first."""
    store = deps.operations.store
    found = await store.attempts(
        website_id=website_id,
        task_id=task_id,
        states=frozenset(state) if state else None,
        purposes=frozenset(purpose) if purpose else None,
        limit=limit + 1,
        offset=offset,
    )
    page = listing(list(found), limit, offset)
    views = [
        AttemptView(
            attempt=attempt,
            instruction=(await store.task(attempt.task_id)).instruction,
            verdict=await store.verdict(attempt.id),
        )
        for attempt in page.items
    ]
    return Listing(items=views, next_offset=page.next_offset)


@router.get("/{attempt_id}")
async def trajectory(attempt_id: str, deps: Use) -> TrajectoryView:
    """Show an attempt with every step."""
    store = deps.operations.store
    attempt = await store.attempt(attempt_id)
    task = await store.task(attempt.task_id)
    return TrajectoryView(
        attempt=attempt,
        instruction=task.instruction,
        verdict=await store.verdict(attempt_id),
        task=task,
        trajectory=await load_trajectory(deps.operations.blobs, attempt.trajectory) if attempt.trajectory else None,
        label=await store.label_of(attempt_id),
    )


@router.get(
    "/{attempt_id}/screenshots/{index}",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)
async def screenshot(attempt_id: str, index: int, deps: Use) -> Response:
    """Give the picture before step ``index``; the number of steps gives the last one."""
    attempt = await deps.operations.store.attempt(attempt_id)
    if attempt.trajectory is None:
        raise NotFound("the attempt has no trajectory yet")
    whole = await load_trajectory(deps.operations.blobs, attempt.trajectory)
    seen = [step.observation for step in whole.steps] + ([whole.final] if whole.final else [])
    if not 0 <= index < len(seen):
        raise NotFound(f"the attempt has no observation {index}: they go from 0 to {len(seen) - 1}")
    key = seen[index].screenshot
    if key is None:
        raise NotFound(f"no picture was taken before step {index}: agent.recording_rate says how often all are")
    try:
        data = await deps.operations.blobs.get(key)
    except NotFound as error:
        raise NotFound("the picture is no longer kept: blobs.picture_days says for how long it is") from error
    return Response(data, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400"})


@router.put("/{attempt_id}/label")
async def label(attempt_id: str, body: NewLabel, deps: Use) -> Verdict:
    """Say whether it worked; kept beside the evaluator's verdict."""
    said = Verdict(
        attempt_id=attempt_id,
        outcome=body.outcome,
        reward=1.0 if body.outcome is Outcome.SUCCESS else 0.0,
        reason=body.reason or f"A person says: {body.outcome}.",
        evaluator="human",
    )
    await deps.operations.store.label(attempt_id, said)
    return said


@router.post("/{attempt_id}/stop", status_code=status.HTTP_202_ACCEPTED)
async def stop(attempt_id: str, deps: Use) -> Attempt:
    """Stop an attempt before its next action."""
    await deps.operations.stop_attempt(attempt_id)
    return await deps.operations.store.attempt(attempt_id)
