"""Versions and their adapters: how a version's folder is called here, and how replicas know it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from agent.policy.vlm.replica import Adapter
from agent.rendering.prompts import Budget
from infra.contracts.policy import PolicyVersion
from infra.errors import PolicyError
from infra.settings_vlm import VlmSettings

BACKEND = "vlm"


def adapter(version: PolicyVersion, settings: VlmSettings) -> Adapter:
    """Return what replicas call a version, and where they find it.

    ``version.weights`` is the folder's name, which is never used twice, not by another installation either.

    Raises:
        PolicyError: it is a version of another kind of policy.
    """
    if version.backend != BACKEND:
        raise PolicyError(
            f"policy version {version.version} is of the kind {version.backend!r}, and policy.backend is {BACKEND!r}: "
            "activate one of this kind, or begin with an empty database"
        )
    root = settings.adapters_served or str(Path(settings.adapters).resolve())
    return Adapter(name_of(version.weights), str(PurePosixPath(root) / version.weights))


def name_of(folder: str) -> str:
    """Return what replicas call the adapter of a folder."""
    return f"pae-{folder}"


def budget(settings: VlmSettings) -> Budget:
    """Return how long prompts and replies may get: the same for whoever samples and whoever learns."""
    return Budget(
        elements=settings.element_tokens,
        steps=settings.history_steps,
        reply_thought=settings.thought_characters,
        reply_text=settings.text_characters,
    )
