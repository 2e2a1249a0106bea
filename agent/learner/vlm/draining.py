"""Old versions stay loaded until no attempt acts by them, then they are unloaded from every replica.

Agents say in their heartbeats by which versions they act. A version that is not active, and that no agent has acted by
for a while (longer than a heartbeat takes to be told), is done with. Should an agent need it again after all - an
attempt pinned to it, a person who activates it - a replica loads it when it is asked, as long as its folder is kept.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from agent.policy.vlm.adapters import name_of
from agent.policy.vlm.fleet import Fleet
from infra.background import repeat
from infra.control import Control
from infra.runtime import Stop
from infra.settings_vlm import VlmSettings
from infra.store.base import Store

log = structlog.get_logger()

#: Versions that are looked after: whatever is older was unloaded long ago.
NEWEST = 200
SECONDS = 2.0


class Draining:
    """Watches which versions are idle. Adapters of other installations on the same replicas are left alone."""

    def __init__(
        self,
        store: Store,
        control: Control,
        fleet: Fleet,
        settings: VlmSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._control = control
        self._fleet = fleet
        self._seconds = settings.drain_seconds
        self._keep = settings.keep_versions
        self._root = Path(settings.adapters)
        self._clock = clock
        self._idle: dict[str, float] = {}  # by adapter, since when

    async def run(self, stop: Stop) -> None:
        """Sweep until told to stop."""
        await repeat(self.sweep, SECONDS, stop, "draining")

    async def sweep(self) -> list[str]:
        """Unload what has been idle for long enough, remove the folders of old versions; return what was unloaded."""
        now = self._clock()
        loaded = await self._fleet.adapters()
        wanted = await self._wanted()
        known = await self._store.policies(limit=NEWEST)
        ours = {name_of(one.weights): one.version for one in known}
        idle = {name for name in loaded if name in ours and ours[name] not in wanted}
        self._idle = {name: self._idle.get(name, now) for name in idle}
        done = sorted(name for name, since in self._idle.items() if now - since >= self._seconds)
        for name in done:
            await self._fleet.unload(name)
            del self._idle[name]
            log.info("an old version was unloaded", version=ours[name])
        for one in known[self._keep :]:
            if one.version not in wanted and name_of(one.weights) not in loaded:
                await asyncio.to_thread(shutil.rmtree, self._root / one.weights, True)
        return done

    async def _wanted(self) -> set[int]:
        """Return the active version, and those that some agent acts by."""
        active = await self._store.active_policy()
        wanted = set() if active is None else {active.version}
        for info in (await self._control.workers()).values():
            wanted |= {int(one) for one in info.get("versions", ())}
        return wanted
