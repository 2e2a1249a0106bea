"""How an agent gets a version of the vision-language policy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from agent.policy.base import Policy
from agent.policy.vlm.adapters import adapter, budget
from agent.policy.vlm.fleet import Fleet
from agent.policy.vlm.policy import VlmPolicy
from infra.contracts.policy import PolicyVersion
from infra.settings_vlm import VlmSettings


def from_fleet(fleet: Fleet, settings: VlmSettings) -> Callable[[PolicyVersion], Awaitable[Policy]]:
    """Return how versions are loaded: nothing is, until a replica turns out to lack one when it is asked."""

    async def load(version: PolicyVersion) -> Policy:
        return VlmPolicy(fleet, adapter(version, settings), version.version, budget(settings))

    return load
