"""Websites that cannot be used are submitted to the whole service: each fails with its reason, and nothing hangs."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.supervisor import Stack, StackOptions
from tests.fixtures.dead_sites import DEAD, served
from tests.fixtures.services import free_port
from tests.fixtures.stacks import until

ENVIRONMENT = {"PAE_EGRESS__ALLOW_PRIVATE": '["127.0.0.1"]', "PAE_BROWSER__NAVIGATION_SECONDS": "3"}


async def _outcome(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    """Submit a website; return it once it is known whether it can be practised."""
    answer = await client.post("/v1/websites", json={"url": url})
    assert answer.status_code == 201, answer.text
    path = f"/v1/websites/{answer.json()['id']}"

    async def decided() -> dict[str, Any] | None:
        website: dict[str, Any] = (await client.get(path)).json()["website"]
        return None if website["status"] in ("submitted", "surveying") else website

    found: dict[str, Any] = await until(decided, 120, f"the outcome of {url}")
    return found


@pytest.mark.timeout(300)
async def test_each_fails_with_its_reason(tmp_path: Path) -> None:
    stack_options = StackOptions(folder=tmp_path, contexts=2, port=0, environment=ENVIRONMENT)
    async with AsyncExitStack() as open_sites:
        sites = {name: await open_sites.enter_async_context(served(answer)) for name, (answer, _) in DEAD.items()}
        expected = {name: words for name, (_, words) in DEAD.items()}
        sites["nobody listens"], expected["nobody listens"] = f"http://127.0.0.1:{free_port()}/", "refused"
        stack = await open_sites.enter_async_context(Stack(stack_options))
        await stack.ready()
        client = await open_sites.enter_async_context(httpx.AsyncClient(base_url=stack.api, timeout=10))
        outcomes = await asyncio.gather(*(_outcome(client, url) for url in sites.values()))
        restarts = {name: child.restarts for name, child in stack.children.items() if child.restarts}
        refused = {
            url: (await client.post("/v1/websites", json={"url": url})).json()
            for url in ("http://169.254.169.254/", "http://127.0.0.2:6379/", "file:///etc/passwd", "http://[::1]:9/")
        }
    for (name, url), website in zip(sites.items(), outcomes, strict=True):
        assert website["status"] == "failed", (name, url, website)
        assert expected[name] in website["status_reason"], (name, website["status_reason"])
    assert restarts == {}
    for url, problem in refused.items():
        assert problem["status"] in (403, 422), (url, problem)
        assert len(problem["detail"]) > 20, (url, problem)
