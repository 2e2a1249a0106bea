"""One tab over a raw DevTools session: events, evaluation in an isolated world, waiting for the page to come to rest.

Playwright opens contexts and pages and hands out the session; the hot path speaks the protocol itself. Nothing here
sleeps for a fixed time: waiting ends with an event, or with its bound.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from infra.errors import BrowserCrashed
from infra.settings import BrowserSettings

WORLD = "pae"
QUIET_MS = 8  # the DOM counts as still after so long without a change
MOST_QUIET_MS = 400  # … but an animation is not waited for longer
REQUESTS_SECONDS = 1.5  # longest wait for a page's own requests for data
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_DATA = frozenset({"XHR", "Fetch"})
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
        self._in_flight: set[str] = set()
        self._pending = False  # the main frame is on its way to another document
        self._loaded = True
        self._parsed = True
        self.crashed = False
        self.status: int | None = None
        self.redirects = 0
        self.requests: list[str] = []
        self.new_tab_expected = False
        self.refused: str | None = None

    @classmethod
    async def open(
        cls, page: Page, settings: BrowserSettings, permitted: Callable[[str], str | None] | None, *, read_only: bool
    ) -> Tab:
        """Attach to a page. ``permitted`` says why a document must not be loaded (None: not asked)."""
        session = await page.context.new_cdp_session(page)
        tab = cls(page, session, settings)
        tab._listen(permitted, read_only=read_only)
        patterns = [{"urlPattern": "*", "resourceType": "Document"}] if permitted is not None else []
        if read_only:
            patterns = [{"urlPattern": "*"}]
        tree, *_ = await asyncio.gather(
            tab.send("Page.getFrameTree"),
            tab.send("Page.enable"),
            tab.send("Page.setLifecycleEventsEnabled", enabled=True),
            tab.send("Page.addScriptToEvaluateOnNewDocument", source=script(), worldName=WORLD, runImmediately=True),
            tab.send("Runtime.enable"),
            tab.send("Network.enable", maxTotalBufferSize=0, maxResourceBufferSize=0),
            *([tab.send("Fetch.enable", patterns=patterns)] if patterns else []),
        )
        tab._frame = tree["frameTree"]["frame"]["id"]
        return tab

    def _listen(self, permitted: Callable[[str], str | None] | None, *, read_only: bool) -> None:
        on = self._cdp.on
        on("Page.lifecycleEvent", self._on_lifecycle)
        for event in ("Page.frameRequestedNavigation", "Page.frameStartedNavigating"):
            on(event, self._on_going)
        for event in (
            "Page.frameStoppedLoading",
            "Page.frameClearedScheduledNavigation",
            "Page.navigatedWithinDocument",
        ):
            on(event, self._on_stay)
        on("Page.frameNavigated", self._on_navigated)
        on("Page.windowOpen", self._on_window)
        on("Runtime.executionContextCreated", self._on_world)
        on("Runtime.executionContextsCleared", self._on_worlds_gone)
        on("Network.requestWillBeSent", self._on_request)
        on("Network.responseReceived", self._on_response)
        for event in ("Network.loadingFinished", "Network.loadingFailed"):
            on(event, self._on_done)
        if permitted is not None or read_only:
            on("Fetch.requestPaused", lambda event: self._on_paused(event, permitted, read_only=read_only))
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
            self._loaded = self._parsed = False
        elif name == "DOMContentLoaded":
            self._parsed = True
        elif name == "load":
            self._loaded = self._parsed = True
        else:
            return
        self._pulse()

    def _on_going(self, event: dict[str, Any]) -> None:
        same = event.get("navigationType") in ("sameDocument", "historySameDocument")
        elsewhere = event.get("disposition", "currentTab") != "currentTab"
        if event["frameId"] == self._frame and not same and not elsewhere:
            self._pending = True

    def _on_stay(self, event: dict[str, Any]) -> None:
        if event["frameId"] == self._frame:
            self._pending = False
            self._pulse()

    def _on_navigated(self, event: dict[str, Any]) -> None:
        if event["frame"]["id"] == self._frame:
            self._pending = False
            self._in_flight.clear()
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

    def _on_request(self, event: dict[str, Any]) -> None:
        request, kind = event["request"], event.get("type")
        if kind in _DATA:
            self._in_flight.add(event["requestId"])
        elif kind == "Document" and event["frameId"] == self._frame:
            self.redirects = self.redirects + 1 if event.get("redirectResponse") else 0
        if request["method"] not in _SAFE and kind not in ("Ping", "CSPViolationReport") and len(self.requests) < 20:
            target = urlsplit(request["url"])
            if target.netloc == urlsplit(event.get("documentURL", "")).netloc or kind == "Document":
                self.requests.append(f"{request['method']} {target.path or '/'}")

    def _on_response(self, event: dict[str, Any]) -> None:
        if event.get("type") == "Document" and event.get("frameId") == self._frame:
            self.status = int(event["response"]["status"])

    def _on_done(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._in_flight:
            self._in_flight.discard(event["requestId"])
            if not self._in_flight:
                self._pulse()

    def _on_paused(
        self, event: dict[str, Any], permitted: Callable[[str], str | None] | None, *, read_only: bool
    ) -> None:
        reason = None
        request = event["request"]
        if event.get("resourceType") == "Document" and permitted is not None:
            reason = permitted(request["url"])
        if read_only and request["method"] not in _SAFE:
            reason = f"{request['method']} requests are not permitted on this website"
        if reason is not None:
            self.refused = reason
            call = self.send("Fetch.failRequest", requestId=event["requestId"], errorReason="BlockedByClient")
        else:
            call = self.send("Fetch.continueRequest", requestId=event["requestId"])
        task = asyncio.ensure_future(call)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # the request may be gone by now

    # calls

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a DevTools method. Raises BrowserCrashed where the tab is gone, Navigated where its document is."""
        try:
            return await self._cdp.send(method, params)
        except PlaywrightError as error:
            if any(text in error.message for text in _LOST):
                raise Navigated from error
            if self.crashed or "closed" in error.message or "crashed" in error.message:
                raise BrowserCrashed(f"the page is gone: {error.message}") from error
            raise

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
            raise Frozen from error
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

    def forget_navigation(self) -> None:
        """The navigation that was asked for came to nothing."""
        self._pending = False
        self._loaded = self._parsed = True

    async def rest(self) -> None:
        """Wait for navigation, loading and the page's own requests, each within its bound."""
        if self._pending:
            await self.until(lambda: not self._pending, self._settings.navigation_seconds)
        if not self._loaded:
            await self.until(lambda: self._loaded or self._pending, self._settings.settle_seconds)
        if self._in_flight:
            await self.until(lambda: not self._in_flight or self._pending, REQUESTS_SECONDS)

    @property
    def busy(self) -> bool:
        """Return whether a navigation is under way."""
        return self._pending

    async def observe(self) -> dict[str, Any]:
        """Wait until the page is at rest, and look. Raises Frozen or BrowserCrashed."""
        caps = {"elements": self._settings.max_elements, "chunks": self._settings.max_chunks}
        look = f"pae.settled({QUIET_MS}, {MOST_QUIET_MS}).then(() => pae.observe({json.dumps(caps)}))"
        deadline = time.monotonic() + self._settings.settle_seconds + self._settings.navigation_seconds
        while True:
            await self.rest()
            try:
                seen: dict[str, Any] = await self.evaluate(look, seconds=self._settings.action_seconds)
            except Navigated:
                seen = {}
            late = time.monotonic() > deadline
            if seen and (late or not (self._pending or self._in_flight)):
                return seen
            if late:
                raise Frozen
