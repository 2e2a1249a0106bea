"""What a page may reach: its own hosts, other public hosts where the website permits it, never a private address.

Every way out is tried to three servers: the website's own, where it must work; one that is as good as public
("elsewhere"); and one at a private address.
"""

from __future__ import annotations

import contextlib

import pytest

import infra.egress
from agent.browser import Browser, Environment
from infra.contracts.action import Click, Wait
from infra.contracts.observation import Observation
from infra.errors import BrowserError, ForbiddenAddress, InvalidInput
from tests.fixtures.browser import ALLOWED, FORBIDDEN, Site, texts, website

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENDED = "document.title='ended'"
EITHER = pytest.mark.parametrize("third_party", [True, False], ids=["with others", "own hosts only"])

RESOURCES = {
    "img": f'<img src="{{there}}" onload="{ENDED}" onerror="{ENDED}">',
    "script": f'<script src="{{there}}" onload="{ENDED}" onerror="{ENDED}"></script>',
    "style sheet": f'<link rel=stylesheet href="{{there}}" onload="{ENDED}" onerror="{ENDED}">',
    "prefetch": f'<link rel=prefetch href="{{there}}" onload="{ENDED}" onerror="{ENDED}">',
    "video": f'<video src="{{there}}" onerror="{ENDED}"></video>',
    "fetch": f"<script>fetch('{{there}}', {{mode: 'no-cors'}}).finally(() => {{{ENDED}}})</script>",
    "XHR": "<script>const x = new XMLHttpRequest(); x.open('GET', '{there}');"
    f"x.onloadend = () => {{{ENDED}}}; x.send()</script>",
    "WebSocket": f"<script>new WebSocket('{{there}}'.replace('http', 'ws')).onclose = () => {{{ENDED}}}</script>",
    "EventSource": f"<script>new EventSource('{{there}}').onerror = () => {{{ENDED}}}</script>",
    "beacon": "<script>navigator.sendBeacon('{there}', 'x');"
    f"fetch('{{there}}', {{mode: 'no-cors'}}).finally(() => {{{ENDED}}})</script>",
    "worker": "<script>const w = new Worker(URL.createObjectURL(new Blob([`fetch('{there}', {{mode: 'no-cors'}})"
    f".finally(() => postMessage(1))`])));w.onmessage = () => {{{ENDED}}}</script>",
}  # fmt: skip

NAVIGATIONS = {
    "link": '<a href="{there}">Go</a>',
    "script": "<button onclick=\"location='{there}'\">Go</button>",
    "form": '<form action="{there}"><button>Go</button></form>',
    "POST form": '<form method=post action="{there}"><button>Go</button></form>',
    "redirect": '<a href="/away">Go</a>',
    "meta refresh": '<a href="/refresh">Go</a>',
    "script at once": '<a href="/jump">Go</a>',
    "new tab": '<a href="{there}" target=_blank>Go</a>',
    "window.open": "<button onclick=\"window.open('{there}')\">Go</button>",
    "late window.open": "<button onclick=\"const w = window.open(''); w.location = '{there}'\">Go</button>",
    "frame": "<button onclick=\"document.body.insertAdjacentHTML('beforeend', '<iframe src={there}></iframe>')\">Go"
    "</button>",
}


# Where other public hosts may be connected to at all, a new tab's first request is under way before anyone is told of
# the tab: it is closed unseen.
NEW_TABS = ("new tab", "window.open", "late window.open")


def _prepare(site: Site, body: str, there: Site) -> None:
    target = f"{there.url}/target"
    there.page("/target", "<h1>TARGET</h1>")
    site.page("/", body.replace("{there}", target).replace("{{", "{").replace("}}", "}"))
    site.redirect("/away", target)
    site.page("/refresh", f'<meta http-equiv=refresh content="0;url={target}">')
    site.page("/jump", f"<script>location = '{target}'</script>")


def _hits(there: Site) -> int:
    return sum(request.endswith(" /target") for request in there.requests)


async def _until_ended(env: Environment, seen: Observation) -> None:
    for _ in range(10):
        if seen.title == "ended":
            return
        seen = (await env.act(Wait(seconds=1))).observation
    pytest.fail("the page did not get to its end")


