"""A bound on the size of a request's body, also where its length is not said beforehand.

What declares too much is refused before anything is read; of what declares nothing, no more is read than the bound.
FastAPI's own ``max_body_size`` answers in plain text, where every error of ours is a problem that says what to do.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infra.api.problems import problem

_TOO_LARGE = 413


class BodyLimit:
    """ASGI middleware. Inside the access check: strangers are told that they need a key, and nothing else."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._detail = f"the body is larger than {most} bytes: send less at a time, or raise api.max_body_bytes"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse its body with 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _declared(scope) > self._most:
            await problem(_TOO_LARGE, self._detail)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise HTTPException(_TOO_LARGE, self._detail)
            return message

        await self._app(scope, counted, send)


def _declared(scope: Scope) -> int:
    """Return the length that the request declares; 0 where it declares none."""
    given = dict(scope["headers"]).get(b"content-length", b"")
    return int(given) if given.isdigit() else 0


def install(app: FastAPI, most: int) -> None:
    """Bound every request's body to so many bytes. Call before the access check is installed."""
    app.add_middleware(BodyLimit, most=most)
