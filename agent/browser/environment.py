"""The environment: a website in an isolated browser context, as observations and actions.

An action that fails is no exception: its error is part of the next observation. Exceptions are for what ends an
attempt: a start page that cannot be loaded, a browser that is gone.
"""

from __future__ import annotations

import asyncio
import base64
import time
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Dialog
from playwright.async_api import Error as PlaywrightError

from agent.browser import acting, failures
from agent.browser.guard import Guard
from agent.browser.tab import Frozen, Navigated, Tab
from agent.browser.tabs import Tabs
from infra.contracts.action import Action
from infra.contracts.attempt import Timings
from infra.contracts.observation import Observation
from infra.contracts.website import Website
from infra.egress import host_allowed, parse_url
from infra.errors import BrowserCrashed, ForbiddenAddress, InvalidInput, PageUnreachable
from infra.settings import BrowserSettings

MOST_FOLDED = 500  # links of one page
MOST_DIALOGS = 10  # in one step; a page that asks more often is stuck in a loop


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
        self._notices: list[str] = []
        self._dialogs = 0
        self._tabs = Tabs(
            context,
            settings,
            self._forbidden,
            self._notices,
            filtered=filtered,  # documents of other hosts are connected to like any resource, so check each one
            read_only=not website.safety.submit_forms,
        )
        self._seen: Observation | None = None

    async def open(self) -> None:
        """Open the first tab."""
        self._context.on("dialog", self._on_dialog)
        await self._tabs.open()

    @property
    def redirects(self) -> int:
        """Return how many redirects the newest document took."""
        return self._tab.traffic.redirects

    @property
    def _tab(self) -> Tab:
        return self._tabs.newest

    def _on_dialog(self, dialog: Dialog) -> None:
        self._dialogs += 1
        accepted = dialog.type != "prompt" and self._dialogs <= MOST_DIALOGS
        verb = "accepted" if accepted else "dismissed"
        if dialog.type != "beforeunload" and self._dialogs <= MOST_DIALOGS:
            self._notices.append(f"{dialog.type} {verb}: {dialog.message[:200]}")
        if self._dialogs == 5 * MOST_DIALOGS:
            self._tab.kill()
        task = asyncio.ensure_future(dialog.accept() if accepted else dialog.dismiss())
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # the page may be gone by now

    def _forbidden(self, url: str) -> str | None:
        """Return why a document must not be shown; None where it may."""
        scheme = url.partition(":")[0]
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
        tab.traffic.refused = tab.traffic.status = tab.overdue = None
        tab.expect_navigation()
        try:
            async with asyncio.timeout(self._settings.navigation_seconds):
                answer = await tab.send("Page.navigate", url=url)
        except TimeoutError as error:
            await tab.stop()
            raise self._unreachable(
                url, f"it did not answer within {self._settings.navigation_seconds:.0f} s"
            ) from error
        except Navigated:
            answer = {}
        except PlaywrightError as error:
            raise self._unreachable(url, error.message.splitlines()[0]) from error
        if answer.get("errorText"):
            tab.forget_navigation()
            raise self._unreachable(url, answer["errorText"])
        if "loaderId" not in answer:  # only the fragment changed
            tab.forget_navigation()
        try:
            return await self._look(None, start=url)
        except Frozen as error:
            await self._tabs.replace()
            raise PageUnreachable(f"{url} cannot be used: the page does not answer") from error

    def _unreachable(self, url: str, text: str) -> Exception:
        traffic = self._tab.traffic
        if traffic.refused is not None:
            return ForbiddenAddress(f"{url} leads elsewhere: {traffic.refused}")
        return failures.unreachable(url, text, traffic.document or url, self._guard)

    # looking

    async def observe(self) -> Observation:
        """Look at the page once it is at rest. Raises BrowserCrashed."""
        try:
            return await self._look(None)
        except Frozen as error:
            raise BrowserCrashed("the page does not answer") from error

    async def _look(self, error: str | None, *, start: str | None = None) -> Observation:
        """Look at the page. One that went astray is left again; as a ``start`` page it cannot be used."""
        await self._tabs.update()
        # A page of many megabytes is laid out when it is first looked at.
        seen = await self._tab.observe(seconds=None if start is None else self._settings.navigation_seconds)
        astray = self._astray(seen["url"])
        if astray is not None:
            if start is not None:
                raise self._unreachable(start, self._tab.traffic.failure or astray)
            error = astray
            seen = await self._return()
        elif self._tab.traffic.refused or self._tab.overdue:
            error = f"the page could not be loaded: {self._tab.traffic.refused or self._tab.overdue}"
        tab = self._tab
        tab.traffic.refused = tab.overdue = None
        notices = (*self._notices, *(f"a request was refused: {why}" for why in sorted(tab.traffic.refused_besides)))
        self._notices.clear()
        tab.traffic.refused_besides.clear()
        seen.pop("generation", None)
        self._seen = Observation.model_validate(
            {**seen, "status": tab.traffic.status, "error": error, "notices": notices}
        )
        return self._seen

    def _astray(self, url: str) -> str | None:
        """Return why what is shown is no page of the website; None where it is one."""
        reason = self._forbidden(url)
        if reason is not None:
            return f"the page went where it may not: {reason}"
        if not url.startswith("chrome-error:"):
            return None
        traffic = self._tab.traffic
        why = traffic.refused or failures.words(traffic.failure or "", traffic.document, self._guard)
        return f"the page could not be loaded: {why or 'its host did not answer'}"

    async def _return(self) -> dict[str, Any]:
        """Go back to where the page was before it went astray."""
        if await acting.back(self._tab) is not None:
            if len(self._tabs) == 1:
                raise BrowserCrashed("the page went where it may not, and there is no way back")
            await self._tabs.close_newest()
            self._notices.append("the new tab was closed")
        return await self._tab.observe()

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
        self._tab.traffic.changing = requests
        try:
            error = await self._perform(action)
            acted = time.perf_counter()
            observation = await self._look(error)
        except (Frozen, BrowserCrashed) as broken:
            acted = time.perf_counter()
            observation = await (self._look(None) if self._tabs.forget_closed() else self._recover(broken))
        done = time.perf_counter()
        timings = Timings(act=acted - begun, settle=done - acted)
        return Acted(observation, tuple(requests), timings)

    async def _perform(self, action: Action) -> str | None:
        if action.type == "back" and len(self._tabs) > 1 and not await acting.can_go_back(self._tab):
            await self._tabs.close_newest()
            return None
        try:
            async with asyncio.timeout(self._settings.action_seconds):
                return await acting.perform(self._tab, action)
        except TimeoutError as error:
            if self._tab.leaving:
                return None
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
                await self._tabs.replace()
                observation = await self.load(place)
        except TimeoutError as error:
            raise BrowserCrashed(f"the page {what}, and the browser with it") from error
        except (PageUnreachable, ForbiddenAddress) as error:
            raise BrowserCrashed(f"the page {what} and cannot be loaded again: {error}") from error
        return observation.model_copy(update={"error": f"the page {what} and was loaded again"})

    async def folded(self) -> tuple[str, ...]:
        """Return where the page's links lead that are not shown until something is opened; none where it is gone."""
        try:
            return tuple(await self._tab.call("folded", MOST_FOLDED))
        except (Navigated, Frozen):
            return ()

    async def clear(self) -> None:
        """Forget cookies and storage, and leave the page. Raises BrowserCrashed."""
        try:
            async with asyncio.timeout(4 * self._settings.action_seconds):
                await self._tabs.keep_first()
                await self._context.clear_cookies()
                for origin in self._origins():
                    await self._tab.send("Storage.clearDataForOrigin", origin=origin, storageTypes="all")
                await self._tab.leave()
        except (PlaywrightError, Navigated, TimeoutError) as error:
            raise BrowserCrashed(f"what the browser knows of the website cannot be forgotten: {error}") from error
        self._seen = None

    def _origins(self) -> set[str]:
        """Return where the website may have stored something."""
        return {f"{scheme}://{host}" for host in self._website.allowed_hosts for scheme in ("http", "https")}
