"""What texts the stores can hold: PostgreSQL takes no NUL, and nothing that is sent half of a surrogate pair."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.api.problems import problem

_UNFIT = re.compile("[\0\ud800-\udfff]")


def storable(given: Any) -> bool:
    """Return whether all texts of a JSON value can be stored."""
    if isinstance(given, str):
        return (given.isascii() and "\0" not in given) or not _UNFIT.search(given)
    if isinstance(given, dict):
        return all(storable(key) and storable(value) for key, value in given.items())
    return not isinstance(given, list) or all(map(storable, given))


class StorableAddress:
    """ASGI middleware: nothing is looked for at an address that no store can hold."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or answer 404."""
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            await problem(404, "there is nothing at an address that holds NUL")(scope, receive, send)
            return
        await self._app(scope, receive, send)


def install(app: FastAPI) -> None:
    """Look at every request's address. Call before the access check is installed."""
    app.add_middleware(StorableAddress)
