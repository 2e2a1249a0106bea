"""Bodies that are too large are refused, and not read to their end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn

from infra.api.app import create_app
from infra.api.deps import Deps
from infra.settings import ApiSettings, Settings
from tests.integration.api.conftest import World

MOST = 20_000
KEY = "a-key-that-is-long-enough"
SETTINGS = Settings(api=ApiSettings(max_body_bytes=MOST))
CHUNK = b'{"url": "' + b"x" * 991


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API with a small bound, by HTTP."""
    app = create_app(Deps(world.operations, SETTINGS))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        serving = asyncio.create_task(server.serve([listener]))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url, trust_env=False) as opened:
            yield opened
        server.should_exit = True
        await serving


def refused(answer: httpx.Response) -> None:
    assert answer.status_code == 413, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert f"larger than {MOST} bytes" in answer.json()["detail"]
    assert "api.max_body_bytes" in answer.json()["detail"]


async def test_a_body_that_declares_too_much_is_refused(client: httpx.AsyncClient) -> None:
    refused(await client.post("/v1/websites", content=CHUNK * 21))
    refused(await client.put("/v1/control/stop", content=CHUNK * 21))  # whoever would not read it, too
    answer = await client.post("/v1/websites", content=CHUNK * 20)
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
async def test_a_body_in_chunks_is_read_no_further_than_the_bound(client: httpx.AsyncClient, kind: str) -> None:
    async def chunks(count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield CHUNK

    website = (await client.post("/v1/websites", json={"url": "http://127.0.0.1:9/"})).json()["id"]
    headers = {"content-type": kind}
    refused(await client.post(f"/v1/websites/{website}/tasks", content=chunks(21), headers=headers))
    answer = await client.post(f"/v1/websites/{website}/tasks", content=chunks(20), headers=headers)
    assert answer.status_code in (400, 422), answer.text


async def test_what_is_too_large_is_not_waited_for(world: World) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += len(CHUNK)
            yield CHUNK

    app, key = create_app(Deps(world.operations, SETTINGS, (KEY,))), {"x-api-key": KEY}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        refused(await client.post("/v1/websites", content=endless(), headers=key))
        assert read <= MOST + len(CHUNK)
        assert (await client.post("/v1/websites", content=CHUNK * 21)).status_code == 401
