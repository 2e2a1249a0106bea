"""Keeping streams in shape: how far each group is, what may be trimmed, which consumers are gone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Set
from typing import Any

from redis.exceptions import RedisError, ResponseError

from infra.background import attempt
from infra.errors import StreamError
from infra.settings import StreamSettings
from infra.streams.base import Backlog

EVERY_SECONDS = 60.0
#: A consumer without messages that has been silent this long belongs to a process that is gone.
GONE_MS = 3_600_000


def _number(entry: bytes | str) -> tuple[int, int]:
    text = entry.decode() if isinstance(entry, bytes) else entry
    milliseconds, _, sequence = text.partition("-")
    return int(milliseconds), int(sequence or 0)


class Upkeep:
    """Errors are redis-py's; :meth:`run` survives them."""

    def __init__(self, client: Any, settings: StreamSettings) -> None:
        self._redis = client
        self._settings = settings

    async def run(self, streams: Set[str]) -> None:
        """Trim and tidy at intervals, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            for stream in sorted(streams):
                await attempt(self._tidy(stream), "upkeep", stream=stream)

    async def _tidy(self, stream: str) -> None:
        try:
            await self.trim(stream)
            await self.forget_consumers(stream)
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis failed: {error}") from error

    async def backlog(self, stream: str, group: str) -> Backlog:
        """Count messages not delivered yet, and delivered but not acknowledged."""
        try:
            groups = await self._redis.xinfo_groups(stream)
        except ResponseError:  # no such stream: nothing was ever published
            return Backlog(0, 0)
        for info in groups:
            if info["name"] == group.encode():
                after = info["last-delivered-id"].decode()
                waiting = await self._count_after(stream, after)
                return Backlog(waiting=waiting, pending=int(info["pending"]))
        return Backlog(waiting=int(await self._redis.xlen(stream)), pending=0)

    async def _count_after(self, stream: str, entry: str) -> int:
        """Redis 6.2 reports no lag, so count; readers keep up, so there is little to count."""
        count, step = 0, 1000
        start = f"({entry}"
        while True:
            found = await self._redis.xrange(stream, min=start, count=step)
            count += len(found)
            if len(found) < step:
                return count
            start = f"({found[-1][0].decode()}"

    async def trim(self, stream: str) -> None:
        """Drop messages that every group has handled, once there are more than the settings keep.

        Of a stream that no group reads those beyond that number are dropped.
        """
        if await self._redis.xlen(stream) <= self._settings.max_length:
            return
        oldest: bytes | None = None
        for info in await self._redis.xinfo_groups(stream):
            entry: bytes = info["last-delivered-id"]
            if info["pending"]:
                pending = await self._redis.xpending(stream, info["name"])
                entry = min(entry, pending["min"] or entry, key=_number)  # None: acknowledged meanwhile
            oldest = entry if oldest is None else min(oldest, entry, key=_number)
        if oldest is not None:
            await self._redis.xtrim(stream, minid=oldest.decode(), approximate=True)
        else:
            await self._redis.xtrim(stream, maxlen=self._settings.max_length, approximate=True)

    async def forget_consumers(self, stream: str) -> None:
        """Remove consumers of processes that are gone; those with messages stay until these are claimed."""
        with contextlib.suppress(ResponseError):
            for group in await self._redis.xinfo_groups(stream):
                for consumer in await self._redis.xinfo_consumers(stream, group["name"]):
                    if consumer["pending"] == 0 and consumer["idle"] > GONE_MS:
                        await self._redis.xgroup_delconsumer(stream, group["name"], consumer["name"])
