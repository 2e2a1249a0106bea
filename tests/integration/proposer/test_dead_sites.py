"""Websites whose start page cannot be used, seen through a real browser: each fails with a reason, nothing hangs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from agent.browser import Browser, open_browser
from infra.contracts.website import Safety, Website
from infra.settings import BrowserSettings, EgressSettings
from proposer.survey import Survey, SurveyFailed, Surveyor
from tests.fixtures.services import free_port
from tests.integration.proposer.through_browser import BrowserVisitor

Answer = Callable[[str], bytes | None]


def page(body: str, status: str = "200 OK", headers: str = "") -> bytes:
    text = f"<!doctype html><title>t</title>{body}".encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(text)}\r\n{headers}Connection: close"
    return head.encode() + b"\r\n\r\n" + text


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[str]:
    """Serve ``answer(path)`` on loopback; None: never answer."""
    open_ends: list[asyncio.Event] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        body = answer(head.split()[1].decode())
        if body is None:
            open_ends.append(asyncio.Event())
            await open_ends[-1].wait()
        else:
            writer.write(body)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        for end in open_ends:
            end.set()
        server.close()
        await server.wait_closed()


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

    async def progress(pages: int) -> None:
        return None

    surveyor = Surveyor(website, BrowserVisitor(browser), own=True, halted=halted, progress=progress)
    async with asyncio.timeout(30):
        return await surveyor.run()


def redirect(to: str) -> bytes:
    return page("", "302 Found", f"Location: {to}\r\n")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda path: page("<p>broken</p>", "500 Internal Server Error"), "500"),
        (lambda path: None, "cannot be opened"),
        (lambda path: redirect(f"{path}x"), "redirect"),
        (lambda path: redirect("http://127.0.0.2:9/"), "127.0.0.2"),
    ],
    ids=["500", "never answers", "endless redirect", "redirect to a forbidden host"],
)
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
