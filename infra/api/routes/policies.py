"""Policies: every published version; activate any of them, also an older one."""

from __future__ import annotations

from fastapi import APIRouter

from infra.api.deps import Limit, Offset, Use, Version
from infra.api.models import Listing, PolicyView, listing

router = APIRouter(prefix="/v1/policies", tags=["policies"])


@router.get("")
async def policies(deps: Use, limit: Limit = 50, offset: Offset = 0) -> Listing[PolicyView]:
    """List versions with their metrics, newest first."""
    store = deps.operations.store
    found = await store.policies(limit=limit + 1, offset=offset)
    active = await store.active_policy()
    number = active.version if active is not None else None
    views = [PolicyView(policy=policy, active=policy.version == number) for policy in found]
    return listing(views, limit, offset)


@router.get("/{version}")
async def policy(version: Version, deps: Use) -> PolicyView:
    """Show one version."""
    found = await deps.operations.store.policy(version)
    active = await deps.operations.store.active_policy()
    return PolicyView(policy=found, active=active is not None and active.version == version)


@router.post("/{version}/activate")
async def activate(version: Version, deps: Use) -> PolicyView:
    """Have agents act with this version from their next attempt on; the learner goes on from it."""
    return PolicyView(policy=await deps.operations.activate_policy(version), active=True)
