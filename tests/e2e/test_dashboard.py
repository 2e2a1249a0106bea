"""The dashboard's four views in Chromium, wide and narrow: what a person would look for."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from infra.blobs import Blobs
from infra.contracts.website import WebsiteStatus
from infra.control import Control
from infra.operations import Operations
from infra.settings import RedisSettings, Settings, StreamSettings
from infra.store import Store
from infra.streams import open_bus
from tests.fixtures.dashboard import HOSTILE, SKILLS, fill, served
from tests.fixtures.services import RedisProcess

WIDE, NARROW = 1400, 400
KEY = "a-key-of-sixteen-letters"


@dataclass
class Watching:
    """A browser's page on a served dashboard."""

    page: Page
    url: str
    website: str
    attempt: str
    operations: Operations
    complaints: list[str]

    async def fits(self) -> None:
        """The page must not scroll sideways, nor complain in the console, nor have run what a website said."""
        assert await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await self.page.evaluate("window.hacked === undefined")
        assert self.complaints == []

    async def keep(self, name: str) -> None:
        """Keep a picture where PAE_TEST_PICTURES names a folder, for whoever wants to look."""
        folder = os.environ.get("PAE_TEST_PICTURES")
        if folder:
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            await self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.fixture
async def operations(
    sqlite_store: Store, folder_blobs: Blobs, make_redis: Callable[[], RedisProcess]
) -> AsyncIterator[tuple[Operations, Settings]]:
    redis = make_redis()
    settings = Settings(redis=RedisSettings(url=redis.url))
    control = Control(redis.url)
    bus = open_bus(settings.redis, StreamSettings(), consumer="api-test")
    await bus.start()
    yield Operations(sqlite_store, folder_blobs, bus, control, ("127.0.0.1:9",)), settings
    await bus.stop()
    await control.close()


@pytest.fixture
async def watching(operations: tuple[Operations, Settings], request: pytest.FixtureRequest) -> AsyncIterator[Watching]:
    """A dashboard without keys, in a window of the width that the test asks for."""
    width, keys = getattr(request, "param", WIDE), request.node.get_closest_marker("keys")
    website, attempt = await fill(operations[0])
    executable = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    async with served(*operations, *(keys.args if keys else ())) as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-quic"])
        page = await browser.new_page(viewport={"width": width, "height": 900})
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        yield Watching(page, url, website, attempt, operations[0], complaints)
        await browser.close()


both = pytest.mark.parametrize("watching", [WIDE, NARROW], indirect=True)


@both
async def test_all_websites(watching: Watching) -> None:
    page = watching.page
    await page.goto(watching.url)
    card = page.locator(".card")
    await expect(card).to_have_count(1)
    await expect(card.locator("h2")).to_have_text(HOSTILE)
    await expect(card.locator(".status")).to_have_text("Practising")
    await expect(card).to_contain_text("201")  # attempts that have ended
    await expect(page.locator("#pulse")).to_have_text("1 agent · policy 3")
    await watching.keep("websites")
    await watching.fits()
    await card.click()
    await expect(page.locator("h1")).to_have_text(HOSTILE)
    assert page.url == f"{watching.url}/websites/{watching.website}"


async def test_a_website_is_submitted_and_a_wrong_one_refused(watching: Watching) -> None:
    page = watching.page
    await page.goto(watching.url)
    await page.get_by_label("Website").fill("http://169.254.169.254/")
    await page.get_by_role("button", name="Practise it").click()
    await expect(page.locator(".submit .wrong")).to_contain_text("not a public address")
    watching.complaints.clear()  # the browser's own note of the 403
    await page.get_by_label("Website").fill("http://127.0.0.1:9/two")
    await page.get_by_label("Name").fill("Two")
    await page.get_by_role("button", name="Practise it").click()
    await expect(page.locator("h1")).to_have_text("Two")
    await expect(page.locator(".status")).to_have_text("Submitted")
    await watching.fits()


@both
async def test_one_website(watching: Watching) -> None:
    page = watching.page
    await page.goto(f"{watching.url}/websites/{watching.website}")
    await expect(page.locator("svg.success circle")).to_have_count(4)  # windows of 50 attempts
    await expect(page.locator("svg.success polygon.band")).to_have_count(1)
    await expect(page.locator(".skill")).to_have_count(len(SKILLS))
    shares = [int(text.split()[0]) for text in await page.locator(".skill .share").all_inner_texts()]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0
    first = page.locator(".skill").first
    await expect(first).to_contain_text("last just now")
    await expect(first.get_by_role("img", name="at best")).to_be_visible()
    await expect(first.locator(".trend").first).to_have_text("↗ rising 26 % → 55 %")
    lost = page.locator(".skill", has_text="/cart:add")
    await expect(lost.locator(".trend").first).to_contain_text("↘ falling")
    await expect(lost.locator(".trend").last).to_contain_text("forgot")
    await expect(first.get_by_role("link", name="best")).to_be_visible()
    legend = page.locator(".legend")
    for name, count in (("New", 10), ("Mastered", 7), ("Learning", 7), ("Parked", 6)):
        await expect(legend).to_contain_text(f"{name} {count}")
    await expect(page.locator(".tasks summary")).to_have_text("9 tasks dropped")
    await expect(page.locator(".live-card")).to_contain_text("Add the desk lamp to my cart")
    await expect(page.locator(".live-card img")).to_be_visible()
    await expect(page.locator(".attempt-list li")).to_have_count(12)
    await expect(page.locator(".map")).to_contain_text("12 pages")
    assert await watching.operations.control.watched(watching.website)
    await watching.keep("website")
    await watching.fits()


