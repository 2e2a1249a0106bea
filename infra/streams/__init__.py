"""Streams: messages between services, over Redis."""

from __future__ import annotations

from infra.settings import RedisSettings, StreamSettings
from infra.streams.base import Backlog, Bus, DeadLetter
from infra.streams.bus import RedisBus

__all__ = ["Backlog", "Bus", "DeadLetter", "open_bus"]


def open_bus(redis: RedisSettings, streams: StreamSettings, *, consumer: str) -> Bus:
    """Return a bus. ``consumer`` must be unique among living processes; nothing connects before ``start``."""
    return RedisBus(redis.url, streams, consumer)
