"""What a worker says of itself at intervals. An outage of Redis is logged and outlived."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from infra.control import Control
from infra.errors import StreamError
from infra.telemetry.clock import PartClock

log = structlog.get_logger()


async def report(control: Control, clock: PartClock, worker: str, info: Mapping[str, object], ttl: float) -> None:
    """Say that the worker lives, for ``ttl`` seconds, and where its time went."""
    try:
        await control.beat(worker, info, ttl)
        await clock.flush(control, worker)
    except StreamError as error:
        log.warning("nobody hears that this worker lives", cause=str(error))
