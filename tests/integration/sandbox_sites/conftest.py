"""Browsers of these tests' own: one for the sites' solutions, one as the agents have it for the proposer."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from agent.browser import Browser as AgentBrowser
from agent.browser import open_browser
from infra.settings import BrowserSettings, EgressSettings

pytest.register_assert_rewrite("tests.integration.sandbox_sites.suite")


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


@pytest.fixture
async def agents_browser() -> AsyncIterator[AgentBrowser]:
    """A browser as a worker has it."""
    async with open_browser(BrowserSettings(), EgressSettings(allow_private=("127.0.0.1",))) as opened:
        yield opened
