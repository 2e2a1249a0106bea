"""The app around a site's pages: cookies, visits, the one-time entry into a prepared session, static files."""

from __future__ import annotations

from typing import cast

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox_sites.common.sessions import SessionState, SessionStore
from sandbox_sites.common.site import Site

_UNTRACKED = ("/static/", "/__enter/", "/favicon.ico")


class Sessions:
    """Gives every request the state of its cookie's session, and writes down the pages that were served."""

    def __init__(self, app: ASGIApp, store: SessionStore, cookie: str) -> None:
        self._app, self._store, self._cookie = app, store, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if scope["type"] != "http" or request.url.path.startswith(_UNTRACKED):
            await self._app(scope, receive, send)
            return
        session = request.cookies.get(self._cookie)
        state, fresh = self._store.get(session), None
        if state is None:
            fresh = self._store.create()
            state = cast(SessionState, self._store.get(fresh))
        scope.setdefault("state", {})["visitor"] = state
        query = request.url.query

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if fresh is not None:
                    headers.append("set-cookie", f"{self._cookie}={fresh}; Path=/; HttpOnly; SameSite=Lax")
                page = headers.get("content-type", "").startswith("text/html")
                if request.method == "GET" and message["status"] == 200 and page:
                    state.visit(f"{request.url.path}?{query}")
                headers["cache-control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_on)


def visitor(request: Request) -> SessionState:
    """The state of the visitor who sent a request."""
    return cast(SessionState, request.state.visitor)


def make_app(site: Site, store: SessionStore) -> Starlette:
    """The web application of one site."""
    # Browsers do not tell ports apart when they keep cookies, so each site's cookie has a name of its own.
    cookie = f"{site.name}_session"

    async def enter(request: Request) -> Response:
        session = store.redeem(request.path_params["token"])
        if session is None:
            return PlainTextResponse("This link was used before.", status_code=410)
        target = request.query_params.get("next", "/")
        if not target.startswith("/") or target.startswith("//"):
            target = "/"
        response = RedirectResponse(target, status_code=303)
        response.set_cookie(cookie, session, path="/", httponly=True, samesite="lax")
        return response

    async def no_icon(_: Request) -> Response:
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/__enter/{token}", enter),
            Route("/favicon.ico", no_icon),
            Mount("/static", StaticFiles(directory=site.static)),
            *site.routes,
        ],
        middleware=[Middleware(Sessions, store=store, cookie=cookie)],
    )
