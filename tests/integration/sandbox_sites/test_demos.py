"""A person's demonstration, recorded by the real Playwright on the shop, becomes a task that the shop bears out."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser

from agent.browser import Browser as AgentBrowser
from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Origin, TaskKind
from infra.contracts.website import Demo
from infra.demos import read_trace
from proposer.atlas import Atlas
from proposer.demos.tasks import take
from tests.integration.proposer.exploring import website_of
from tests.integration.proposer.through_browser import BrowserVisitor
from tests.integration.sandbox_sites.proving import served


async def never() -> bool:
    return False


async def test_what_a_person_did_in_the_shop_is_followed_and_changes_the_cart(
    chromium: Browser, agents_browser: AgentBrowser, tmp_path: Path
) -> None:
    async with served("shop", 0, "a") as at:
        context = await chromium.new_context()
        await context.tracing.start(snapshots=True)
        page = await context.new_page()
        await page.goto(at.url)
        await page.get_by_placeholder("Search the shop").fill("kettle")
        await page.get_by_placeholder("Search the shop").press("Enter")
        link = page.get_by_role("main").get_by_role("link").filter(has_text="kettle").first
        name = await link.inner_text()
        await page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        await page.get_by_label("Quantity").first.fill("2")
        await page.get_by_role("button", name="Add to cart").first.click()
        await page.get_by_role("status").filter(has_text=name).first.wait_for()
        await context.tracing.stop(path=tmp_path / "trace.zip")
        await context.close()
        recorded = read_trace((tmp_path / "trace.zip").read_bytes())
        demo = Demo(instruction="Two of those things to boil water in, please", steps=recorded.steps)
        site = website_of(at).model_copy(update={"demos": (demo,)})
        empty = Atlas(SiteMap(website_id=site.id, start_url=site.url, pages=(), edges=()))
        found = await take(site, empty, BrowserVisitor(agents_browser), never)
        states = [at.site.describe(at.site.sessions.newest().state), at.site.describe(at.site.sessions.new().state)]
    assert found.causes == (), recorded.steps
    (task,), (demonstration,) = found.tasks, found.demonstrations
    assert (task.instruction, task.origin, task.kind) == (demo.instruction, Origin.HUMAN, TaskKind.FILL)
    assert task.evidence is not None
    assert task.evidence.fields == (("Quantity", "2"),)
    assert any(name in line for line in task.evidence.lines), task.evidence
    assert len(demonstration.trajectory.steps) == task.depth == 4
    assert states[0] != states[1]
