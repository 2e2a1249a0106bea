"""Demonstrations recorded by the real Playwright: its trace and its HAR."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from agent.browser.launcher import FLAGS, find_chromium
from infra.demos import read_har, read_trace
from tests.fixtures.browser import Site

FORM = (
    "<h1>Shop</h1><form action=/find><label>Search <input name=q></label>"
    "<label>The word <input type=password name=pw></label><button>Go</button></form>"
)


@pytest.mark.asyncio(loop_scope="module")
async def test_what_playwright_records_is_read(tmp_path: Path, site: Site) -> None:
    for path in ("/", "/find"):
        site.page(path, FORM)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(None, playwright), args=[*FLAGS])
        context = await browser.new_context(record_har_path=tmp_path / "a.har")
        await context.tracing.start(screenshots=True, snapshots=True)
        page = await context.new_page()
        await page.goto(f"{site.url}/")
        await page.get_by_label("Search").fill("lamp")
        await page.get_by_label("The word").fill("hush")
        await page.get_by_role("button", name="Go").click()
        await context.tracing.stop(path=tmp_path / "trace.zip")
        await context.close()
        await browser.close()
    recorded = read_trace((tmp_path / "trace.zip").read_bytes())
    assert recorded.steps == (
        "open /",
        "enter “lamp” into “Search”",
        "enter “•••” into “The word”",  # its label does not say so, the recorder's log does
        "click the button “Go”",
    )
    assert all(picture.startswith(b"\xff\xd8\xff") for picture in recorded.pictures)
    har = read_har((tmp_path / "a.har").read_bytes(), (f"127.0.0.1:{site.port}",))
    assert har.steps == ("open /", "open /find?q=lamp&pw=•••")
