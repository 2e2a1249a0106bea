"""The environment: a website in an isolated browser context, as observations and actions.

An action that fails is no exception: its error is part of the next observation. Exceptions are for what ends an
attempt: a start page that cannot be loaded, a browser that is gone.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Dialog, Page
from playwright.async_api import Error as PlaywrightError

from agent.browser import acting
from agent.browser.guard import Guard
from agent.browser.tab import Frozen, Navigated, Tab
from infra.contracts.action import Action
from infra.contracts.attempt import Timings
from infra.contracts.observation import Observation
from infra.contracts.website import Website
from infra.egress import host_allowed, parse_url
from infra.errors import BrowserCrashed, ForbiddenAddress, InvalidInput, PageUnreachable
from infra.settings import BrowserSettings

MOST_DIALOGS = 10  # in one step; a page that asks more often is stuck in a loop
NEW_TAB_SECONDS = 3.0

_NET_ERRORS = {
    "ERR_TOO_MANY_REDIRECTS": "it redirects endlessly",
    "ERR_NAME_NOT_RESOLVED": "its host cannot be resolved",
    "ERR_CONNECTION_REFUSED": "its host refused the connection",
    "ERR_CONNECTION_RESET": "its host broke off the connection",
    "ERR_EMPTY_RESPONSE": "its host answered with nothing",
    "ERR_TIMED_OUT": "it did not answer",
    "ERR_ABORTED": "it is no page: a download, or an empty answer",
}


@dataclass(frozen=True, slots=True)
class Acted:
    """What an action led to."""

    observation: Observation
    requests: tuple[str, ...]  # state-changing requests that it caused: 'POST /cart/add'
    timings: Timings


class Environment:
    """One context; the newest tab is the one that is seen."""

    def __init__(
        self, context: BrowserContext, guard: Guard, website: Website, settings: BrowserSettings, *, filtered: bool
    ) -> None:
        self._context = context
        self._guard = guard
        self._website = website
        self._settings = settings
        self._filtered = filtered  # documents of other hosts are connected to like any resource, so check each one
        self._tabs: list[Tab] = []
        self._notices: list[str] = []
        self._dialogs = 0
        self._new_pages: asyncio.Queue[Page] = asyncio.Queue()
        self._seen: Observation | None = None

    async def open(self) -> None:
        """Open the first tab."""
        self._context.on("dialog", self._on_dialog)
        page = await self._context.new_page()
        self._context.on("page", self._new_pages.put_nowait)
        self._tabs.append(await self._attach(page))

    @property
    def redirects(self) -> int:
        """Return how many redirects the newest document took."""
        return self._tab.redirects

    @property
    def _tab(self) -> Tab:
        return self._tabs[-1]

    async def _attach(self, page: Page) -> Tab:
        page.on(
            "download", lambda download: self._notices.append(f"a download was refused: {download.suggested_filename}")
        )
        permitted: Callable[[str], str | None] | None = self._forbidden if self._filtered else None
        return await Tab.open(page, self._settings, permitted, read_only=not self._website.safety.submit_forms)

    def _on_dialog(self, dialog: Dialog) -> None:
        self._dialogs += 1
        accepted = dialog.type != "prompt" and self._dialogs <= MOST_DIALOGS
        verb = "accepted" if accepted else "dismissed"
        if dialog.type != "beforeunload" and self._dialogs <= MOST_DIALOGS:
            self._notices.append(f"{dialog.type} {verb}: {dialog.message[:200]}")
        if self._dialogs > 5 * MOST_DIALOGS:
            self._tab.crashed = True
        task = asyncio.ensure_future(dialog.accept() if accepted else dialog.dismiss())
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # the page may be gone by now

    def _forbidden(self, url: str) -> str | None:
        """Return why a document must not be shown; None where it may."""
        scheme = urlsplit(url).scheme
        if scheme in ("about", "chrome-error"):
            return None
        if scheme == "blob":
            url = url.removeprefix("blob:")
        try:
            parsed = parse_url(url)
        except InvalidInput as error:
            return str(error)
        if host_allowed(parsed.host, parsed.port, parsed.scheme, self._website.allowed_hosts):
            return None
        return f"{parsed.host}:{parsed.port} is not one of the website's hosts"

    # loading

    async def load(self, url: str) -> Observation:
        """Load a page in the present tab and look at it.

        Raises:
            ForbiddenAddress: the page, or one that it redirects to, is outside what the website may reach.
            PageUnreachable: it cannot be loaded; the message says why.
            BrowserCrashed: the page or the browser is gone.
        """
        self._dialogs = 0
        reason = self._forbidden(url)
        if reason is not None:
            raise ForbiddenAddress(f"{url}: {reason}")
        tab = self._tab
        tab.refused = None
        tab.status = None
        tab.expect_navigation()
        try:
            async with asyncio.timeout(self._settings.navigation_seconds):
                answer = await tab.send("Page.navigate", url=url)
        except TimeoutError as error:
            raise self._unreachable(
                url, f"it did not answer within {self._settings.navigation_seconds:.0f} s"
            ) from error
        except Navigated:
            answer = {}
        if answer.get("errorText"):
            tab.forget_navigation()
            raise self._unreachable(url, answer["errorText"])
        if "loaderId" not in answer:  # only the fragment changed
            tab.forget_navigation()
        try:
            return await self._look(None)
        except Frozen as error:
            raise PageUnreachable(f"{url} cannot be used: the page does not answer") from error

    def _unreachable(self, url: str, text: str) -> Exception:
        tab = self._tab
        if tab.refused is not None:
            return ForbiddenAddress(f"{url} leads elsewhere: {tab.refused}")
        parsed = parse_url(url)
        for refusal in (self._guard.refusal(parsed.host, parsed.port), self._guard.latest if "SOCKS" in text else None):
            if isinstance(refusal, ForbiddenAddress):
                return ForbiddenAddress(f"{url} leads elsewhere: {refusal}")
            if refusal is not None:
                return PageUnreachable(f"{url} cannot be loaded: {refusal}")
        words = next((words for name, words in _NET_ERRORS.items() if name in text), text)
        return PageUnreachable(f"{url} cannot be loaded: {words}")

    # looking

    async def observe(self) -> Observation:
        """Look at the page once it is at rest. Raises BrowserCrashed."""
        try:
            return await self._look(None)
        except Frozen as error:
            raise BrowserCrashed("the page does not answer") from error

    async def _look(self, error: str | None) -> Observation:
        await self._adopt_new_tab()
        seen = await self._tab.observe()
        reason = self._forbidden(seen["url"])
        if reason is not None:
            error = f"the page went where it may not: {reason}"
            seen = await self._return()
        if seen["url"].startswith("chrome-error:") or self._tab.refused is not None:
            refused, self._tab.refused = self._tab.refused, None
            latest = self._guard.latest
            error = f"the page could not be loaded: {refused or latest or 'its host did not answer'}"
            if seen["url"].startswith("chrome-error:"):
                seen = await self._return()
        notices, self._notices = tuple(self._notices), []
        seen.pop("generation", None)
        self._seen = Observation.model_validate(
            {**seen, "status": self._tab.status, "error": error, "notices": notices}
        )
        return self._seen

    async def _return(self) -> dict[str, Any]:
        """Go back to where the page was before it went astray."""
        if await acting.back(self._tab) is not None:
            raise BrowserCrashed("the page went where it may not, and there is no way back")
        return await self._tab.observe()

    async def _adopt_new_tab(self) -> None:
        if self._tab.new_tab_expected and self._new_pages.empty():
            try:
                async with asyncio.timeout(NEW_TAB_SECONDS):
                    self._new_pages.put_nowait(await self._new_pages.get())
            except TimeoutError:
                pass
        self._tab.new_tab_expected = False
        while not self._new_pages.empty():
            page = self._new_pages.get_nowait()
            if page.is_closed():
                continue
            opener = self._tab
            try:
                tab = await self._attach(page)
            except PlaywrightError:
                continue
            reason = self._forbidden(page.url) if page.url else None
            if reason is not None:
                await page.close()
                self._notices.append(f"a new tab was closed: {reason}")
                continue
            self._tabs.append(tab)
            tab.requests = opener.requests
            self._notices.append("a new tab was opened; going back closes it")

    async def screenshot(self) -> bytes:
        """Return the viewport as a JPEG, without marks. Raises BrowserCrashed."""
        try:
            async with asyncio.timeout(self._settings.action_seconds):
                taken = await self._tab.send(
                    "Page.captureScreenshot", format="jpeg", quality=self._settings.jpeg_quality, optimizeForSpeed=True
                )
        except (TimeoutError, Navigated, PlaywrightError) as error:
            raise BrowserCrashed(f"no screenshot can be taken: {error}") from error
        return base64.b64decode(taken["data"])

    # acting

    async def act(self, action: Action) -> Acted:
        """Do something and look at what came of it. Raises BrowserCrashed where the browser is beyond recovery."""
        begun = time.perf_counter()
        self._dialogs = 0
        requests: list[str] = []
        self._tab.requests = requests
        try:
            error = await self._perform(action)
            acted = time.perf_counter()
            observation = await self._look(error)
        except (Frozen, BrowserCrashed) as broken:
            acted = time.perf_counter()
            observation = await self._recover(broken)
        done = time.perf_counter()
        timings = Timings(act=acted - begun, settle=done - acted)
        return Acted(observation, tuple(requests), timings)

    async def _perform(self, action: Action) -> str | None:
        if action.type == "back" and len(self._tabs) > 1 and not await acting.can_go_back(self._tab):
            await self._tabs.pop().page.close()
            return None
        try:
            async with asyncio.timeout(self._settings.action_seconds):
                return await acting.perform(self._tab, action)
        except TimeoutError as error:
            raise Frozen from error
        except Navigated:
            return None  # the page was replaced while we acted: what is there now will be seen
        except PlaywrightError as error:
            return f"the action failed: {error.message.splitlines()[0]}"

    async def _recover(self, broken: Exception) -> Observation:
        """Replace a page that crashed or froze by a new one at the last place that worked."""
        what = "crashed" if isinstance(broken, BrowserCrashed) else "froze"
        if self._seen is None:
            raise BrowserCrashed(f"the page {what} before it was seen")
        place = self._seen.url
        try:
            async with asyncio.timeout(4 * self._settings.action_seconds):
                page = await self._context.new_page()
                self._new_pages = asyncio.Queue()  # which announced our own page, too
                self._context.on("page", self._new_pages.put_nowait)
                old, self._tabs = self._tabs, [await self._attach(page)]
                for tab in old:
                    asyncio.ensure_future(_close(tab.page))  # noqa: RUF006 - a frozen page may take its time
                observation = await self.load(place)
        except (PlaywrightError, TimeoutError) as error:
            raise BrowserCrashed(f"the page {what}, and the browser with it") from error
        except (PageUnreachable, ForbiddenAddress) as error:
            raise BrowserCrashed(f"the page {what} and cannot be loaded again: {error}") from error
        return observation.model_copy(update={"error": f"the page {what} and was loaded again"})

    async def clear(self) -> None:
        """Forget cookies and storage, and leave the page."""
        tab = self._tab
        await self._context.clear_cookies()
        for origin in {self._website.url, self._seen.url if self._seen else self._website.url}:
            parts = urlsplit(origin)
            await tab.send("Storage.clearDataForOrigin", origin=f"{parts.scheme}://{parts.netloc}", storageTypes="all")
        for extra in self._tabs[1:]:
            await _close(extra.page)
        del self._tabs[1:]
        await self._tab.page.goto("about:blank")
        self._seen = None


async def _close(page: Page) -> None:
    try:
        await page.close()
    except PlaywrightError:
        return
