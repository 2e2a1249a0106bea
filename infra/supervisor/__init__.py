"""All services on one machine: the same processes as in a deployment, over an embedded Redis and SQLite."""

from __future__ import annotations

from infra.supervisor.stack import Stack, StackOptions

__all__ = ["Stack", "StackOptions"]
