"""What a tab asks the network for: what it waits for, what it changes, what it is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

MOST_REPORTED = 20
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_DATA = frozenset({"XHR", "Fetch"})
_BACKGROUND = frozenset({"Ping", "CSPViolationReport"})

Send = Callable[..., Awaitable[dict[str, Any]]]
Permitted = Callable[[str], str | None]


class Traffic:
    """Fed by the DevTools events of one tab. ``frame`` is its main frame."""

    def __init__(self, send: Send, pulse: Callable[[], None]) -> None:
        self._send = send
        self._pulse = pulse
        self._document_request = ""
        self.frame = ""
        self.waiting: set[str] = set()  # requests for data, and frames that are being loaded
        self.status: int | None = None
        self.redirects = 0
        self.document = ""  # the newest document's address, the last one after redirects
        self.failure: str | None = None  # why that could not be loaded, as the browser names it
        self.changing: list[str] = []  # requests that change something: 'POST /cart/add'
        self.refused: str | None = None  # why the newest document was refused
        self.refused_besides: set[str] = set()  # why other requests were refused

    def listen(self, on: Callable[..., Any], permitted: Permitted | None, *, read_only: bool) -> list[dict[str, str]]:
        """Subscribe to events; return the patterns of the requests to be asked about, if any."""
        on("Network.requestWillBeSent", self._on_request)
        on("Network.responseReceived", self._on_response)
        on("Network.loadingFinished", lambda event: self._done(event["requestId"]))
        on("Network.loadingFailed", self._on_failed)
        on("Page.frameStartedLoading", self._on_frame)
        for event in ("Page.frameStoppedLoading", "Page.frameDetached"):
            on(event, lambda event: self._done(event["frameId"]))
        if permitted is None and not read_only:
            return []
        on("Fetch.requestPaused", lambda event: self._on_paused(event, permitted, read_only=read_only))
        return [{"urlPattern": "*"}] if read_only else [{"urlPattern": "*", "resourceType": "Document"}]

    def _on_request(self, event: dict[str, Any]) -> None:
        request, kind = event["request"], event.get("type")
        if kind in _DATA:
            self.waiting.add(event["requestId"])
        elif kind == "Document" and event["frameId"] == self.frame:
            self.redirects = self.redirects + 1 if event.get("redirectResponse") else 0
            self._document_request, self.document, self.failure = event["requestId"], request["url"], None
        if request["method"] not in _SAFE and kind not in _BACKGROUND and len(self.changing) < MOST_REPORTED:
            target = urlsplit(request["url"])
            if target.netloc == urlsplit(event.get("documentURL", "")).netloc or kind == "Document":
                self.changing.append(f"{request['method']} {target.path or '/'}")

    def _on_response(self, event: dict[str, Any]) -> None:
        if event.get("type") == "Document" and event.get("frameId") == self.frame:
            self.status = int(event["response"]["status"])

    def _on_frame(self, event: dict[str, Any]) -> None:
        if event["frameId"] != self.frame:
            self.waiting.add(event["frameId"])

    def _done(self, what: str) -> None:
        if what in self.waiting:
            self.waiting.discard(what)
            if not self.waiting:
                self._pulse()

    def _on_failed(self, event: dict[str, Any]) -> None:
        if event["requestId"] == self._document_request:
            self.failure = event["errorText"]
        self._done(event["requestId"])

    def _on_paused(self, event: dict[str, Any], permitted: Permitted | None, *, read_only: bool) -> None:
        request, document = event["request"], event.get("resourceType") == "Document"
        reason = permitted(request["url"]) if document and permitted is not None else None
        if read_only and request["method"] not in _SAFE:
            reason = f"{request['method']} requests are not permitted on this website"
        if reason is None:
            call = self._send("Fetch.continueRequest", requestId=event["requestId"])
        else:
            call = self._send("Fetch.failRequest", requestId=event["requestId"], errorReason="BlockedByClient")
            if document and event["frameId"] == self.frame:
                self.refused = reason
            elif not document:
                self.refused_besides.add(reason)
        task = asyncio.ensure_future(call)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # the request may be gone by now
