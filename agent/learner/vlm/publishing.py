"""Versions of a vision-language policy: a new folder and a new name each, loaded everywhere, then made the active one.

The order matters. A folder is whole before replicas hear of it; every replica has the version before the store names it
the active one; what it replaces stays loaded until no attempt acts by it (:mod:`agent.learner.vlm.draining`). Where a
replica will not load the version it is taken back from the others, its folder is removed, and nothing else has changed.
Where the store cannot be told, nobody knows whether it was: the folder's name is on record from before there is the
folder, and what the store turns out not to know is removed at the next start or with the next version.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from pathlib import Path
from typing import Any

import structlog

from agent.learner.vlm import checkpoint
from agent.learner.vlm.trainer import VlmTrainer
from agent.policy.vlm.adapters import BACKEND, adapter, name_of
from agent.policy.vlm.fleet import Fleet
from infra.contracts.messages import PolicyPublished
from infra.contracts.policy import Balance, PolicyVersion, Sampling
from infra.errors import AdapterRefused, PolicyError, PolicyUnavailable
from infra.settings_vlm import VlmSettings
from infra.store.base import Store
from infra.streams.base import Bus

log = structlog.get_logger()

#: Where the optimiser's state of the newest version is, below the folder of adapters.
RESUME = ".resume"
#: Where the name of the folder is that is being published, below the folder of adapters; none: nothing was interrupted.
UNPUBLISHED = ".unpublished"
#: Versions among which the one is, if it was published, at which a publication was interrupted.
NEWEST = 100


class VlmPublisher:
    """See :class:`agent.learner.service.Versions`."""

    def __init__(self, store: Store, bus: Bus, fleet: Fleet, settings: VlmSettings) -> None:
        self._store = store
        self._bus = bus
        self._fleet = fleet
        self._settings = settings
        self._root = Path(settings.adapters)
        self._unpublished = self._root / UNPUBLISHED

    async def active(self, *, seed: int = 0, temperature: float = 1.0) -> tuple[PolicyVersion, Path]:
        """Return the active version and the folder of its adapter.

        Raises:
            PolicyError: none is published yet (:meth:`first`), it is of another kind, or its folder is gone.
        """
        version = await self._store.active_policy()
        if version is None:
            raise PolicyError("no policy version is published yet")
        adapter(version, self._settings)
        folder = self._root / version.weights
        if not folder.is_dir():
            raise PolicyError(f"the adapter of policy version {version.version} is gone: there is no {folder}")
        return version, folder

    async def first(self, trainer: VlmTrainer, *, temperature: float) -> PolicyVersion:
        """Publish version 0: adapters that change nothing yet, whose attempts are sampled at ``temperature``."""
        return await self._publish(
            trainer, PolicyVersion(version=0, weights="-", backend=BACKEND, sampling=Sampling(temperature=temperature))
        )

    async def serve(self, version: PolicyVersion) -> None:
        """Have every replica load a version, those that started anew since it was published.

        Raises:
            AdapterRefused: a replica will not have it.
            PolicyUnavailable: no replica can be reached.
        """
        await self._fleet.load(adapter(version, self._settings))

    async def publish(
        self,
        network: VlmTrainer,
        optimiser: dict[str, Any],
        *,
        parent: PolicyVersion,
        updates: int,
        attempts: int,
        metrics: dict[str, float],
        sampling: Sampling,
        balance: Balance | None,
    ) -> PolicyVersion:
        """Publish and activate the next version.

        Raises:
            AdapterRefused: a replica would not load it; the version before is still the active one.
            PolicyUnavailable: no replica can be reached; likewise.
        """
        newest = await self._store.policies(limit=1)
        version = PolicyVersion(
            version=newest[0].version + 1,
            parent=parent.version,
            backend=BACKEND,
            weights="-",
            updates=updates,
            attempts=attempts,
            metrics=metrics,
            sampling=sampling,
            balance=balance,
        )
        return await self._publish(network, version)

    async def _publish(self, trainer: VlmTrainer, version: PolicyVersion) -> PolicyVersion:
        await self.tidy()
        tag = secrets.token_hex(4)
        version = version.model_copy(
            update={"weights": checkpoint.version_folder(self._root, version.version, tag).name}
        )
        self._root.mkdir(parents=True, exist_ok=True)
        self._unpublished.write_text(version.weights)
        await asyncio.to_thread(checkpoint.publish, trainer.model, self._root, version.version, tag)
        try:
            await self.serve(version)
        except (AdapterRefused, PolicyUnavailable):
            await asyncio.to_thread(self._remove, version.weights)
            raise
        await asyncio.to_thread(checkpoint.save, trainer, self._root / RESUME)
        (self._root / RESUME / "version").write_text(version.weights)
        await self._store.add_policy(version, activate=True, after=version.parent)
        self._unpublished.unlink(missing_ok=True)
        await self._bus.publish(
            PolicyPublished(id=str(version.version), version=version.version, metrics=version.metrics)
        )
        return version

    async def tidy(self) -> None:
        """Remove what a publication left that was interrupted before the store knew of it."""
        if not self._unpublished.is_file():
            return
        name = self._unpublished.read_text()
        if any(one.weights == name for one in await self._store.policies(limit=NEWEST)):
            self._unpublished.unlink(missing_ok=True)
            return
        if name:  # empty: interrupted before it was written
            await self._fleet.unload(name_of(name))
            log.warning("the adapter of a version that was never published is removed", folder=name)
        await asyncio.to_thread(self._remove, name)

    def _remove(self, name: str) -> None:
        """Remove the folder of a version that is not published, and what was written of it."""
        if name:
            for folder in (self._root / name, *self._root.glob(f".{name}.*")):
                shutil.rmtree(folder, ignore_errors=True)
        self._unpublished.unlink(missing_ok=True)

    def resume(self, trainer: VlmTrainer, version: PolicyVersion) -> None:
        """Go on with the optimiser as it was, where its state is this version's."""
        for saved in (self._root / RESUME, checkpoint.replaced(self._root / RESUME)):
            if (saved / "version").is_file() and (saved / "version").read_text() == version.weights:
                checkpoint.resume(trainer, saved)
                return
        log.info("the optimiser begins anew: its state was not kept with this version", version=version.version)
