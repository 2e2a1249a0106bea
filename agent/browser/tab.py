"""One tab over a raw DevTools session: events, evaluation in an isolated world, waiting for the page to come to rest.

Playwright opens contexts and pages and hands out the session; the hot path speaks the protocol itself. Nothing here
sleeps for a fixed time: waiting ends with an event, or with its bound.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from importlib import resources
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from agent.browser.traffic import Permitted, Traffic
from infra.errors import BrowserCrashed
from infra.settings import BrowserSettings

WORLD = "pae"
QUIET_MS = 8  # the DOM counts as still after so long without a change
MOST_QUIET_MS = 400  # … but an animation is not waited for longer
REQUESTS_SECONDS = 1.5  # longest wait for a page's own requests for data
_LOST = ("Cannot find context", "context was destroyed", "navigated or closed", "uniqueContextId not found")


class Navigated(Exception):
    """The document was replaced during an evaluation."""


class Frozen(Exception):
    """The page did not answer in time."""


def script() -> str:
    """Return the observation script."""
    return resources.files("agent.browser").joinpath("observe.js").read_text()


class Tab:
    """Built by :meth:`open`. After ``closed`` or ``crashed`` every call raises BrowserCrashed."""

    def __init__(self, page: Page, session: CDPSession, settings: BrowserSettings) -> None:
        self.page = page
        self._cdp = session
        self._settings = settings
        self._changed = asyncio.Event()
        self._frame = ""
        self._world: str | None = None
        self._pending = False  # the main frame is on its way to another document …
        self._started = False  # … and the browser has taken that up, not just the page asked for it
        self._loaded = False  # an open page says so as soon as its events are asked for
        self.crashed = False
        self.traffic = Traffic(self.send, self._pulse)
        self.new_tab_expected = False
        self.overdue: str | None = None  # the navigation that was given up
        self.unreachable: str | None = None  # what could not be loaded before we attached

    @classmethod
    async def open(cls, page: Page, settings: BrowserSettings, permitted: Permitted | None, *, read_only: bool) -> Tab:
        """Attach to a page. ``permitted`` says why a document must not be loaded (None: not asked)."""
        session = await page.context.new_cdp_session(page)
        tab = cls(page, session, settings)
        tab._listen()
        patterns = tab.traffic.listen(session.on, permitted, read_only=read_only)
        frame = (await tab.send("Page.getFrameTree"))["frameTree"]["frame"]
        tab._frame = tab.traffic.frame = frame["id"]
        tab.unreachable = frame.get("unreachableUrl")
        await asyncio.gather(
            tab.send("Page.enable"),
            tab.send("Page.setLifecycleEventsEnabled", enabled=True),
            tab.send("Page.addScriptToEvaluateOnNewDocument", source=script(), worldName=WORLD, runImmediately=True),
            tab.send("Runtime.enable"),
            tab.send("Network.enable", maxTotalBufferSize=0, maxResourceBufferSize=0),
            *([tab.send("Fetch.enable", patterns=patterns)] if patterns else []),
        )
        return tab

    def _listen(self) -> None:
        on = self._cdp.on
        on("Page.lifecycleEvent", self._on_lifecycle)
        on("Page.frameRequestedNavigation", self._on_asked)
        on("Page.frameStartedNavigating", self._on_started)
        on("Page.frameStoppedLoading", self._on_stopped)
        for event in ("Page.frameClearedScheduledNavigation", "Page.navigatedWithinDocument"):
            on(event, self._on_stay)
        on("Page.frameNavigated", self._on_navigated)
        on("Page.windowOpen", self._on_window)
        on("Runtime.executionContextCreated", self._on_world)
        on("Runtime.executionContextsCleared", self._on_worlds_gone)
        self.page.on("crash", lambda _: self._on_crash())
        self.page.on("close", lambda _: self._on_crash())

    # events

    def _pulse(self) -> None:
        self._changed.set()

    def _on_crash(self) -> None:
        self.crashed = True
        self._pulse()

    def _on_lifecycle(self, event: dict[str, Any]) -> None:
        if event["frameId"] != self._frame:
            return
        name = event["name"]
        if name == "init":
            self._loaded = False
        elif name == "load":
            self._loaded = True
        else:
            return
        self._pulse()

    def _on_asked(self, event: dict[str, Any]) -> None:
        if event["frameId"] == self._frame and event.get("disposition", "currentTab") == "currentTab":
            self._pending = True

    def _on_started(self, event: dict[str, Any]) -> None:
        same = event.get("navigationType") in ("sameDocument", "historySameDocument")
        if event["frameId"] == self._frame and not same:
            self._pending = self._started = True

    def _on_stay(self, event: dict[str, Any]) -> None:
        # both events are sent, too, while a navigation that has started goes on
        if event["frameId"] == self._frame and not self._started:
            self._pending = False
            self._pulse()

    def _on_stopped(self, event: dict[str, Any]) -> None:
        if event["frameId"] == self._frame:
            self._pending = self._started = False
            self._pulse()

    def _on_navigated(self, event: dict[str, Any]) -> None:
        if event["frame"]["id"] == self._frame:
            self._pending = self._started = False
            self.traffic.waiting.clear()
            self._pulse()

    def _on_window(self, _: dict[str, Any]) -> None:
        self.new_tab_expected = True

    def _on_world(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context["name"] == WORLD and context["auxData"]["frameId"] == self._frame:
            self._world = context["uniqueId"]
            self._pulse()

    def _on_worlds_gone(self, _: Any) -> None:
        self._world = None

    # calls

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a DevTools method. Raises BrowserCrashed where the tab is gone, Navigated where its document is."""
        if self.crashed:
            raise BrowserCrashed("the page is gone")
        try:
            return await self._cdp.send(method, params)
        except PlaywrightError as error:
            if any(text in error.message for text in _LOST):
                raise Navigated from error
            if self.crashed or "closed" in error.message or "crashed" in error.message:
                raise BrowserCrashed(f"the page is gone: {error.message}") from error
            raise

    def kill(self) -> None:
        """End the page's process, frozen or not; the crash is an event like any other."""
        call = asyncio.ensure_future(self._cdp.send("Page.crash"))
        call.add_done_callback(lambda done: done.cancelled() or done.exception())  # it cannot answer any more

    async def end(self, seconds: float) -> None:
        """Kill the page and wait until it is gone."""
        if not self.crashed:
            self.kill()
            with contextlib.suppress(BrowserCrashed):
                await self.until(lambda: False, seconds)

    async def call(self, function: str, *arguments: Any, seconds: float | None = None) -> Any:
        """Call a function of the observation script. Raises Navigated, Frozen or BrowserCrashed."""
        written = ", ".join(json.dumps(argument) for argument in arguments)
        return await self.evaluate(f"pae.{function}({written})", seconds=seconds)

    async def evaluate(self, expression: str, *, seconds: float | None = None) -> Any:
        """Evaluate in the isolated world; promises are awaited."""
        limit = seconds or self._settings.action_seconds
        if self._world is None and not await self.until(lambda: self._world is not None, limit):
            raise Frozen
        call = self.send(
            "Runtime.evaluate",
            expression=expression,
            uniqueContextId=self._world,
            returnByValue=True,
            awaitPromise=True,
        )
        try:
            async with asyncio.timeout(limit):
                result = await call
        except TimeoutError as error:
            if self.crashed:
                raise BrowserCrashed("the page crashed") from error
            raise (Navigated if self._pending else Frozen) from error
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise PlaywrightError(details.get("exception", {}).get("description") or details["text"])
        return result["result"].get("value")

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait for events until the condition holds; return whether it does. Raises BrowserCrashed."""
        deadline = time.monotonic() + seconds
        while not condition():
            if self.crashed:
                raise BrowserCrashed("the page crashed")
            self._changed.clear()
            try:
                async with asyncio.timeout(deadline - time.monotonic()):
                    await self._changed.wait()
            except TimeoutError:
                return condition()
        return True

    # coming to rest

    def expect_navigation(self) -> None:
        """A navigation was asked for; :meth:`rest` waits for it."""
        self._pending = True

    async def leave(self) -> None:
        """Leave the page for an empty one."""
        self.expect_navigation()
        await self.send("Page.navigate", url="about:blank")
        await self.rest()

    def forget_navigation(self) -> None:
        """The navigation that was asked for came to nothing."""
        self._pending = self._started = False
        self._loaded = True

    async def stop(self) -> None:
        """Give up the navigation that is under way. Until then the present document cannot be looked at."""
        self.forget_navigation()
        await self.send("Page.stopLoading")

    @property
    def leaving(self) -> bool:
        """Return whether a navigation is under way."""
        return self._pending

    async def rest(self) -> None:
        """Wait for navigation, loading and the page's own requests, each within its bound."""
        seconds = self._settings.navigation_seconds
        if self._pending and not await self.until(lambda: not self._pending, seconds):
            self.overdue = f"it did not answer within {seconds:.0f} s"
            await self.stop()
        if not self._loaded:
            await self.until(lambda: self._loaded or self._pending, self._settings.settle_seconds)
        if self.traffic.waiting:
            await self.until(lambda: not self.traffic.waiting or self._pending, REQUESTS_SECONDS)

    async def observe(self, *, seconds: float | None = None) -> dict[str, Any]:
        """Wait until the page is at rest, and look, within ``seconds``. Raises Frozen or BrowserCrashed."""
        caps = {"elements": self._settings.max_elements, "chunks": self._settings.max_chunks}
        look = f"pae.settled({QUIET_MS}, {MOST_QUIET_MS}).then(() => pae.observe({json.dumps(caps)}))"
        deadline = time.monotonic() + self._settings.settle_seconds + self._settings.navigation_seconds
        while True:
            await self.rest()
            try:
                seen: dict[str, Any] = await self.evaluate(look, seconds=seconds)
            except Navigated:
                seen = {}
            except Frozen:
                if self._loaded or time.monotonic() > deadline:
                    raise
                seen = {}  # a large document keeps the page busy while it is parsed
            late = time.monotonic() > deadline
            if seen and (late or not (self._pending or self.traffic.waiting)):
                return seen
            if late:
                raise Frozen
