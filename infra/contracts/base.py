"""What every contract shares: frozen, strict about unknown keys, cheap to import.

Nothing in this package imports torch, playwright, sqlalchemy, redis or fastapi.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict


class Contract(BaseModel):
    """A value that crosses a process: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def new_id(prefix: str) -> str:
    """Return a fresh id such as ``att_5f0c…``; sortable only by the store's own timestamps."""
    return f"{prefix}_{uuid.uuid4().hex[:20]}"


def utcnow() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)
