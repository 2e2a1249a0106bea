"""Health: whether we live, whether we can work, and figures for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from infra.api.deps import Use
from infra.api.metrics import render
from infra.api.problems import problem
from infra.errors import PaeError

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Say that the process lives."""
    return {"status": "ok"}


@router.get("/readyz", response_model=None)
async def readyz(deps: Use) -> dict[str, object] | Response:
    """Say whether database and Redis answer, and how many agents live."""
    try:
        await deps.operations.store.ping()
        workers = await deps.operations.control.workers()
    except PaeError as error:
        return problem(503, str(error), headers={"Retry-After": "2"})
    kinds = [str(info.get("kind", "")) for info in workers.values()]
    return {"status": "ready", "workers": {kind: kinds.count(kind) for kind in sorted(set(kinds))}}


@router.get("/metrics", response_class=Response)
async def metrics(deps: Use) -> Response:
    """Give attempts by state, backlogs, dead letters and seconds by part, in Prometheus's text format."""
    return Response(await render(deps.operations), media_type=CONTENT_TYPE_LATEST)
