"""claims: an attempt is made by one agent at a time, however often it was dispatched.

The same attempt may be in the queue twice (a message taken over, one published again because nobody seemed to have it).
An action on a website cannot be undone, so whoever begins says so first; the word expires soon after its agent is gone,
before the agent's own message is taken over by another one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

from infra.background import end
from infra.control import Control
from infra.errors import StreamError
from infra.settings import StreamSettings

log = structlog.get_logger()

#: A claim lasts this share of the time after which a message is taken over, and is renewed so many times meanwhile.
SHARE, RENEWALS = 0.5, 4


class Claims:
    """Who makes which attempt, in Redis."""

    def __init__(self, control: Control, streams: StreamSettings) -> None:
        self._control = control
        self._seconds = SHARE * streams.claim_idle_seconds

    @contextlib.asynccontextmanager
    async def on(self, attempt_id: str) -> AsyncIterator[bool]:
        """Hold the attempt; False: somebody else is making it. Raises StreamError where Redis cannot be reached."""
        lock = self._control.claim(attempt_id, self._seconds)
        try:
            mine = await lock.acquire()
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis failed: {error}") from error
        if not mine:
            yield False
            return
        renewing = asyncio.create_task(self._renew(lock))
        try:
            yield True
        finally:
            await end([renewing])
            with contextlib.suppress(RedisError, OSError):  # it expires by itself
                await lock.release()

    async def _renew(self, lock: Lock) -> None:
        while True:
            await asyncio.sleep(self._seconds / RENEWALS)
            try:
                await lock.reacquire()
            except (RedisError, OSError) as error:
                log.warning("a claim could not be renewed", cause=str(error))
