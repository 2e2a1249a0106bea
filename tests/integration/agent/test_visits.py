"""Visits: several routes in one go, whatever becomes of each."""

from __future__ import annotations

import time

import pytest

from agent.browser import Browser
from agent.visits import run_visit
from infra.contracts.attempt import StopReason
from infra.contracts.visit import Route, ScriptStep, Visit, VisitReport
from infra.settings import BrowserSettings
from tests.fixtures.browser import Request, Response, Site, find, html, texts, website

pytestmark = pytest.mark.asyncio(loop_scope="module")

SHOP = """<h1>Shop</h1><form action=/find><input name=q aria-label=Search></form>
<form method=post action=/add><select name=size aria-label=Size><option>S</option><option>M</option></select>
<button>Add</button></form><button disabled>Off</button><a href=/one>One</a>"""


@pytest.fixture(scope="module")
def browser_settings() -> BrowserSettings:
    """Short bounds, for dead and frozen pages."""
    return BrowserSettings(navigation_seconds=2.0, settle_seconds=1.5, action_seconds=2.0)


@pytest.fixture
def shop(site: Site) -> Site:
    """A site of a few pages."""

    async def found(request: Request) -> Response:
        return Response(html(f"<h1>{request.query}</h1>"), headers={"content-type": "text/html"})

    async def added(request: Request) -> Response:
        return Response(html(f"<h1>{request.body.decode()}</h1>"), headers={"content-type": "text/html"})

    site.page("/", SHOP)
    site.page("/one", "<h1>One</h1>")
    site.handle("/find", found)
    site.handle("/add", added)
    return site


async def _keys(browser: Browser, site: Site) -> dict[str, str]:
    async with browser.context(website(site)) as env:
        seen = await env.load(f"{site.url}/")
        return {name: find(seen, name).key for name in ("Search", "Size", "Add", "Off", "One")}


async def _visit(browser: Browser, site: Site, *routes: Route, pace: float | None = None) -> VisitReport:
    visit = Visit(id="v1", website_id="w1", routes=routes, pages_per_second=pace)
    report = await run_visit(browser, website(site), visit)
    assert (report.visit_id, report.website_id) == ("v1", "w1")
    assert [one.route for one in report.routes] == list(routes)
    return report


async def test_pictures_are_kept_where_they_are_asked_for(chromium: Browser, shop: Site) -> None:
    kept: dict[int, bytes] = {}

    async def keep(index: int, jpeg: bytes) -> str:
        kept[index] = jpeg
        return f"key {index}"

    routes = [Route(url=f"{shop.url}{path}", picture=picture) for path, picture in (("/", False), ("/one", True))]
    dead = Route(url="http://127.0.0.2:1/", picture=True)
    visit = Visit(id="v1", website_id="w1", routes=(*routes, dead))
    report = await run_visit(chromium, website(shop), visit, keep)
    assert [[seen.screenshot for seen in one.observations] for one in report.routes] == [[None], ["key 1"], []]
    assert list(kept) == [1]
    assert kept[1].startswith(b"\xff\xd8\xff")


async def test_routes_are_followed_step_by_step(chromium: Browser, shop: Site) -> None:
    keys = await _keys(chromium, shop)
    shop.redirect("/old", "/one")
    start = f"{shop.url}/"
    report = await _visit(
        chromium,
        shop,
        Route(url=start, steps=(ScriptStep(key=keys["Search"], value="red shoes", submit=True),)),
        Route(url=start, steps=(ScriptStep(key=keys["Size"], value="M"), ScriptStep(key=keys["Add"]))),
        Route(url=f"{shop.url}/old"),
    )
    searched, added, moved = report.routes
    assert [texts(seen)[0] for seen in searched.observations] == ["Shop", "q=red+shoes"]
    assert [texts(seen)[0] for seen in added.observations] == ["Shop", "Shop", "size=M"]
    assert added.requests == ((), (), ("POST /add",))
    assert (moved.redirects, texts(moved.observations[0])) == (1, ["One"])
    assert [(one.error, one.stop_reason) for one in report.routes] == [(None, None)] * 3


async def test_a_fresh_route_knows_nothing_of_those_before(chromium: Browser, site: Site) -> None:
    remember = "n=1; max-age=99"
    site.page(
        "/",
        "<p id=p></p><script>p.textContent = [document.cookie, localStorage.n, sessionStorage.n].join();"
        f"document.cookie = '{remember}'; localStorage.n = sessionStorage.n = 1</script>",
    )
    start = f"{site.url}/"
    report = await _visit(chromium, site, Route(url=start), Route(url=start), Route(url=start, fresh=True))
    assert [texts(route.observations[0]) for route in report.routes] == [[",,"], ["n=1,1,1"], [",,"]]


