"""Blobs: a local folder or anything that fsspec reaches."""

from __future__ import annotations

from infra.blobs.base import Blobs
from infra.blobs.files import FileBlobs
from infra.settings import BlobSettings

__all__ = ["Blobs", "open_blobs"]


def open_blobs(settings: BlobSettings) -> Blobs:
    """Return the blob store that the settings name. Raises ConfigurationError for a URL that fsspec cannot open."""
    return FileBlobs(settings.url)
