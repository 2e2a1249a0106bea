"""The blob port over fsspec: a folder (atomic by rename) or an object store (atomic by nature)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import uuid
from pathlib import PurePosixPath
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from infra.errors import ConfigurationError, InvalidInput, NotFound, StoreError


class FileBlobs:
    """Blobs below one root. Blocking calls run in threads; the local file system is used directly, for speed."""

    def __init__(self, url: str) -> None:
        try:
            self._fs, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise ConfigurationError(f"blobs.url {url!r} cannot be opened: {error}") from error
        self._local = isinstance(self._fs, LocalFileSystem)

    def _path(self, key: str) -> str:
        parts = PurePosixPath(key).parts
        if not parts or key.startswith("/") or "\\" in key or "\0" in key or ".." in parts:
            raise InvalidInput(f"{key!r} is no blob key: it must be a relative path without '..'")
        return f"{self._root.rstrip('/')}/{key}"

    async def put(self, key: str, data: bytes) -> None:
        """Store ``data``, replacing what was there."""
        path = self._path(key)
        write = self._write_local if self._local else self._fs.pipe_file
        await self._call(key, write, path, data)

    def _write_local(self, path: str, data: bytes) -> None:
        beside = f"{path}.{uuid.uuid4().hex[:8]}.part"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            with open(beside, "wb") as file:
                file.write(data)
            os.replace(beside, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise

    async def get(self, key: str) -> bytes:
        """Raises NotFound."""
        data: bytes = await self._call(key, self._fs.cat_file, self._path(key))
        return data

    async def exists(self, key: str) -> bool:
        """Return whether there is such a blob."""
        path = self._path(key)
        self._fs.invalidate_cache()
        return bool(await self._call(key, self._fs.isfile, path))

    async def delete_prefix(self, prefix: str) -> None:
        """Delete every blob below the prefix; nothing there is no error. A whole key deletes that one blob."""
        path = self._path(prefix.rstrip("/"))
        self._fs.invalidate_cache()
        with contextlib.suppress(NotFound):
            await self._call(prefix, self._fs.rm, path, True)

    async def _call(self, key: str, function: Any, *arguments: Any) -> Any:
        try:
            return await asyncio.to_thread(function, *arguments)
        except FileNotFoundError as error:
            raise NotFound(f"there is no blob {key}") from error
        except Exception as error:  # object stores raise errors of their drivers, which are no OSError
            raise StoreError(f"the blob store failed on {key}: {error}") from error
