"""Policy versions as the learner makes them: weights and optimiser as blobs, the record in the store, the news last.

The order matters: whoever reads the record finds the blobs, whoever hears the news finds the record.
"""

from __future__ import annotations

from typing import Any

import structlog

from agent.policy.network import Scorer
from agent.policy.weights import OtherShape, dump, fresh, load, restore, shape
from infra.blobs.base import Blobs
from infra.contracts.messages import PolicyPublished
from infra.contracts.policy import Balance, PolicyVersion, Sampling
from infra.errors import Conflict, NotFound
from infra.store.base import Store
from infra.streams.base import Bus

log = structlog.get_logger()


def _weights_key(version: int) -> str:
    return f"policies/{version}/weights.pt"


def _optimiser_key(version: int) -> str:
    return f"policies/{version}/optimiser.pt"


class Publisher:
    """Publishes versions, and restores the one that is active."""

    def __init__(self, store: Store, blobs: Blobs, bus: Bus, *, keep: int = 500) -> None:
        """``keep``: versions whose weights are kept, beside the first one and the one that others follow from."""
        self._store = store
        self._blobs = blobs
        self._bus = bus
        self._keep = keep

    async def active(self, *, seed: int, temperature: float = 1.0) -> tuple[PolicyVersion, Scorer]:
        """Return the active version and its network.

        Where there is none, or one of another network, which an earlier version of this program left, random weights
        are published, whose attempts are sampled at ``temperature``.
        """
        version = await self._store.active_policy()
        if version is not None:
            try:
                return version, restore(await self._blobs.get(version.weights))
            except OtherShape:
                number = 1 + (await self._store.policies(limit=1))[0].version
                log.warning("a policy of another shape: learning begins anew", was=version.version, version=number)
        else:
            number = 0
        return await self._begin(number, fresh(seed), temperature)

    async def _begin(self, number: int, network: Scorer, temperature: float) -> tuple[PolicyVersion, Scorer]:
        key = _weights_key(number)
        await self._blobs.put(key, dump(network.state_dict()))
        version = PolicyVersion(
            version=number, weights=key, shape=shape(network), sampling=Sampling(temperature=temperature)
        )
        try:
            await self._store.add_policy(version, activate=True)
        except Conflict:  # it is there, but was never activated
            await self._store.activate_policy(number)
            version = await self._store.policy(number)
        await self._bus.publish(PolicyPublished(id=str(number), version=number))
        return version, network

    async def optimiser(self, version: int) -> dict[str, Any] | None:
        """Return the optimiser's state that goes with a version, if it was kept."""
        try:
            return load(await self._blobs.get(_optimiser_key(version)))
        except NotFound:
            return None

    async def publish(
        self,
        network: Scorer,
        optimiser: dict[str, Any],
        *,
        parent: PolicyVersion,
        updates: int,
        attempts: int,
        metrics: dict[str, float],
        sampling: Sampling,
        balance: Balance | None,
    ) -> PolicyVersion:
        """Publish and activate the next version."""
        newest = await self._store.policies(limit=1)
        number = newest[0].version + 1
        await self._blobs.put(_weights_key(number), dump(network.state_dict()))
        await self._blobs.put(_optimiser_key(number), dump(optimiser))
        version = PolicyVersion(
            version=number,
            parent=parent.version,
            weights=_weights_key(number),
            shape=shape(network),
            updates=updates,
            attempts=attempts,
            metrics=metrics,
            sampling=sampling,
            balance=balance,
        )
        await self._store.add_policy(version, activate=True, after=parent.version)
        await self._bus.publish(PolicyPublished(id=str(number), version=number, metrics=metrics))
        await self._blobs.delete_prefix(f"policies/{parent.version}/optimiser.pt")
        old = number - self._keep
        if old > 0 and old != parent.version:  # version 0 stays: it is what all others are compared with
            await self._blobs.delete_prefix(f"policies/{old}/")
        return version
