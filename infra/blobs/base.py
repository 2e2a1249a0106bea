"""The blob port: screenshots, trajectories and weights, by key, as bytes.

Keys are relative POSIX paths such as ``trajectories/web_1/att_2.json.gz``. Writes are atomic: a reader sees the
whole blob or none.
"""

from __future__ import annotations

from typing import Protocol


class Blobs(Protocol):
    """Every method may raise StoreError."""

    async def put(self, key: str, data: bytes) -> None:
        """Store ``data``, replacing what was there. Raises InvalidInput for a key that climbs out of the store."""

    async def get(self, key: str) -> bytes:
        """Raises NotFound."""

    async def exists(self, key: str) -> bool: ...
    async def delete_prefix(self, prefix: str) -> None:
        """Delete every blob whose key starts with ``prefix`` (a folder, ending with /)."""
