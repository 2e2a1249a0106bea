"""``python -m agent.browser.bench``: one step of ours against one of a bare Playwright loop, on the same pages.

A step of ours is act (click, wait until the page is at rest, observe) and a JPEG screenshot. A bare step is what one
would write without this package: Playwright's ``click``, ``wait_for_load_state``, one ``evaluate`` of the same
observation script and one JPEG ``screenshot`` of the same quality. Same Chromium, flags, viewport and clicks; cycles
of the two take turns, so that whatever else the machine does hits both alike. Ours goes through the egress guard.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from playwright.async_api import Page, async_playwright

from agent.browser import Environment, open_browser
from agent.browser.launcher import find_chromium, launch
from agent.browser.tab import script
from infra.contracts.action import Click
from infra.contracts.observation import Observation
from infra.contracts.website import Website
from infra.settings import BrowserSettings, EgressSettings

WARM_UP = 3
RESAMPLES = 1000


def _link(seen: Observation, href: str) -> int:
    return next(element.mark for element in seen.elements if element.href == href)


def choose_clicks(home: Observation, category: Observation) -> tuple[str, str, str]:
    """Return the hrefs of one cycle: from the home page to a category, to a product, and home again."""
    to_category = next(e.href for e in home.elements if e.href and "/category/" in e.href)
    to_product = next(e.href for e in category.elements if e.href and "/product/" in e.href)
    return to_category, to_product, home.url


async def ours(env: Environment, seen: Observation, hrefs: Sequence[str], spent: list[float]) -> Observation:
    """Do one cycle; return what was seen last."""
    for href in hrefs:
        begun = time.perf_counter()
        seen = (await env.act(Click(mark=_link(seen, href)))).observation
        await env.screenshot()
        spent.append(time.perf_counter() - begun)
        if seen.error is not None:
            raise RuntimeError(f"a step failed: {seen.error}")
    return seen


async def bare(page: Page, hrefs: Sequence[str], settings: BrowserSettings, spent: list[float]) -> None:
    """Do one cycle as Playwright's documentation would have it."""
    look = f"pae.observe({json.dumps({'elements': settings.max_elements, 'chunks': settings.max_chunks})})"
    for href in hrefs:
        path = urlsplit(href).path or "/"
        begun = time.perf_counter()
        async with page.expect_navigation(wait_until="load"):
            await page.locator(f'a[href="{path}"]').first.click()
        seen = await page.evaluate(look)
        await page.screenshot(type="jpeg", quality=settings.jpeg_quality)
        spent.append(time.perf_counter() - begun)
        if seen["url"] != href:
            raise RuntimeError(f"a click on {href} led to {seen['url']}")


async def measure(site: str, cycles: int, tick: Callable[[], Awaitable[None] | None]) -> dict[str, object]:
    """Return the figures; seconds by step of both, in the order in which they were taken."""
    settings = BrowserSettings()
    parts = urlsplit(site)
    website = Website(id="bench", url=site, name="bench", allowed_hosts=(parts.netloc,))
    egress = EgressSettings(allow_private=(parts.netloc,))
    mine: list[float] = []
    theirs: list[float] = []
    async with async_playwright() as playwright, open_browser(settings, egress) as browser:
        executable = find_chromium(settings.executable, playwright)
        other = await launch(playwright, executable, egress.allow_private)
        width, height = settings.viewport
        page = await other.new_page(viewport={"width": width, "height": height})
        await page.add_init_script(script())
        async with browser.context(website) as env:
            home = await env.load(site)
            category = await env.load(next(e.href for e in home.elements if e.href and "/category/" in e.href))
            hrefs = choose_clicks(home, category)
            seen = await env.load(site)
            await page.goto(site)
            for cycle in range(WARM_UP + cycles):
                if cycle == WARM_UP:
                    mine.clear()
                    theirs.clear()
                seen = await ours(env, seen, hrefs, mine)
                await bare(page, hrefs, settings, theirs)
                tick()
        await other.close()
        version = browser_version(executable, other.version)
    return {**figures(mine, theirs), "chromium": version}


def browser_version(executable: str, version: str) -> str:
    """Return a name for the browser."""
    return f"{Path(executable).name} {version}"


def figures(mine: Sequence[float], theirs: Sequence[float]) -> dict[str, object]:
    """Return medians in milliseconds, their ratio, and its 95 % bootstrap interval."""
    rng = Random(0)  # noqa: S311 - resampling
    ratios = sorted(
        statistics.median(rng.choices(mine, k=len(mine))) / statistics.median(rng.choices(theirs, k=len(theirs)))
        for _ in range(RESAMPLES)
    )
    ours_ms, bare_ms = statistics.median(mine) * 1000, statistics.median(theirs) * 1000
    return {
        "step_ratio": ours_ms / bare_ms,
        "interval": [ratios[int(0.025 * RESAMPLES)], ratios[int(0.975 * RESAMPLES)]],
        "step_ms": {"ours": ours_ms, "bare": bare_ms},
        "steps": len(mine),
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m agent.browser.bench")
    parser.add_argument("--site", required=True, metavar="URL", help="the sandbox shop")
    parser.add_argument("--cycles", type=int, default=40, help="of three clicks each")
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    found = asyncio.run(measure(arguments.site, arguments.cycles, lambda: None))
    arguments.json.write_text(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
