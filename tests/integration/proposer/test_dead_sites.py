"""Websites whose start page cannot be used, seen through a real browser: each fails with a reason, nothing hangs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from agent.browser import Browser, open_browser
from infra.contracts.website import Safety, Website
from infra.settings import BrowserSettings, EgressSettings
from proposer.survey import Survey, SurveyFailed, Surveyor
from tests.fixtures.dead_sites import DEAD, Answer, page, redirect, served
from tests.fixtures.services import free_port
from tests.integration.proposer.through_browser import BrowserVisitor


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    settings = BrowserSettings(navigation_seconds=2.0)
    async with open_browser(settings, EgressSettings(allow_private=("127.0.0.1",))) as opened:
        yield opened


async def survey(browser: Browser, url: str) -> Survey:
    host = url.split("/")[2]
    website = Website(id="web", url=url, name="dead", allowed_hosts=(host,), safety=Safety(pages_per_second=1000))

    async def halted() -> bool:
        return False

    async def progress(note: str) -> None:
        return None

    surveyor = Surveyor(website, BrowserVisitor(browser), own=True, halted=halted, progress=progress)
    async with asyncio.timeout(30):
        return await surveyor.run()


@pytest.mark.parametrize(("answer", "words"), DEAD.values(), ids=DEAD.keys())
async def test_a_start_page_that_cannot_be_used(browser: Browser, answer: Answer, words: str) -> None:
    async with served(answer) as url:
        with pytest.raises(SurveyFailed, match=words) as failed:
            await survey(browser, url)
    assert len(str(failed.value)) < 300


async def test_a_port_where_nobody_listens(browser: Browser) -> None:
    with pytest.raises(SurveyFailed, match="refused"):
        await survey(browser, f"http://127.0.0.1:{free_port()}/")


async def test_other_pages_may_fail_without_failing_the_site(browser: Browser) -> None:
    links = "".join(f'<p><a href="/{name}">{name}</a></p>' for name in ("fine", "gone", "loop", "away"))

    def answer(path: str) -> bytes:
        if path.startswith("/loop"):
            return redirect(f"{path}x")
        if path == "/away":
            return redirect("http://127.0.0.2:9/")
        if path == "/gone":
            return page("<p>gone</p>", "404 Not Found")
        return page(f"<h1>{path}</h1>{links}")

    async with served(answer) as url:
        found = await survey(browser, url)
    assert set(found.pages) == {url, f"{url}fine"}
    assert sum(found.skipped.values()) == 3
    assert found.skipped["status 404"] == 1
