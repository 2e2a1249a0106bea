"""Policy versions as an agent sees them: the active one, or a pinned one, loaded once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from agent.policy.base import Policy
from agent.policy.element import ElementPolicy
from agent.policy.weights import restore
from infra.blobs.base import Blobs
from infra.contracts.policy import PolicyVersion
from infra.errors import PolicyError
from infra.store.base import Store

KEPT = 4
ELEMENT = "element"


class PolicyRegistry:
    """Reads versions from the store. A policy that was handed out never changes its weights."""

    def __init__(self, store: Store, load: Callable[[PolicyVersion], Awaitable[Policy]]) -> None:
        self._store = store
        self._load = load
        self._loaded: OrderedDict[int, Policy] = OrderedDict()

    async def get(self, pinned: int | None = None) -> Policy:
        """Return the pinned version, or the active one as the store has it now.

        Raises:
            PolicyError: nothing is published yet, or the weights do not fit.
            NotFound: there is no such version.
        """
        if pinned is not None and pinned in self._loaded:
            return self._loaded[pinned]
        version = await (self._store.active_policy() if pinned is None else self._store.policy(pinned))
        if version is None:
            raise PolicyError("no policy version is published yet: the learner publishes the first when it starts")
        policy = self._loaded.pop(version.version, None) or await self._load(version)
        self._loaded[version.version] = policy
        while len(self._loaded) > KEPT:
            self._loaded.popitem(last=False)
        return policy


def from_blobs(blobs: Blobs) -> Callable[[PolicyVersion], Awaitable[Policy]]:
    """Return how versions of the embedded policy are loaded."""

    async def load(version: PolicyVersion) -> Policy:
        if version.backend != ELEMENT:
            raise PolicyError(
                f"policy version {version.version} is of the kind {version.backend!r}, and policy.backend is "
                f"{ELEMENT!r}: activate one of this kind, or begin with an empty database"
            )
        return ElementPolicy(restore(await blobs.get(version.weights)), version.version)

    return load