async def test_what_goes_wrong_on_one_route_is_told_and_the_next_is_followed(
    chromium: Browser, shop: Site, forbidden: Site
) -> None:
    keys = await _keys(chromium, shop)
    shop.redirect("/away", f"{forbidden.url}/")
    shop.redirect("/loop", "/loop")
    shop.hang("/hang")
    shop.drop("/empty")
    shop.page("/frozen", "<h1>Frozen</h1><script>for (;;) {}</script>")
    shop.page("/nagging", "<script>while (true) alert('again')</script>")
    start, fine = f"{shop.url}/", Route(url=f"{shop.url}/one", fresh=True)
    wrong = {
        Route(url=start, steps=(ScriptStep(key="button|Gone|||"), ScriptStep(key=keys["One"]))): "there is no element",
        Route(url=start, steps=(ScriptStep(key=keys["Off"]), ScriptStep(key=keys["One"]))): "the element is disabled",
        Route(url=start, steps=(ScriptStep(key=keys["Size"], value="XL"),)): 'it has no option "XL"',
        Route(url=f"{forbidden.url}/"): "is not one of the website's hosts",
        Route(url=f"{shop.url}/away"): "leads elsewhere",
        Route(url=f"{shop.url}/loop"): "it redirects endlessly",
        Route(url=f"{shop.url}/hang"): "it did not answer within 2 s",
        Route(url=f"{shop.url}/empty"): "its host answered with nothing",
        Route(url=f"{shop.url}/frozen"): "the page does not answer",
        Route(url=f"{shop.url}/nagging"): "the page",
        Route(url="file:///etc/passwd"): "file: addresses are not allowed",
    }
    report = await _visit(chromium, shop, *(route for one in wrong for route in (one, fine)))
    for after in report.routes[1::2]:
        assert (after.error, [texts(seen) for seen in after.observations]) == (None, [["One"]])
    errors = {one.route: one.error or "" for one in report.routes[0::2]}
    assert {route: words for route, words in wrong.items() if words not in errors[route]} == {}
    reasons = [one.stop_reason for one in report.routes[0::2]]
    assert [reasons.count(one) for one in (StopReason.BLOCKED, StopReason.CRASHED)] == [3, 1]
    assert [len(one.observations) for one in report.routes[0:6:2]] == [1, 2, 2]
    assert forbidden.connections == 0


async def test_pages_are_loaded_at_a_polite_pace(chromium: Browser, shop: Site) -> None:
    begun = time.monotonic()
    await _visit(chromium, shop, *[Route(url=f"{shop.url}/one")] * 3, pace=4)
    assert time.monotonic() - begun >= 0.5


async def test_links_that_are_not_shown_are_reported_apart(chromium: Browser, site: Site) -> None:
    site.page(
        "/",
        "<h1>Shop</h1><a href=/seen>Seen</a><details><summary>More</summary><a href=/closed>Closed</a></details>"
        "<div role=tabpanel hidden><a href=/tab>Tab</a><a href=/tab>Again</a></div>",
    )
    report = await _visit(chromium, site, Route(url=f"{site.url}/"))
    (only,) = report.routes
    assert {element.href for element in only.observations[0].elements if element.href} == {f"{site.url}/seen"}
    assert only.folded == (f"{site.url}/closed", f"{site.url}/tab")


async def test_a_halted_visit_ends_before_its_next_step_and_waits_for_no_rate(chromium: Browser, shop: Site) -> None:
    asked = 0

    async def halted() -> str | None:
        nonlocal asked
        asked += 1
        return "everything was stopped" if asked > 2 else None

    keys = await _keys(chromium, shop)
    route = Route(url=f"{shop.url}/", steps=(ScriptStep(key=keys["One"]), ScriptStep(key=keys["One"])))
    visit = Visit(id="v1", website_id="w1", routes=(route, route), pages_per_second=0.001)
    begun = time.monotonic()
    report = await run_visit(chromium, website(shop), visit, halted=halted)
    assert time.monotonic() - begun < 60
    assert [one.stop_reason for one in report.routes] == [StopReason.STOPPED, StopReason.STOPPED]
    assert [len(one.observations) for one in report.routes] == [2, 0]
    assert report.routes[0].error == "everything was stopped"