@EITHER
@pytest.mark.parametrize("way", RESOURCES)
async def test_resources(
    chromium: Browser, site: Site, elsewhere: Site, forbidden: Site, way: str, third_party: bool
) -> None:
    for there in (site, elsewhere, forbidden):
        _prepare(site, RESOURCES[way], there)
        async with chromium.context(website(site, third_party=third_party)) as env:
            await _until_ended(env, await env.load(f"{site.url}/"))
    assert _hits(site) > 0
    assert (_hits(elsewhere) > 0) == third_party
    assert forbidden.connections == 0


@EITHER
@pytest.mark.parametrize("way", NAVIGATIONS)
async def test_navigation(
    chromium: Browser, site: Site, elsewhere: Site, forbidden: Site, way: str, third_party: bool
) -> None:
    _prepare(site, NAVIGATIONS[way], site)
    async with chromium.context(website(site, third_party=third_party)) as env:
        await env.load(f"{site.url}/")
        seen = (await env.act(Click(mark=0))).observation
        assert (texts(seen)[-1], seen.error) == ("TARGET", None)
    for there in (elsewhere, forbidden):
        _prepare(site, NAVIGATIONS[way], there)
        async with chromium.context(website(site, third_party=third_party)) as env:
            await env.load(f"{site.url}/")
            seen = (await env.act(Click(mark=0))).observation
            assert "TARGET" not in texts(seen)
            assert seen.url.startswith(site.url) or seen.url == "about:blank"
            assert bool(seen.error or seen.notices) == (way != "frame")  # an advertisement's frame is no trouble
        if there is forbidden or way not in NEW_TABS:
            assert there.connections == 0


@EITHER
async def test_navigation_between_looks(chromium: Browser, site: Site, forbidden: Site, third_party: bool) -> None:
    _prepare(
        site, "<h1>HERE</h1><button onclick=\"setTimeout(() => { location='{there}' }, 300)\">Go</button>", forbidden
    )
    async with chromium.context(website(site, third_party=third_party)) as env:
        await env.load(f"{site.url}/")
        seen = (await env.act(Click(mark=0))).observation
        for _ in range(10):
            if seen.error is not None:
                break
            seen = (await env.act(Wait(seconds=1))).observation
        assert seen.error is not None
        assert "not one of the website's hosts" in seen.error
        assert (seen.url, texts(seen)[0]) == (f"{site.url}/", "HERE")
    assert forbidden.connections == 0


@EITHER
@pytest.mark.parametrize("path", ["/target", "/away", "/refresh", "/jump"])
async def test_the_start_page(
    chromium: Browser, site: Site, elsewhere: Site, forbidden: Site, path: str, third_party: bool
) -> None:
    _prepare(site, "", site)
    async with chromium.context(website(site, third_party=third_party)) as env:
        assert texts(await env.load(f"{site.url}{path}")) == ["TARGET"]
    for there in (elsewhere, forbidden):
        _prepare(site, "", there)
        start = there if path == "/target" else site
        async with chromium.context(website(site, third_party=third_party)) as env:
            with pytest.raises(ForbiddenAddress):
                await env.load(f"{start.url}{path}")
            site.page("/fine", "<h1>FINE</h1>")
            assert texts(await env.load(f"{site.url}/fine")) == ["FINE"]
        assert there.connections == 0


@EITHER
async def test_no_service_worker_is_installed(
    chromium: Browser, site: Site, forbidden: Site, third_party: bool
) -> None:
    source = f"self.oninstall = (e) => e.waitUntil(fetch('{forbidden.url}/', {{mode: 'no-cors'}}))"
    site.answer("/sw.js", source, headers={"content-type": "text/javascript"})
    register = f"navigator.serviceWorker.register('/sw.js').catch(() => 0).then(() => {{{ENDED}}})"
    site.page("/", f"<script>{register}</script>")
    async with chromium.context(website(site, third_party=third_party)) as env:
        await _until_ended(env, await env.load(f"{site.url}/"))
    assert site.requests == ["GET /"]
    assert forbidden.connections == 0


OTHER_SCHEMES = ["file:///etc/passwd", "data:text/html,<h1>root:</h1>", "view-source:file:///etc/passwd",
                 "chrome://version", "ftp://127.0.0.2/", "javascript:document.write('root:')"]  # fmt: skip


