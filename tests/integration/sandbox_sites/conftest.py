"""A Chromium of these tests' own, and the served seeds that the benchmark is tried on."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, async_playwright

from sandbox_sites.common.site import Site
from sandbox_sites.shop import build
from tests.fixtures.sites import Sandbox, serve_sandbox


@dataclass(frozen=True)
class Instance:
    """A served seed, and the same site in this process, which has the oracles."""

    served: Sandbox
    site: Site
    seed: int


@pytest.fixture(params=[0, 1], ids=["seed 0", "seed 1"])
def instance(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Instance]:
    """The shop of two seeds."""
    if request.param == 0:
        yield Instance(sandbox, build(0), 0)
        return
    with serve_sandbox(request.param) as served:
        yield Instance(served, build(request.param), request.param)


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """One browser; every session gets a context of its own."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-quic"]
        )
        yield browser
        await browser.close()
