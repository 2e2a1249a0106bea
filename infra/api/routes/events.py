"""Events: what happens, as it happens (server-sent events)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from infra.api.deps import Use
from infra.contracts.messages import (
    PolicyPublished,
    TaskDispatched,
    TrajectoryCompleted,
    VerdictIssued,
    WebsiteSubmitted,
)
from infra.streams.observe import observe

router = APIRouter(prefix="/v1/events", tags=["events"])

SHOWN = (WebsiteSubmitted, TaskDispatched, TrajectoryCompleted, VerdictIssued, PolicyPublished)


@router.get("", response_class=EventSourceResponse)
async def events(
    deps: Use, website_id: str | None = None, last_event_id: Annotated[str | None, Header(pattern=r"^\d+-\d+$")] = None
) -> AsyncIterator[ServerSentEvent]:
    """Follow websites, attempts and policies; with Last-Event-ID what was missed comes first, some of it twice."""
    settings = deps.settings
    async for seen in observe(settings.redis.url, settings.streams.prefix, SHOWN, after=last_event_id):
        if seen is None:
            yield ServerSentEvent(comment="quiet")
            continue
        about = getattr(seen.message, "website_id", None)
        if website_id is None or about in (None, website_id):
            yield ServerSentEvent(id=seen.entry, event=seen.message.stream, data=seen.message)
