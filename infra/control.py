"""Stops that reach a running attempt before its next action, and what workers say of themselves.

The store holds the truth (websites' status, the operator's switch); this mirror in Redis makes asking cheap enough
to ask before every action. Whoever changes the store changes the mirror right after; ``reconcile`` at a service's
start repairs what a crash left between the two. Everything else here expires by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import redis.asyncio as redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

from infra.contracts.attempt import Purpose
from infra.contracts.website import HALTED, WebsiteStatus
from infra.errors import StreamError
from infra.store.base import Store

WATCH_SECONDS = 15
LIVE_SECONDS = 60
STOP_SECONDS = 24 * 3600
TIMES_SECONDS = 24 * 3600

_LEARNT = frozenset({Purpose.PRACTICE, Purpose.RETENTION})
_REASONS = {
    WebsiteStatus.PAUSED: "the website is paused",
    WebsiteStatus.STOPPED: "the website was stopped",
    WebsiteStatus.FINISHED: "the website's budget is spent",
    WebsiteStatus.FAILED: "the website cannot be practised",
}


class Control:
    """Every method may raise StreamError where Redis cannot be reached."""

    def __init__(self, redis_url: str, prefix: str = "pae") -> None:
        self._redis: Any = redis.Redis.from_url(redis_url, decode_responses=True, health_check_interval=15)
        self._prefix = prefix

    def _key(self, *parts: str) -> str:
        return ":".join((self._prefix, "control", *parts))

    async def close(self) -> None:
        """Close the connection."""
        await self._redis.aclose()

    async def _do(self, command: str, *arguments: Any, **options: Any) -> Any:
        try:
            return await getattr(self._redis, command)(*arguments, **options)
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis failed: {error}") from error

    async def halted(self, website_id: str, attempt_id: str, purpose: Purpose) -> str | None:
        """Return why an attempt must not go on, in words; None where it may. One round trip."""
        keys = [self._key("stopped"), self._key("website", website_id), self._key("attempt", attempt_id)]
        everything, status, attempt = await self._do("mget", keys)
        if everything:
            return "everything was stopped by the operator"
        if attempt:
            return "the attempt was stopped"
        if status and (purpose in _LEARNT or status == WebsiteStatus.STOPPED):
            return _REASONS[WebsiteStatus(status)]
        return None

    async def set_website(self, website_id: str, status: WebsiteStatus) -> None:
        """Mirror a website's status; only the halting ones are kept."""
        key = self._key("website", website_id)
        if status in HALTED:
            await self._do("set", key, status.value)
        else:
            await self._do("delete", key)

    async def set_all(self, stopped: bool) -> None:
        """Mirror the operator's switch."""
        if stopped:
            await self._do("set", self._key("stopped"), "1")
        else:
            await self._do("delete", self._key("stopped"))

    async def stop_attempt(self, attempt_id: str) -> None:
        """Stop one attempt before its next action."""
        await self._do("set", self._key("attempt", attempt_id), "1", ex=STOP_SECONDS)

    async def reconcile(self, store: Store) -> None:
        """Make the mirror agree with the store."""
        await self.set_all(await store.stopped())
        offset, page = 0, 200
        while websites := await store.websites(limit=page, offset=offset):
            for website in websites:
                await self.set_website(website.id, website.status)
            offset += page

    async def watch(self, website_id: str) -> None:
        """Say that a person looks at the website now; expires."""
        await self._do("set", self._key("watch", website_id), "1", ex=WATCH_SECONDS)

    async def watched(self, website_id: str) -> bool:
        """Return whether a person looks at the website."""
        return bool(await self._do("exists", self._key("watch", website_id)))

    async def set_live(self, website_id: str, attempt_id: str, info: Mapping[str, object]) -> None:
        """Say what a running attempt shows; expires."""
        await self._do("set", self._key("live", website_id, attempt_id), json.dumps(info), ex=LIVE_SECONDS)

    async def live(self, website_id: str) -> dict[str, dict[str, Any]]:
        """Return the running attempts of a website, by id."""
        return await self._collect("live", website_id)

    async def clear_live(self, website_id: str, attempt_id: str) -> None:
        """The attempt runs no longer."""
        await self._do("delete", self._key("live", website_id, attempt_id))

    def claim(self, attempt_id: str, seconds: float) -> Lock:
        """Return the lock of whoever makes an attempt; it expires so many seconds after it was last acquired."""
        name = self._key("claim", attempt_id)
        lock: Lock = self._redis.lock(name, timeout=seconds, blocking=False, thread_local=False)
        return lock

    async def beat(self, worker: str, info: Mapping[str, object], ttl: float) -> None:
        """Say that a worker lives, for ``ttl`` seconds."""
        await self._do("set", self._key("worker", worker), json.dumps(info), px=int(ttl * 1000))

    async def workers(self) -> dict[str, dict[str, Any]]:
        """Return the living workers and what they say of themselves."""
        return await self._collect("worker")

    async def save_times(self, worker: str, seconds: Mapping[str, float]) -> None:
        """Keep a worker's sums of seconds by part (infra.telemetry.clock)."""
        await self._do("set", self._key("times", worker), json.dumps(dict(seconds)), ex=TIMES_SECONDS)

    async def times(self) -> dict[str, dict[str, float]]:
        """Return the sums of seconds by part, by worker."""
        return await self._collect("times")

    async def _collect(self, *parts: str) -> dict[str, dict[str, Any]]:
        start = self._key(*parts) + ":"
        try:
            keys = [key async for key in self._redis.scan_iter(match=start + "*", count=500)]
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis failed: {error}") from error
        values = await self._do("mget", keys) if keys else []
        return {key.removeprefix(start): json.loads(value) for key, value in zip(keys, values, strict=True) if value}
