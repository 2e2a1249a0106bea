"""The survey's driver, on a shop in memory and on sites that do not answer as they should."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from infra.contracts.attempt import StopReason
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Safety, SurveyBounds, Website
from proposer.sitemap import build_sitemap
from proposer.survey import Survey, SurveyFailed, SurveyHalted, Surveyor
from proposer.visiting import VisitLost, Visitor
from tests.unit.proposer import observed as o
from tests.unit.proposer.little_shop import HOST, PRODUCTS, LittleShop, website


async def survey(site: Website, visitor: Visitor, *, own: bool = True, halt_after: int | None = None) -> Survey:
    asked = 0

    async def halted() -> bool:
        nonlocal asked
        asked += 1
        return halt_after is not None and asked > halt_after

    async def progress(note: str) -> None:
        return None

    return await Surveyor(site, visitor, own=own, halted=halted, progress=progress).run()


class Answering:
    """Answers every route in the same way."""

    def __init__(self, **report: object) -> None:
        self.report = report
        self.routes: list[Route] = []

    async def capacity(self) -> int:
        return 2

    async def visit(
        self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
    ) -> tuple[RouteReport, ...]:
        self.routes += routes
        return tuple(RouteReport.model_validate({"route": route, **self.report}) for route in routes)


async def test_all_pages_are_found_and_the_rest_is_counted() -> None:
    found = await survey(website(), LittleShop())
    urls = set(found.pages)
    assert {f"{HOST}/product/{slug}" for slug in PRODUCTS} <= urls
    assert {f"{HOST}/", f"{HOST}/cart", f"{HOST}/contact"} <= urls
    assert found.complete
    assert found.skipped["host"] == 1
    assert found.skipped["file"] == 1
    assert found.skipped["refused"] == 1
    assert found.skipped["variant"] > 50


async def test_the_map_knows_depths_templates_facts_and_edges() -> None:
    sitemap = build_sitemap(await survey(website(), LittleShop()))
    pages = {page.url: page for page in sitemap.pages}
    lamp = pages[f"{HOST}/product/oslo-lamp"]
    assert (lamp.depth, lamp.template, lamp.heading) == (2, "/product/*", "Oslo lamp")
    assert next((fact.label, fact.value, fact.subject) for fact in lamp.facts) == ("Price", "$25.00", "Oslo lamp")
    assert [form.submit_name for form in lamp.forms] == ["Search", "Add to cart"]
    ways = {(edge.source, edge.target): edge for edge in sitemap.edges}
    assert ways[f"{HOST}/category/lamps", lamp.url].name == "Oslo lamp"


async def test_bounds_end_it() -> None:
    few = await survey(website(survey=SurveyBounds(pages=6)), LittleShop())
    assert len(few.pages) <= 6
    assert not few.complete
    assert few.skipped["pages"] > 0
    flat = await survey(website(survey=SurveyBounds(depth=1)), LittleShop())
    assert max(seen.depth for seen in flat.pages.values()) == 1
    assert flat.skipped["depth"] >= len(PRODUCTS)


async def test_a_halt_ends_it() -> None:
    with pytest.raises(SurveyHalted):
        await survey(website(), LittleShop(), halt_after=1)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({"observations": (o.page(f"{HOST}/", [o.text("oops")], status=500),)}, "status 500"),
        ({"error": "the host does not resolve", "stop_reason": StopReason.BLOCKED}, "does not resolve"),
        ({"error": "too many redirects"}, "too many redirects"),
        ({"observations": (o.page(f"{HOST}/"),)}, "neither text nor"),
        ({}, "ended before it was seen"),
    ],
)
async def test_a_start_page_that_fails_fails_the_website_with_a_reason(report: dict[str, object], words: str) -> None:
    with pytest.raises(SurveyFailed, match=words):
        await survey(website(), Answering(**report))


async def test_a_visit_that_never_returns_fails_it_too() -> None:
    class Lost(Answering):
        async def visit(
            self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
        ) -> tuple[RouteReport, ...]:
            raise VisitLost("no agent reported back within 80 s")

    with pytest.raises(SurveyFailed, match="no agent reported back"):
        await survey(website(), Lost())


async def test_robots_are_asked_on_other_peoples_sites_alone() -> None:
    class WithRobots(LittleShop):
        def _run(self, route: Route) -> RouteReport:
            if route.url.endswith("/robots.txt"):
                self.loads.append(route.url)
                rules = o.page(route.url, [o.text("User-agent: * Disallow: /product/")])
                return RouteReport(route=route, observations=(rules,))
            return super()._run(route)

    shop = WithRobots()
    found = await survey(website(), shop, own=False)
    assert not any("/product/" in url for url in found.pages)
    assert found.skipped["robots"] == len(PRODUCTS)
    own = WithRobots()
    assert any("/product/" in url for url in (await survey(website(), own, own=True)).pages)
    assert not any("robots" in url for url in own.loads)
    waived = await survey(website(safety=Safety(respect_robots=False, pages_per_second=100)), WithRobots(), own=False)
    assert any("/product/" in url for url in waived.pages)


async def test_several_visits_run_at_a_time() -> None:
    class Slow(LittleShop):
        async def visit(
            self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
        ) -> tuple[RouteReport, ...]:
            self.together += 1
            self.most_together = max(self.most_together, self.together)
            for _ in range(3):
                await asyncio.sleep(0)
            reports = tuple(self._run(route) for route in routes)
            self.together -= 1
            return reports

    shop = Slow()
    await survey(website(), shop)
    assert shop.most_together == 4
