"""Start pages: those that cannot be loaded, and those that are odd but can."""

from __future__ import annotations

import re
import time

import pytest

import infra.egress
from agent.browser import Browser, Environment, open_browser
from infra.errors import ForbiddenAddress, PageUnreachable
from infra.settings import BrowserSettings, EgressSettings
from tests.fixtures.browser import ALLOWED, Site, html, texts, website
from tests.fixtures.services import free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def browser_settings() -> BrowserSettings:
    """A page must answer soon here; all else is as in practice."""
    return BrowserSettings(navigation_seconds=1.5)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/loop", "cannot be loaded: it redirects endlessly"),
        ("/hang", "cannot be loaded: it did not answer within 2 s"),
        ("/empty", "cannot be loaded: its host answered with nothing"),
        ("/file", "cannot be loaded: it is no page: a download, or an empty answer"),
        ("/nothing", "cannot be loaded: it is no page: a download, or an empty answer"),
    ],
)
async def test_a_page_that_cannot_be_loaded_says_why(env: Environment, site: Site, path: str, words: str) -> None:
    site.redirect("/loop", "/loop")
    site.hang("/hang")
    site.drop("/empty")
    site.answer("/file", b"PK", headers={"content-disposition": "attachment; filename=data.zip"})
    site.answer("/nothing", status=204)
    site.page("/", "<h1>Fine</h1>")
    begun = time.monotonic()
    with pytest.raises(PageUnreachable, match=re.escape(words)):
        await env.load(f"{site.url}{path}")
    assert time.monotonic() - begun < 6
    assert texts(await env.load(f"{site.url}/")) == ["Fine"]


async def test_a_page_with_an_error_status_is_still_a_page(env: Environment, site: Site) -> None:
    site.answer("/", html("<h1>Broken</h1>"), status=500, headers={"content-type": "text/html"})
    seen = await env.load(f"{site.url}/")
    assert (seen.status, texts(seen), seen.error) == (500, ["Broken"], None)


@pytest.mark.parametrize(
    ("content_type", "body", "words"),
    [
        ("text/plain", "Plain words", ["Plain words"]),
        ("application/json", '{"price": 3}', ['{"price": 3}']),
        (
            "application/xhtml+xml",
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Strict</p></body></html>',
            ["Strict"],
        ),
        ("text/xml", "<a><b>Tree</b></a>", None),
        ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"><text y="20">Drawn</text></svg>', None),
        ("text/html", "", []),
        ("text/html", "<frameset><frame src='about:blank'></frameset>", []),
    ],
)
async def test_whatever_a_browser_shows_can_be_looked_at(
    env: Environment, site: Site, content_type: str, body: str, words: list[str] | None
) -> None:
    site.answer("/", body, headers={"content-type": content_type})
    seen = await env.load(f"{site.url}/")
    assert (seen.url, seen.status, seen.error) == (f"{site.url}/", 200, None)
    assert words is None or texts(seen) == words


@pytest.mark.parametrize("url", ["nonsense", "http://", "http://[", "http://u:p@127.0.0.1/", "http://127.0.0.1:99999/"])
async def test_what_is_no_address_is_refused(env: Environment, url: str) -> None:
    with pytest.raises((ForbiddenAddress, PageUnreachable)):
        await env.load(url)


async def test_redirects_are_counted(env: Environment, site: Site) -> None:
    site.redirect("/", "/one")
    site.redirect("/one", "/two")
    site.page("/two", "<h1>End</h1>")
    seen = await env.load(f"{site.url}/")
    assert (seen.url, seen.status, env.redirects) == (f"{site.url}/two", 200, 2)
    await env.load(f"{site.url}/two")
    assert env.redirects == 0


async def test_a_host_that_refuses_connections(chromium: Browser, site: Site) -> None:
    dead = free_port()
    url = f"http://{ALLOWED}:{dead}/"
    mine = website(site).model_copy(update={"url": url, "allowed_hosts": (f"{ALLOWED}:{dead}",)})
    async with (
        open_browser(BrowserSettings(), EgressSettings(allow_private=(f"{ALLOWED}:{dead}",))) as browser,
        browser.context(mine) as env,
    ):
        with pytest.raises(PageUnreachable, match="its host refused the connection"):
            await env.load(url)
    async with chromium.context(mine) as env:
        with pytest.raises(ForbiddenAddress, match="is not a public address"):
            await env.load(url)


async def test_hosts_behind_the_guard(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """By network, the operator allows addresses but no names: every connection goes through the guard."""
    dead = free_port()
    site.page("/", "<h1>Named</h1>")

    async def resolve(host: str, port: int) -> list[str]:
        assert host == "shop.test"
        return [ALLOWED]

    monkeypatch.setattr(infra.egress, "resolve", resolve)
    hosts = (f"shop.test:{site.port}", f"shop.test:{dead}")
    mine = website(site).model_copy(update={"url": f"http://shop.test:{site.port}/", "allowed_hosts": hosts})
    async with (
        open_browser(BrowserSettings(), EgressSettings(allow_private=("127.0.0.0/8",))) as browser,
        browser.context(mine) as env,
    ):
        with pytest.raises(PageUnreachable, match=rf"shop\.test:{dead} cannot be connected to"):
            await env.load(f"http://shop.test:{dead}/")
        assert texts(await env.load(mine.url)) == ["Named"]


async def test_a_page_that_never_comes_to_rest_is_observed(env: Environment, site: Site) -> None:
    site.hang("/image")
    site.page(
        "/", "<h1>Busy</h1><img src=/image><p id=p></p><script>setInterval(() => { p.textContent += 'x' }, 1)</script>"
    )
    begun = time.monotonic()
    seen = await env.load(f"{site.url}/")
    assert texts(seen)[0] == "Busy"
    assert time.monotonic() - begun < 3 + 4
