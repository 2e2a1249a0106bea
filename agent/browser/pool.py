"""A worker's browser: one Chromium, many isolated contexts.

The browser is started when it is first needed, replaced when it has crashed, and replaced after a bounded number of
contexts once nobody uses the old one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog
from playwright.async_api import Browser as PlaywrightBrowser
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Playwright, async_playwright

from agent.browser.environment import Environment
from agent.browser.guard import Guard
from agent.browser.launcher import find_chromium, launch
from infra.contracts.website import Website
from infra.egress import literal, operator_allows, parse_url
from infra.errors import BrowserCrashed, BrowserError
from infra.settings import BrowserSettings, EgressSettings

log = structlog.get_logger()

CLOSE_SECONDS = 5.0


@dataclass(slots=True)
class _Running:
    """A started browser: how many contexts it has opened, and how many are open."""

    browser: PlaywrightBrowser
    opened: int = 0
    in_use: int = 0


class Browser:
    """Opens contexts. Use :func:`open_browser`."""

    def __init__(self, playwright: Playwright, settings: BrowserSettings, egress: EgressSettings) -> None:
        self._playwright = playwright
        self._settings = settings
        self._egress = egress
        self._executable = find_chromium(settings.executable, playwright)
        self._current: _Running | None = None
        self._guards: dict[tuple[str, ...], Guard] = {}
        self._starting = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def context(self, website: Website) -> AsyncIterator[Environment]:
        """Open a fresh context for a website: no cookies, no storage, its own way out.

        Raises:
            BrowserCrashed: the browser broke while the context was being opened.
            BrowserError: no browser can be started.
        """
        running = await self._take()
        try:
            guard, filtered = await self._guard(website)
            try:
                context = await running.browser.new_context(
                    viewport={"width": self._settings.viewport[0], "height": self._settings.viewport[1]},
                    service_workers="block",
                    accept_downloads=False,
                    proxy={"server": f"socks5://127.0.0.1:{guard.port}", "bypass": ",".join(self._direct(website))},
                )
                environment = Environment(context, guard, website, self._settings, filtered=filtered)
                await environment.open()
            except PlaywrightError as error:
                raise BrowserCrashed(f"no context can be opened: {error.message.splitlines()[0]}") from error
            try:
                yield environment
            finally:
                with contextlib.suppress(PlaywrightError, TimeoutError):
                    async with asyncio.timeout(CLOSE_SECONDS):
                        await context.close()
        finally:
            await self._give(running)

    def _direct(self, website: Website) -> list[str]:
        """Return the website's own hosts that the operator allows by name: reached without the guard, at full speed."""
        direct = []
        for entry in website.allowed_hosts:
            for scheme in ("http", "https"):
                url = parse_url(f"{scheme}://{entry}/")
                address = literal(url.host)
                if operator_allows(url.host, url.port, str(address) if address else None, self._egress.allow_private):
                    direct.append(f"{url.host}:{url.port}")
        return sorted(set(direct))

    async def _guard(self, website: Website) -> tuple[Guard, bool]:
        """Return the guard for a website, and whether documents need a check of their own."""
        filtered = website.safety.third_party_resources
        rules = ("*",) if filtered else tuple(sorted(website.allowed_hosts))
        async with self._starting:
            if rules not in self._guards:
                guard = Guard(self._egress.allow_private, None if filtered else rules)
                await guard.start()
                self._guards[rules] = guard
        return self._guards[rules], filtered

    async def _take(self) -> _Running:
        async with self._starting:
            current = self._current
            if current is not None and not current.browser.is_connected():
                log.warning("the browser is gone; starting another")
                current = None
            if current is not None and current.opened >= self._settings.recycle_after:
                if current.in_use == 0:
                    await self._close(current)
                current = None
            if current is None:
                browser = await launch(self._playwright, self._executable, self._egress.allow_private)
                current = _Running(browser)
            self._current = current
            current.opened += 1
            current.in_use += 1
            return current

    async def _give(self, running: _Running) -> None:
        running.in_use -= 1
        if running.in_use == 0 and running is not self._current:
            await self._close(running)

    async def _close(self, running: _Running) -> None:
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await running.browser.close()

    async def close(self) -> None:
        """Close the browser and the guards."""
        if self._current is not None:
            await self._close(self._current)
        for guard in self._guards.values():
            await guard.stop()


@contextlib.asynccontextmanager
async def open_browser(settings: BrowserSettings, egress: EgressSettings) -> AsyncIterator[Browser]:
    """Open a worker's browser; everything is closed at the end.

    Raises:
        BrowserError: Playwright's driver cannot be started.
        NoBrowser: there is no Chromium on this machine.
    """
    async with contextlib.AsyncExitStack() as stack:
        try:
            playwright = await stack.enter_async_context(async_playwright())
        except Exception as error:  # Playwright raises nothing more telling where its Node.js cannot be started
            raise BrowserError(
                f"Playwright's driver does not start ({error}): the lines above say why; on a slim Debian or Ubuntu "
                "it needs the package libatomic1"
            ) from error
        browser = Browser(playwright, settings, egress)
        stack.push_async_callback(browser.close)
        yield browser
