"""``python -m agent.browser.bench``: one step of ours against one of a bare Playwright loop, on the same pages.

A step of ours is what an attempt with pictures does: ``Environment.act`` (click or type, wait until the page is at
rest, observe) and ``Environment.screenshot``. A bare step is what one would write without this package: Playwright's
``click`` and ``wait_for_load_state("load")``, or its ``fill``; one ``evaluate``; one ``screenshot`` as a JPEG of the
same quality. Bare is measured with the pass of our observation script, which is what the ratio is about, and with
a trivial evaluation instead.

Both use the same Chromium, flags, viewport, pages, links and text, in browsers of their own. They take turns cycle by
cycle, and which begins changes, so that whatever else the machine does hits all alike. A click's page must be the
expected one in each, or the run fails. Ours waits for more (requests for data, a still DOM, the page's errors and
dialogs) and goes through its egress checks; the shop itself is reached directly by both. Ours asks for JPEGs that are
encoded fast rather than small. Nothing is measured in the first cycles.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from playwright.async_api import Page, async_playwright

from agent.browser import Environment, open_browser
from agent.browser.launcher import find_chromium, launch
from agent.browser.tab import script
from infra.contracts.action import Click, Type
from infra.contracts.observation import Observation
from infra.contracts.website import Website
from infra.runtime import die_with_parent
from infra.settings import BrowserSettings, EgressSettings

WARM_UP = 3
RESAMPLES = 1000
TEXT = "a warm lamp"
TYPE = ""  # stands for typing into the page's search field, in a cycle of hrefs to click


@dataclass(slots=True)
class Spent:
    """Seconds by step, in the order in which they were taken."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    trivial: list[float] = field(default_factory=list)
    act: list[float] = field(default_factory=list)  # parts of ours
    settle: list[float] = field(default_factory=list)
    screenshot: list[float] = field(default_factory=list)

    def forget(self) -> None:
        """Start anew."""
        for times in (self.ours, self.bare, self.trivial, self.act, self.settle, self.screenshot):
            times.clear()


class Ours:
    """Does cycles with an environment."""

    def __init__(self, env: Environment, seen: Observation, spent: Spent) -> None:
        self._env = env
        self._seen = seen
        self._spent = spent

    async def cycle(self, hrefs: Sequence[str]) -> None:
        """Click each link, or type."""
        for href in hrefs:
            elements = self._seen.elements
            begun = time.perf_counter()
            if href == TYPE:
                mark = next(element.mark for element in elements if element.role == "searchbox")
                acted = await self._env.act(Type(mark=mark, text=TEXT))
            else:
                mark = next(element.mark for element in elements if element.href == href)
                acted = await self._env.act(Click(mark=mark))
            looked = time.perf_counter()
            await self._env.screenshot()
            done = time.perf_counter()
            self._spent.ours.append(done - begun)
            self._spent.act.append(acted.timings.act)
            self._spent.settle.append(acted.timings.settle)
            self._spent.screenshot.append(done - looked)
            self._seen = acted.observation
            typed = any(element.value == TEXT for element in self._seen.elements)
            if self._seen.error is not None or (href == TYPE and not typed) or href not in (TYPE, self._seen.url):
                raise RuntimeError(f"our step to {href or 'type'} failed: {self._seen.error} at {self._seen.url}")


class Bare:
    """Does cycles as Playwright's documentation would have it."""

    def __init__(self, page: Page, look: str, quality: int, spent: list[float]) -> None:
        self._page = page
        self._look = look
        self._quality = quality
        self._spent = spent

    async def cycle(self, hrefs: Sequence[str]) -> None:
        """Click each link, or type."""
        page = self._page
        for href in hrefs:
            begun = time.perf_counter()
            if href == TYPE:
                await page.fill('input[type="search"]', TEXT)
            else:
                await page.locator(f'a[href="{urlsplit(href).path}"]').first.click()
                await page.wait_for_load_state("load")
            await page.evaluate(self._look)
            await page.screenshot(type="jpeg", quality=self._quality)
            self._spent.append(time.perf_counter() - begun)
            if href not in (TYPE, page.url):
                raise RuntimeError(f"a bare click on {href} led to {page.url}")
            if href == TYPE and await page.input_value('input[type="search"]') != TEXT:
                raise RuntimeError("nothing was typed by the bare step")


def choose(home: Observation, category: Observation) -> tuple[str, ...]:
    """Return one cycle: from the home page to a category, type there, to a product, and home again."""
    to_category = next(e.href for e in home.elements if e.href and "/category/" in e.href)
    to_product = next(e.href for e in category.elements if e.href and "/product/" in e.href)
    return to_category, TYPE, to_product, home.url


