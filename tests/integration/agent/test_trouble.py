"""Pages that misbehave, and a browser that breaks."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest

from agent.browser import Browser, Environment
from infra.contracts.action import Back, Click
from infra.contracts.observation import Observation
from infra.errors import BrowserCrashed, BrowserError
from infra.settings import BrowserSettings
from tests.fixtures.browser import Site, find, texts, website

pytestmark = pytest.mark.asyncio(loop_scope="module")

SLACK = 4.0  # seconds that a busy machine may add to a bound


@pytest.fixture(scope="module")
def browser_settings() -> BrowserSettings:
    """Short bounds, since most tests here run into one."""
    return BrowserSettings(navigation_seconds=2.0, settle_seconds=1.5, action_seconds=2.0)


async def _click(env: Environment, seen: Observation, name: str) -> Observation:
    return (await env.act(Click(mark=find(seen, name).mark))).observation


async def _works(env: Environment, site: Site) -> bool:
    """Whether a page can still be loaded and clicked on."""
    site.page("/works", "<button onclick='this.textContent=\"Yes\"'>Works?</button>")
    seen = await _click(env, await env.load(f"{site.url}/works"), "Works?")
    return [element.name for element in seen.elements] == ["Yes"]


# tabs and dialogs


@pytest.mark.parametrize(
    "control",
    ["<a href=/two target=_blank>Go</a>", "<button onclick=\"window.open('/two')\">Go</button>"],
    ids=["link", "script"],
)
async def test_a_new_tab_is_seen_and_back_closes_it(env: Environment, site: Site, control: str) -> None:
    site.page("/", control)
    site.page("/two", "<h1>Second</h1><form method=post action=/add><button>Add</button></form>")
    site.page("/add", "<h1>Added</h1>")
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    assert (seen.url, seen.notices) == (f"{site.url}/two", ("a new tab was opened; going back closes it",))
    added = await env.act(Click(mark=find(seen, "Add").mark))
    assert (texts(added.observation), added.requests) == (["Added"], ("POST /add",))
    assert (await env.act(Back())).observation.url == f"{site.url}/two"
    seen = (await env.act(Back())).observation
    assert (seen.url, seen.error) == (f"{site.url}/", None)
    assert len(env._context.pages) == 1


async def test_a_new_tab_to_a_forbidden_host_is_closed(env: Environment, site: Site, forbidden: Site) -> None:
    site.page("/", f"<button onclick=\"window.open('{forbidden.url}/')\">Go</button>")
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    assert seen.url == f"{site.url}/"
    (notice,) = seen.notices
    assert notice == f"a new tab was closed: 127.0.0.2:{forbidden.port} is not one of the website's hosts"
    assert forbidden.connections == 0
    assert len(env._context.pages) == 1


@pytest.mark.parametrize(
    ("call", "result", "notice"),
    [
        ("alert('Hi')", "undefined", "alert accepted: Hi"),
        ("confirm('Sure?')", "true", "confirm accepted: Sure?"),
        ("prompt('Name?')", "null", "prompt dismissed: Name?"),
    ],
    ids=["alert", "confirm", "prompt"],
)
async def test_dialogs_are_answered_and_told(env: Environment, site: Site, call: str, result: str, notice: str) -> None:
    site.page("/", f'<button onclick="p.textContent = String({call})">Ask</button><p id=p>-</p>')
    seen = await _click(env, await env.load(f"{site.url}/"), "Ask")
    assert (texts(seen), seen.notices, seen.error) == ([result], (notice,), None)
    assert (await env.observe()).notices == ()


async def test_a_tab_may_close_itself(env: Environment, site: Site) -> None:
    site.page("/", "<h1>First</h1><button onclick=\"window.open('/two')\">Go</button>")
    site.page("/two", "<button onclick='window.close()'>Done</button>")
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    popup = env._tab.page
    closing = await _click(env, seen, "Done")
    if not popup.is_closed():
        await popup.wait_for_event("close")
    seen = await env.observe()
    assert (texts(seen), seen.error) == (["First"], None)
    assert closing.notices + seen.notices == ("the tab closed itself",)
    assert await _works(env, site)


async def test_an_empty_new_tab_is_seen_without_delay(env: Environment, site: Site) -> None:
    site.page("/", "<button onclick=\"window.open('about:blank').document.body.innerHTML='<p>Hi</p>'\">Go</button>")
    acted = await env.act(Click(mark=find(await env.load(f"{site.url}/"), "Go").mark))
    assert (texts(acted.observation), acted.observation.error) == (["Hi"], None)
    assert acted.timings.settle < 1.4


async def test_a_page_that_asks_before_it_is_left_is_left(env: Environment, site: Site) -> None:
    site.page("/", "<a href=/two>Go</a><script>onbeforeunload = (e) => { e.preventDefault(); return 'no' }</script>")
    site.page("/two", "<h1>Second</h1>")
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    assert (texts(seen), seen.notices, seen.error) == (["Second"], (), None)


async def test_an_endless_dialog_loop_is_broken(env: Environment, site: Site) -> None:
    site.page("/", "<button onclick=\"while (true) alert('again')\">Loop</button>")
    begun = time.monotonic()
    seen = await _click(env, await env.load(f"{site.url}/"), "Loop")
    assert time.monotonic() - begun < 8 + SLACK
    assert seen.error is not None
    assert seen.error.endswith("was loaded again")
    assert len(seen.notices) <= 11
    assert await _works(env, site)


async def test_dialogs_at_an_interval_do_not_hang_the_page(env: Environment, site: Site) -> None:
    site.page("/", "<button onclick=\"setInterval(() => alert('again'), 1)\">Nag</button>")
    begun = time.monotonic()
    seen = await _click(env, await env.load(f"{site.url}/"), "Nag")
    for _ in range(2):
        seen = (await env.act(Click(mark=0))).observation
        assert len(seen.notices) <= 20
    assert time.monotonic() - begun < 15 + SLACK
    assert await _works(env, site)


# pages that break


async def test_a_crashed_page_is_loaded_again(env: Environment, site: Site) -> None:
    site.page("/", "<h1>Here</h1><button>Go</button>")
    seen = await env.load(f"{site.url}/")
    page = env._tab.page
    session = await page.context.new_cdp_session(page)
    crashed = asyncio.Event()
    page.on("crash", lambda _: crashed.set())
    call = asyncio.ensure_future(session.send("Page.crash"))
    async with asyncio.timeout(20):
        await crashed.wait()
    seen = await _click(env, seen, "Go")
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert (seen.url, texts(seen)) == (f"{site.url}/", ["Here"])
    assert seen.error == "the page crashed and was loaded again"
    assert await _works(env, site)


@pytest.mark.parametrize(
    "control",
    [
        "<button onclick='while (true) {}'>Freeze</button>",
        "<button onclick='setTimeout(\"for(;;){}\")'>Freeze</button>",
    ],
    ids=["at once", "soon after"],
)
async def test_a_frozen_page_is_loaded_again(env: Environment, site: Site, control: str) -> None:
    site.page("/", control)
    begun = time.monotonic()
    seen = await _click(env, await env.load(f"{site.url}/"), "Freeze")
    assert time.monotonic() - begun < 8 + SLACK
    assert (seen.url, seen.error) == (f"{site.url}/", "the page froze and was loaded again")
    assert await _works(env, site)


async def test_a_download_is_refused(env: Environment, site: Site) -> None:
    site.page("/", "<a href=/file>Get</a>")
    site.answer("/file", b"PK", headers={"content-disposition": "attachment; filename=data.zip"})
    seen = await _click(env, await env.load(f"{site.url}/"), "Get")
    assert (seen.url, seen.error) == (f"{site.url}/", None)
    assert seen.notices == ("a download was refused: data.zip",)
    assert await _works(env, site)


async def test_a_link_that_never_answers_is_told(env: Environment, site: Site) -> None:
    site.page("/", "<h1>Here</h1><a href=/hang>Go</a>")
    site.hang("/hang")
    begun = time.monotonic()
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    assert time.monotonic() - begun < 5 + SLACK
    assert (seen.url, seen.error) == (f"{site.url}/", "the page could not be loaded: it did not answer within 2 s")
    begun = time.monotonic()
    assert (await env.observe()).error is None
    assert time.monotonic() - begun < 1.5  # it is not waited for again
    assert await _works(env, site)


async def test_a_link_to_a_broken_answer_is_told(env: Environment, site: Site) -> None:
    site.page("/", "<h1>Here</h1><a href=/empty>Go</a><a href=/failing>Fail</a>")
    site.drop("/empty")
    site.answer("/failing", "<h1>Oops</h1>", status=500, headers={"content-type": "text/html"})
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    assert (seen.url, texts(seen)[0]) == (f"{site.url}/", "Here")
    assert seen.error == "the page could not be loaded: its host answered with nothing"
    seen = await _click(env, seen, "Fail")
    assert (seen.status, seen.error, texts(seen)) == (500, None, ["Oops"])


# a browser that breaks


async def _browser_pid(browser: Browser) -> int:
    running = browser._current
    assert running is not None
    session = await running.browser.new_browser_cdp_session()
    processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    (pid,) = [int(process["id"]) for process in processes if process["type"] == "browser"]
    return pid


async def test_a_killed_browser_is_replaced(chromium: Browser, site: Site) -> None:
    site.page("/", "<button>Go</button>")
    async with chromium.context(website(site)) as env:
        await env.load(f"{site.url}/")
        killed = await _browser_pid(chromium)
        os.kill(killed, signal.SIGKILL)
        with pytest.raises(BrowserCrashed):
            await env.act(Click(mark=0))
        with pytest.raises(BrowserError):
            await env.load(f"{site.url}/")
    async with chromium.context(website(site)) as env:
        assert await _works(env, site)
    assert await _browser_pid(chromium) != killed
