"""Background tasks of a service: they go on whatever breaks in them, and their end is certain."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from typing import Any

import structlog

from infra.errors import PaeError
from infra.runtime import Stop

log = structlog.get_logger(__name__)

#: What loops have in hand when they are told to stop may take so long; then they are cancelled.
GRACE_SECONDS = 1.0
#: Drivers may swallow a cancellation that comes amid a command; then it is asked for again. Not at once: a second
#: one amid the tidying up after the first leaves connections open, and the database locked.
AGAIN_SECONDS = 2.0


async def repeat(
    work: Callable[[], Awaitable[object]],
    seconds: float,
    stop: Stop,
    name: str,
    *,
    wake: asyncio.Event | None = None,
    least: float = 0.0,
) -> None:
    """Do ``work`` at once and then every so many seconds, until ``stop``. What fails is logged, and tried again.

    ``wake``: work sooner when it is set, but ``least`` seconds after the last time; it must be set at ``stop`` as well.
    """
    while not stop.is_set():
        if wake is not None:
            wake.clear()
        await attempt(work(), name)
        if wake is None:
            await within(stop.wait(), seconds)
        elif not stop.is_set():
            await within(wake.wait(), seconds)
            await within(stop.wait(), least)


async def attempt(work: Awaitable[object], name: str, **about: object) -> None:
    """Do it; what it raises is logged, an error of ours in a line, anything else with its traceback."""
    try:
        await work
    except PaeError as error:  # store, blobs or Redis are away for a moment
        log.warning("loop_failed", loop=name, cause=str(error), kind=type(error).__name__, **about)
    except Exception:
        log.exception("loop_broke", loop=name, **about)


async def within(event: Awaitable[object], seconds: float) -> None:
    """Return when it happens, or after so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event


async def run_until(stop: Stop, loops: Collection[asyncio.Task[None]]) -> None:
    """Let the loops run until ``stop``, which they heed themselves, and for what they have in hand a little longer."""
    try:
        await stop.wait()
        await asyncio.wait(loops, timeout=GRACE_SECONDS)
    finally:
        await end(loops)


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel the tasks, and return when all of them have ended; what they raised is logged."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        ended, left = await asyncio.wait(left, timeout=AGAIN_SECONDS)
        for task in ended:
            if not task.cancelled() and (error := task.exception()) is not None:
                log.warning("a task broke at its end", task=task.get_name(), cause=repr(error))