@pytest.mark.parametrize("url", OTHER_SCHEMES)
async def test_other_schemes_lead_nowhere(env: Environment, site: Site, url: str) -> None:
    site.page("/fine", "<h1>FINE</h1>")
    with pytest.raises(ForbiddenAddress):
        await env.load(url)
    if not url.startswith("javascript:"):  # which a page may well use for itself
        site.redirect("/away", url)
        quoted = url.replace("'", "\\'")
        for control in (
            f'<a href="{url}">Go</a>',
            "<a href=/away>Go</a>",
            f"<button onclick=\"location='{quoted}'\">Go</button>",
            f"<button onclick=\"window.open('{quoted}')\">Go</button>",
            f"<button onclick=\"document.body.insertAdjacentHTML('beforeend', '<iframe src={quoted}>')\">Go</button>",
        ):
            site.page("/", control)
            await env.load(f"{site.url}/")
            seen = (await env.act(Click(mark=0))).observation
            assert seen.url in (f"{site.url}/", "about:blank")
            assert [text for text in texts(seen) if "root:" in text or "Chromium" in text] == []
    assert texts(await env.load(f"{site.url}/fine")) == ["FINE"]


@EITHER
@pytest.mark.parametrize("host", ["127.2", "0x7f000002", "2130706434", "0177.0.0.2", "[::ffff:127.0.0.2]"])
async def test_other_spellings_of_a_private_address(
    chromium: Browser, site: Site, forbidden: Site, host: str, third_party: bool
) -> None:
    url = f"http://{host}:{forbidden.port}/"
    site.page("/", f'<img src="{url}" onload="{ENDED}" onerror="{ENDED}"><a href="{url}">Go</a>')
    async with chromium.context(website(site, third_party=third_party)) as env:
        await _until_ended(env, await env.load(f"{site.url}/"))
        assert (await env.act(Click(mark=0))).observation.error
        with pytest.raises(ForbiddenAddress):
            await env.load(url)
    submitted = website(site, third_party=third_party).model_copy(
        update={"allowed_hosts": (f"{host}:{forbidden.port}", f"{FORBIDDEN}:{forbidden.port}")}
    )
    async with chromium.context(submitted) as env:
        with contextlib.suppress(BrowserError), pytest.raises(ForbiddenAddress):
            await env.load(url)
    assert forbidden.connections == 0


@EITHER
@pytest.mark.parametrize("addresses", [[FORBIDDEN], ["203.0.113.7", FORBIDDEN]], ids=["private", "also private"])
async def test_names_that_resolve_to_a_private_address(
    chromium: Browser,
    site: Site,
    forbidden: Site,
    monkeypatch: pytest.MonkeyPatch,
    addresses: list[str],
    third_party: bool,
) -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return addresses

    monkeypatch.setattr(infra.egress, "resolve", resolve)
    url = f"http://evil.test:{forbidden.port}/"
    submitted = website(site, third_party=third_party).model_copy(
        update={"allowed_hosts": (f"{ALLOWED}:{site.port}", f"evil.test:{forbidden.port}")}
    )
    site.page("/", f'<img src="{url}" onload="{ENDED}" onerror="{ENDED}">')
    async with chromium.context(submitted) as env:
        await _until_ended(env, await env.load(f"{site.url}/"))
        with pytest.raises((ForbiddenAddress, InvalidInput), match="is not a public address"):
            await env.load(url)
    assert set(asked) == {"evil.test"}
    assert forbidden.connections == 0


@EITHER
async def test_another_port_of_the_same_host(chromium: Browser, site: Site, third_party: bool) -> None:
    other = Site()
    await other.start(ALLOWED)
    try:
        for url in (f"{other.url}/", f"http://localhost:{other.port}/"):
            site.page("/", f'<img src="{url}" onload="{ENDED}" onerror="{ENDED}"><a href="{url}">Go</a>')
            async with chromium.context(website(site, third_party=third_party)) as env:
                await _until_ended(env, await env.load(f"{site.url}/"))
                assert (await env.act(Click(mark=0))).observation.error
        assert other.connections == 0
    finally:
        await other.stop()
