"""claims: an attempt is made by one agent at a time, however often it was dispatched.

The same attempt may be in the queue twice (a message taken over, one published again because nobody seemed to have it).
An action on a website cannot be undone, so whoever begins says so first; the word expires soon after its agent is gone,
before the agent's own message is taken over by another one.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator

from infra.background import attempt as attempted
from infra.background import end
from infra.control import Control
from infra.settings import StreamSettings

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
        token = uuid.uuid4().hex
        if not await self._control.claim(attempt_id, token, self._seconds):
            yield False
            return
        renewing = asyncio.create_task(self._renew(attempt_id, token))
        try:
            yield True
        finally:
            await end([renewing])
            await attempted(self._control.release(attempt_id, token), "release", attempt=attempt_id)

    async def _renew(self, attempt_id: str, token: str) -> None:
        while True:
            await asyncio.sleep(self._seconds / RENEWALS)
            await attempted(self._control.renew(attempt_id, token, self._seconds), "renew", attempt=attempt_id)
