"""The tabs of one context: the newest is the one that is seen."""

from __future__ import annotations

import asyncio

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from agent.browser.tab import Tab
from agent.browser.traffic import Permitted
from infra.errors import BrowserCrashed
from infra.settings import BrowserSettings

NEW_TAB_SECONDS = 3.0
CLOSE_SECONDS = 3.0


class Tabs:
    """Adopts tabs that pages open, and lets go of those that are closed. ``notices`` is told of both."""

    def __init__(
        self,
        context: BrowserContext,
        settings: BrowserSettings,
        forbidden: Permitted,
        notices: list[str],
        *,
        filtered: bool,
        read_only: bool,
    ) -> None:
        self._context = context
        self._settings = settings
        self._forbidden = forbidden
        self._notices = notices
        self._filtered = filtered
        self._read_only = read_only
        self._tabs: list[Tab] = []
        self._new: asyncio.Queue[Page] = asyncio.Queue()

    @property
    def newest(self) -> Tab:
        """Return the tab that is seen."""
        return self._tabs[-1]

    def __len__(self) -> int:
        return len(self._tabs)

    async def open(self) -> None:
        """Open the first tab."""
        page = await self._context.new_page()
        self._context.on("page", self._new.put_nowait)
        self._tabs.append(await self._attach(page))

    async def _attach(self, page: Page) -> Tab:
        page.on(
            "download", lambda download: self._notices.append(f"a download was refused: {download.suggested_filename}")
        )
        permitted = self._forbidden if self._filtered else None
        return await Tab.open(page, self._settings, permitted, read_only=self._read_only)

    async def update(self) -> None:
        """Adopt the tabs that were opened since, and let go of those that closed themselves."""
        if self.newest.new_tab_expected and self._new.empty():
            try:
                async with asyncio.timeout(NEW_TAB_SECONDS):
                    self._new.put_nowait(await self._new.get())
            except TimeoutError:
                pass
        self.newest.new_tab_expected = False
        while not self._new.empty():
            await self._adopt(self._new.get_nowait())
        self.forget_closed()

    async def _adopt(self, page: Page) -> None:
        if page.is_closed():
            return
        try:
            tab = await self._attach(page)
        except PlaywrightError:
            return
        address = tab.unreachable or page.url
        reason = self._forbidden(address) if address else None
        if reason is None and tab.unreachable:
            reason = f"{address} could not be loaded"
        if reason is not None:
            await close(page)
            self._notices.append(f"a new tab was closed: {reason}")
            return
        tab.traffic.changing = self.newest.traffic.changing
        self._tabs.append(tab)
        self._notices.append("a new tab was opened; going back closes it")

    def forget_closed(self) -> bool:
        """Let go of tabs that are closed while an older one is left; return whether there were any."""
        before = len(self._tabs)
        while len(self._tabs) > 1 and self.newest.page.is_closed():
            self._tabs.pop()
            self._notices.append("the tab closed itself")
        return len(self._tabs) < before

    async def close_newest(self) -> None:
        """Close the newest tab; the one before it is seen again."""
        await close(self._tabs.pop().page)

    async def keep_first(self) -> None:
        """Close all tabs but the first."""
        while len(self._tabs) > 1:
            await self.close_newest()

    async def replace(self) -> None:
        """Put one new tab in the place of all. Their processes are ended: a new page would share a frozen one.

        Raises BrowserCrashed where the browser is gone, too.
        """
        old = self._tabs
        for tab in old:
            await tab.end(CLOSE_SECONDS)
        try:
            page = await self._context.new_page()
            while not self._new.empty():
                self._new.get_nowait()  # our own page was announced, too
            self._tabs = [await self._attach(page)]
        except PlaywrightError as error:
            raise BrowserCrashed("the page broke, and the browser with it") from error
        for tab in old:
            await close(tab.page)


async def close(page: Page) -> None:
    """Close a page, which may be gone or in no state to answer."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await page.close()
    except (PlaywrightError, TimeoutError):
        return
