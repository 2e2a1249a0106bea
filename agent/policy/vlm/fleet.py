"""All replicas together: each reply from the least busy one, each version on all of them or on none."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence

import httpx
import structlog

from agent.policy.vlm.replica import Adapter, Question, Replica, Said, UnknownAdapter
from infra.errors import AdapterRefused, PolicyUnavailable
from infra.settings_vlm import VlmSettings

log = structlog.get_logger()

#: Seconds between two rounds of asking, where no replica can be reached: doubled each time.
PAUSE, LONGEST_PAUSE = 0.25, 5.0
#: Seconds that a replica which could not be reached comes last.
SHUNNED = 5.0


class Fleet:
    """Replicas that serve the same base model and see the same folder of adapters."""

    def __init__(self, replicas: Sequence[Replica], *, patience: float = 60.0) -> None:
        """``patience``: seconds after which it is given up to find a replica that answers."""
        self._replicas = list(replicas)
        self._patience = patience
        self._down: dict[str, float] = {}  # by address, when it could not be reached

    async def ask(self, adapter: Adapter, question: Question) -> Said:
        """Have a reply written by this adapter and no other; a replica that lacks it is made to load it.

        Raises:
            PolicyUnavailable: no replica answered in time.
            AdapterRefused: a replica that lacks the adapter will not have it.
            PolicyError: the question is refused.
        """
        until, pause = time.monotonic() + self._patience, PAUSE
        while True:
            for replica in self._by_business():
                try:
                    return await self._ask(replica, adapter, question)
                except PolicyUnavailable as error:
                    self._down[replica.url] = time.monotonic()
                    last = error
            if time.monotonic() + pause > until:
                raise PolicyUnavailable(f"no replica answers: {last}") from last
            log.warning("no replica answers; they are asked again", after=pause, cause=str(last))
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)

    def _by_business(self) -> list[Replica]:
        """Return the replicas, those first that can be reached and have least to do."""
        since = time.monotonic() - SHUNNED
        return sorted(self._replicas, key=lambda one: (self._down.get(one.url, 0.0) > since, one.busy))

    async def _ask(self, replica: Replica, adapter: Adapter, question: Question) -> Said:
        try:
            return await replica.ask(adapter.name, question)
        except UnknownAdapter:
            log.info("a replica lacks a version; it is loaded", replica=replica.url, adapter=adapter.name)
            await replica.load(adapter)
        try:
            return await replica.ask(adapter.name, question)
        except UnknownAdapter as error:
            raise PolicyUnavailable(f"{replica.url} lost {adapter.name} as soon as it was loaded") from error

    async def load(self, adapter: Adapter) -> None:
        """Load an adapter on every replica that can be reached; the others will load it when they are asked for it.

        Raises:
            AdapterRefused: a replica will not have it. It has been unloaded from the others.
            PolicyUnavailable: no replica can be reached.
        """
        results = await asyncio.gather(*(one.load(adapter) for one in self._replicas), return_exceptions=True)
        failed = {one.url: result for one, result in zip(self._replicas, results, strict=True) if result is not None}
        refused = [error for error in failed.values() if not isinstance(error, PolicyUnavailable)]
        if not refused and len(failed) < len(self._replicas):
            for url, error in failed.items():
                log.warning("a replica is away; it gets the version when it is back", replica=url, cause=str(error))
            return
        done = [one for one in self._replicas if one.url not in failed]
        await asyncio.gather(*(self._take_back(one, adapter) for one in done))
        if not refused:
            raise PolicyUnavailable(f"no replica can be reached: {next(iter(failed.values()))}")
        if not isinstance(refused[0], AdapterRefused):
            raise refused[0]
        raise AdapterRefused(f"{refused[0]}; it was unloaded from {len(done)} others, what was served before still is")

    async def _take_back(self, replica: Replica, adapter: Adapter) -> None:
        try:
            await replica.unload(adapter.name)
        except PolicyUnavailable as error:
            log.warning("a version that was given up is still loaded", cause=str(error))

    async def unload(self, name: str) -> None:
        """Unload an adapter everywhere. What cannot be reached is passed over: it is asked again next time."""
        for replica in self._replicas:
            try:
                await replica.unload(name)
            except PolicyUnavailable as error:
                log.warning("an old version could not be unloaded", cause=str(error))

    async def adapters(self) -> set[str]:
        """Return the names of the adapters that some replica serves, of those that can be reached."""
        found: set[str] = set()
        for replica in self._replicas:
            with contextlib.suppress(PolicyUnavailable):
                found |= set(await replica.adapters())
        return found


@contextlib.asynccontextmanager
async def open_fleet(settings: VlmSettings) -> AsyncIterator[Fleet]:
    """Open connections to the replicas that the settings name."""
    headers = {}
    if settings.api_key is not None:
        headers["authorization"] = f"Bearer {settings.api_key.get_secret_value()}"
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=64)
    async with httpx.AsyncClient(
        headers=headers, timeout=settings.request_seconds, trust_env=False, limits=limits
    ) as client:
        yield Fleet([Replica(url, client) for url in settings.replicas], patience=settings.patience_seconds)
