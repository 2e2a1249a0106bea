"""Background tasks of a service: their end is certain, and none breaks unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from infra.runtime import Stop

#: What loops have in hand when they are told to stop may take so long; then they are cancelled.
GRACE_SECONDS = 2.0
#: Drivers may swallow a cancellation that comes amid a command; then it is asked for again. Not at once: a second
#: one amid the tidying up after the first leaves connections open, and the database locked.
AGAIN_SECONDS = 2.0


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel the tasks, and return when all of them have ended; what they raised is dropped."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        ended, left = await asyncio.wait(left, timeout=AGAIN_SECONDS)
        for task in ended:
            if not task.cancelled():
                task.exception()  # else asyncio complains that nobody looked at it


async def run_until(stop: Stop, loops: Iterable[asyncio.Task[None]]) -> None:
    """Let the loops run until ``stop``, which they heed themselves, and for what they have in hand a little longer.

    Raises what a loop broke of, at once.
    """
    running = set(loops)
    stopping = asyncio.create_task(stop.wait())
    try:
        while not stopping.done():
            ended, running = await asyncio.wait({stopping, *running}, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        if running:
            _, running = await asyncio.wait(running, timeout=GRACE_SECONDS)
    finally:
        await end({stopping, *running})
