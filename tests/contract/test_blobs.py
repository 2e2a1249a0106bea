"""What every blob store promises, in a folder and on an S3-compatible server."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from infra.blobs import Blobs, open_blobs
from infra.errors import InvalidInput, NotFound
from infra.settings import BlobSettings


async def test_what_was_put_is_got_and_replaced(blobs: Blobs) -> None:
    assert not await blobs.exists("a/b.bin")
    with pytest.raises(NotFound, match="a/b"):
        await blobs.get("a/b.bin")
    for data in (b"one", b"\x00\xff" * 1000):
        await blobs.put("a/b.bin", data)
        assert await blobs.get("a/b.bin") == data
    assert await blobs.exists("a/b.bin")


async def test_a_prefix_is_deleted_and_nothing_beside_it(blobs: Blobs) -> None:
    for key in ("shots/web_1/a.jpg", "shots/web_1/b/c.jpg", "shots/web_10/a.jpg"):
        await blobs.put(key, key.encode())
    await blobs.delete_prefix("shots/web_1/")
    await blobs.delete_prefix("shots/web_7/")
    assert not await blobs.exists("shots/web_1/a.jpg")
    assert not await blobs.exists("shots/web_1/b/c.jpg")
    assert await blobs.get("shots/web_10/a.jpg") == b"shots/web_10/a.jpg"


async def test_many_at_once(blobs: Blobs) -> None:
    await asyncio.gather(*(blobs.put(f"many/{i}", str(i).encode()) for i in range(40)))
    assert [await blobs.get(f"many/{i}") for i in range(40)] == [str(i).encode() for i in range(40)]


@pytest.mark.parametrize("key", ["../outside", "a/../../outside", "/etc/passwd", ""])
async def test_a_key_cannot_leave_the_store(tmp_path: Path, key: str) -> None:
    blobs = open_blobs(BlobSettings(url=str(tmp_path / "blobs")))
    with pytest.raises(InvalidInput, match="key"):
        await blobs.put(key, b"x")
    assert not (tmp_path / "outside").exists()


async def test_readers_never_see_half_a_blob(tmp_path: Path) -> None:
    blobs = open_blobs(BlobSettings(url=str(tmp_path / "blobs")))
    one, two = b"1" * 200_000, b"2" * 200_000
    await blobs.put("key", one)

    async def write() -> None:
        for _ in range(30):
            await blobs.put("key", two)
            await blobs.put("key", one)

    writing = asyncio.create_task(write())
    while not writing.done():
        assert await blobs.get("key") in (one, two)
    await writing