@contextlib.asynccontextmanager
async def bare_pages(settings: BrowserSettings, egress: EgressSettings) -> AsyncIterator[tuple[Page, Page, str]]:
    """Open a browser with a page that has our observation script, and one without; the third is its name."""
    async with async_playwright() as playwright:
        executable = find_chromium(settings.executable, playwright)
        browser = await launch(playwright, executable, egress.allow_private)
        try:
            width, height = settings.viewport
            looking = await browser.new_page(viewport={"width": width, "height": height})
            await looking.add_init_script(script())
            trivial = await browser.new_page(viewport={"width": width, "height": height})
            yield looking, trivial, f"{Path(executable).name} {browser.version}"
        finally:
            await browser.close()


async def measure(site: str, cycles: int, tick: Callable[[], None]) -> dict[str, object]:
    """Return the figures; ``tick`` is called after every cycle."""
    settings, host = BrowserSettings(), urlsplit(site).netloc
    website = Website(id="bench", url=site, name="bench", allowed_hosts=(host,))
    egress = EgressSettings(allow_private=(host,))
    spent = Spent()
    look = f"pae.observe({json.dumps({'elements': settings.max_elements, 'chunks': settings.max_chunks})})"
    async with (
        bare_pages(settings, egress) as (looking, trivial, name),
        open_browser(settings, egress) as browser,
        browser.context(website) as env,
    ):
        home = await env.load(site)
        category = await env.load(next(e.href for e in home.elements if e.href and "/category/" in e.href))
        hrefs = choose(home, category)
        turns: list[Callable[[Sequence[str]], Awaitable[None]]] = [
            Ours(env, await env.load(site), spent).cycle,
            Bare(looking, look, settings.jpeg_quality, spent.bare).cycle,
            Bare(trivial, "1 + 1", settings.jpeg_quality, spent.trivial).cycle,
        ]
        for page in (looking, trivial):
            await page.goto(site)
        for number in range(WARM_UP + cycles):
            if number == WARM_UP:
                spent.forget()
            for turn in turns:
                await turn(hrefs)
            turns.append(turns.pop(0))
            tick()
    return {**figures(spent, hrefs), "chromium": name}


def _ms(times: Sequence[float]) -> float:
    return statistics.median(times) * 1000


def by_kind(spent: Spent, hrefs: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return the medians of clicks and of typing, apart."""
    kinds = {}
    for kind in ("click", "type"):
        places = [place for place in range(len(spent.ours)) if (hrefs[place % len(hrefs)] == TYPE) == (kind == "type")]
        ours, bare = (_ms([times[place] for place in places]) for times in (spent.ours, spent.bare))
        kinds[kind] = {"ours": ours, "bare": bare, "ratio": ours / bare}
    return kinds


def figures(spent: Spent, hrefs: Sequence[str]) -> dict[str, object]:
    """Return medians in milliseconds, their ratio, and the ratio's 95 % bootstrap interval."""
    rng = Random(0)  # noqa: S311 - resampling
    ratios = sorted(
        _ms(rng.choices(spent.ours, k=len(spent.ours))) / _ms(rng.choices(spent.bare, k=len(spent.bare)))
        for _ in range(RESAMPLES)
    )
    ours, bare = _ms(spent.ours), _ms(spent.bare)
    return {
        "step_ratio": ours / bare,
        "step_ratio_interval": [ratios[int(0.025 * RESAMPLES)], ratios[int(0.975 * RESAMPLES)]],
        "step_ms": {"ours": ours, "bare": bare, "bare_trivial": _ms(spent.trivial)},
        "step_kinds_ms": by_kind(spent, hrefs),
        "step_parts_ms": {name: _ms(getattr(spent, name)) for name in ("act", "settle", "screenshot")},
        "steps": len(spent.ours),
    }


async def _run(site: str, cycles: int) -> dict[str, object]:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine that runs has a task
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)

    def tick() -> None:
        sys.stdout.write(".\n")
        sys.stdout.flush()

    return await measure(site, cycles, tick)


def main() -> None:
    """Run the command. A line is printed after every cycle, for a progress bar."""
    parser = argparse.ArgumentParser(prog="python -m agent.browser.bench")
    parser.add_argument("--site", required=True, metavar="URL", help="the sandbox shop")
    parser.add_argument("--cycles", type=int, default=40, help="of four steps each")
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    die_with_parent()
    try:
        found = asyncio.run(_run(arguments.site, arguments.cycles))
    except asyncio.CancelledError:
        sys.exit(1)
    arguments.json.write_text(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
