"""Control: the operator's switch, workers, and messages that were given up."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Response, status

from infra.api.deps import Limit, Use
from infra.api.models import ControlView, DeadLetterView

router = APIRouter(prefix="/v1", tags=["control"])


@router.get("/control")
async def control(deps: Use) -> ControlView:
    """Show whether everything is stopped."""
    return ControlView(stopped=await deps.operations.store.stopped())


@router.put("/control/stop")
async def stop(deps: Use) -> ControlView:
    """Stop everything: running attempts end before their next action, nothing new begins."""
    await deps.operations.set_stopped(True)
    return ControlView(stopped=True)


@router.delete("/control/stop")
async def resume(deps: Use) -> ControlView:
    """Let everything go on."""
    await deps.operations.set_stopped(False)
    return ControlView(stopped=False)


@router.get("/workers")
async def workers(deps: Use) -> dict[str, dict[str, Any]]:
    """List living workers and what they say of themselves."""
    return await deps.operations.control.workers()


@router.get("/dead-letters")
async def dead_letters(deps: Use, limit: Limit = 50) -> list[DeadLetterView]:
    """List messages that were given up, newest first, each with its cause."""
    letters = await deps.operations.bus.dead_letters(limit=limit)
    return [
        DeadLetterView(
            id=letter.id,
            stream=letter.stream,
            group=letter.group,
            cause=letter.cause,
            deliveries=letter.deliveries,
            at=letter.at,
            body=_body(letter.body),
        )
        for letter in letters
    ]


@router.post("/dead-letters/{letter_id}/replay", status_code=status.HTTP_204_NO_CONTENT)
async def replay(letter_id: str, deps: Use) -> Response:
    """Send it again."""
    await deps.operations.bus.replay(letter_id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)


def _body(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {"unreadable": text}
    return found if isinstance(found, dict) else {"unreadable": text}