@both
async def test_what_is_explored_and_what_follows_from_it(watching: Watching) -> None:
    page = watching.page
    await page.goto(watching.url)
    await page.get_by_role("link", name="policy 3").click()
    await expect(page.locator("h1")).to_have_text("Exploration and exploitation")
    for name, value in (("Temperature", "1.2"), ("Balance score", "0.42"), ("pass@1", "40 %"), ("pass@4", "60 %")):
        await expect(page.locator(".figure", has_text=name)).to_contain_text(value)
    await expect(page.locator("svg.lines")).to_have_count(4)
    await expect(page.locator(".found polyline")).to_have_count(2)
    await expect(page.locator(".differ svg")).to_have_attribute("aria-label", "Ways 60 %, Ends 30 %")
    assert len(await page.locator(".warmth polyline").evaluate("line => [...line.points]")) == 5  # a step is a corner
    rows = page.locator(".choices tbody tr")
    await expect(rows).to_have_count(6)
    await expect(page.locator(".choices tr.now")).to_have_text(["1.2 now0.420 ± 0.05010", "4 now0.300 ± 0.02080"])
    await expect(page.locator(".moves li")).to_contain_text("temperature 1 to 1.2: balance score 0.42 against 0.31")
    await watching.keep("learning")
    await watching.fits()


async def test_before_anything_was_compared_it_says_so(watching: Watching) -> None:
    await watching.page.route("**/v1/policies?limit=200", lambda route: route.fulfill(json={"items": []}))
    await watching.page.goto(f"{watching.url}/learning")
    await expect(watching.page.locator(".empty")).to_contain_text("No group of attempts has been compared yet.")
    await expect(watching.page.locator("svg.lines")).to_have_count(0)
    await watching.fits()


async def test_a_website_is_paused_and_resumed(watching: Watching) -> None:
    page, store = watching.page, watching.operations.store
    await page.goto(f"{watching.url}/websites/{watching.website}")
    await page.get_by_role("button", name="Pause").click()
    await expect(page.locator(".head .status")).to_have_text("Paused")
    assert (await store.website(watching.website)).status is WebsiteStatus.PAUSED
    await page.get_by_role("button", name="Resume").click()
    await expect(page.locator(".head .status")).not_to_have_text("Paused")
    await page.get_by_role("button", name="Stop everything").click()
    await expect(page.get_by_role("button", name="Let everything go on")).to_be_visible()
    assert await store.stopped()


@both
async def test_one_attempt_step_by_step(watching: Watching) -> None:
    page = watching.page
    await page.goto(f"{watching.url}/attempts/{watching.attempt}")
    await expect(page.locator("h1")).to_have_text("What does lamp number 0 cost?")
    deed, count = page.locator(".deed"), page.locator(".count")
    await expect(deed).to_have_text("Type “desk lamp” into “Search the shop” and send")
    await expect(count).to_have_text("Step 1 of 3")
    await expect(page.locator(".screen img")).to_be_visible()
    await expect(page.locator(".mark")).to_have_count(3)
    await expect(page.locator(".mark.acted .number")).to_have_text("1")
    await expect(page.locator(".candidates li").first).to_contain_text("80 %")
    await watching.keep("attempt")
    await page.get_by_role("button", name="next step").click()
    await expect(deed).to_have_text("Click “Desk lamp”")
    await expect(page.locator(".player")).to_contain_text("No picture was taken here")
    await expect(page.locator(".player")).to_contain_text("POST /cart/add")
    await page.keyboard.press("ArrowRight")
    await expect(deed).to_have_text("Answer “£ 24.50”")
    await page.keyboard.press("ArrowRight")
    await expect(count).to_have_text("The end")
    await expect(page.locator(".verdict")).to_contain_text("The last page is another lamp's.")
    await expect(page.locator(".criteria .missed")).to_have_text("the last page is Desk lamp")
    await page.get_by_role("button", name="It worked").click()
    await expect(page.locator(".verdict")).to_contain_text("You said: success.")
    assert await watching.operations.store.label_of(watching.attempt) is not None
    await watching.fits()


async def test_what_is_not_there_is_said(watching: Watching) -> None:
    for path in ("websites/web_nowhere", "attempts/att_nowhere"):
        await watching.page.goto(f"{watching.url}/{path}")
        await expect(watching.page.locator("h1")).to_have_text("Not found")


@pytest.mark.keys(KEY)
async def test_where_keys_are_needed_one_is_asked_for(watching: Watching) -> None:
    page = watching.page
    await page.goto(watching.url)
    await page.get_by_label("Key").fill("a-wrong-key-of-somebody")
    await page.get_by_role("button", name="Enter").click()
    await expect(page.locator(".login")).to_contain_text("not known here")
    await page.get_by_label("Key").fill(KEY)
    await page.get_by_role("button", name="Enter").click()
    await expect(page.locator(".card h2")).to_have_text(HOSTILE)
    await page.goto(f"{watching.url}/attempts/{watching.attempt}")
    await expect(page.locator(".screen img")).to_be_visible()
