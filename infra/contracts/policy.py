"""PolicyVersion: one published set of weights. Producer: agent.learner; consumers: agents, API."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from infra.contracts.base import Contract, utcnow


class PolicyVersion(Contract):
    """Versions are whole numbers from 0 (random weights); the store knows which one is active."""

    version: int = Field(ge=0)
    parent: int | None = None
    backend: str = "element"
    weights: str = Field(description="blob key")
    updates: int = Field(default=0, description="optimiser steps since version 0")
    attempts: int = Field(default=0, description="attempts learnt from since version 0")
    metrics: dict[str, float] = Field(default_factory=dict)
    created_at: datetime = Field(default_factory=utcnow)
