"""What all sites' applications do alike: visitors, templates in two variants, entering a prepared session, files.

A site registers its handlers with :meth:`Web.page`, :meth:`Web.change` and :meth:`Web.data`; a handler takes the
request and its visitor. Only pages count as visited.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox_sites.common import disturbing
from sandbox_sites.common.forms import local, to
from sandbox_sites.common.sessions import COOKIE, Session, Sessions

S = TypeVar("S")
Handler = Callable[[Request, Session[S]], Awaitable[Response]]


class Web(Generic[S]):
    """One site's application.

    ``here`` holds ``templates/``, ``templates_b/`` (only what differs) and ``static/``. ``wording`` maps words of
    variant "a" to those of "b"; templates write words that differ as ``{{ t("Add to cart") }}``. ``context`` gives what
    every page shows. ``expire`` is called when the session runs out: it signs the visitor out, say.
    """

    def __init__(
        self,
        here: Path,
        title: str,
        sessions: Sessions[S],
        wording: Mapping[str, str],
        *,
        context: Callable[[Session[S]], dict[str, Any]] = lambda visitor: {},
        filters: Mapping[str, Callable[..., Any]] | None = None,
        values: Mapping[str, Any] | None = None,
        expire: Callable[[S], None] = lambda state: None,
    ) -> None:
        self._title = title
        self._sessions = sessions
        self._wording = {"a": {}, "b": dict(wording)}
        self._context = context
        self._expire = expire
        self._here = here
        self._routes: list[BaseRoute] = [Route("/__enter/{token}", self._enter), Route("/robots.txt", _robots)]
        self._environments = {
            "a": self._environment([here / "templates"], filters or {}, values or {}),
            "b": self._environment([here / "templates_b", here / "templates"], filters or {}, values or {}),
        }
        for path, disturbance in disturbing.PAGES.items():
            self._routes.append(Route(path, self._wrapped(disturbance, counted=False), methods=["GET", "POST"]))

    @staticmethod
    def _environment(
        folders: list[Path], filters: Mapping[str, Callable[..., Any]], values: Mapping[str, Any]
    ) -> Environment:
        loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
        environment = Environment(loader=loader, autoescape=select_autoescape(), auto_reload=False)
        environment.filters.update(filters)
        environment.globals.update(values)
        return environment

    def say(self, visitor: Session[S], text: str) -> str:
        """Return the words that the visitor's variant shows for words of variant "a"."""
        return self._wording[visitor.variant].get(text, text)

    def render(self, visitor: Session[S], template: str, status: int = 200, **values: Any) -> Response:
        """Return a page with what every page shows: ``state``, ``messages``, ``title``, ``t``, ``variant``."""
        messages, visitor.messages = visitor.messages, []
        words = self._wording[visitor.variant]
        html = (
            self._environments[visitor.variant]
            .get_template(template)
            .render(
                state=visitor.state,
                messages=messages,
                title=self._title,
                variant=visitor.variant,
                t=lambda text: words.get(text, text),
                **{**self._context(visitor), **values},
            )
        )
        return HTMLResponse(html, status)

    def missing(self, visitor: Session[S]) -> Response:
        """Say that there is no such page."""
        return self.render(visitor, "missing.html", status=404)

    def page(self, path: str, handler: Handler[S]) -> None:
        """Serve a page to GET."""
        self._routes.append(Route(path, self._wrapped(handler, counted=True), methods=["GET"]))

    def change(self, path: str, handler: Handler[S]) -> None:
        """Take a form by POST.

        The handler answers with :func:`~sandbox_sites.common.forms.to`, or with the form and what is wrong with it.
        """
        self._routes.append(Route(path, self._wrapped(handler, counted=False), methods=["POST"]))

    def data(self, path: str, handler: Callable[[Request, Session[S]], Awaitable[Any]]) -> None:
        """Serve JSON to scripts of the page: suggestions, more of a list."""

        async def answer(request: Request, visitor: Session[S]) -> Response:
            found = await handler(request, visitor)
            return found if isinstance(found, Response) else JSONResponse(found)

        self._routes.append(Route(path, self._wrapped(answer, counted=False), methods=["GET"]))

    def app(self) -> Starlette:
        """Return the application."""

        async def unknown(request: Request, visitor: Session[S]) -> Response:
            return self.missing(visitor)

        files = Mount("/static", StaticFiles(directory=self._here / "static"))
        rest = Route("/{path:path}", self._wrapped(unknown, counted=True), methods=["GET"])
        return Starlette(routes=[*self._routes, files, rest])

    def _wrapped(self, handler: Handler[S], *, counted: bool) -> Callable[[Request], Awaitable[Response]]:
        """Give a handler its visitor, note which page was shown, and disturb as the visitor's perturbations say."""

        async def handle(request: Request) -> Response:
            visitor = self._sessions.get(request.cookies.get(COOKIE))
            known = visitor is not None
            visitor = visitor or self._sessions.new()
            response = await self._answer(request, visitor, handler, counted=counted)
            if not known:
                response.set_cookie(COOKIE, visitor.id, httponly=True, samesite="lax")
            return response

        return handle

    async def _answer(self, request: Request, visitor: Session[S], handler: Handler[S], *, counted: bool) -> Response:
        if not visitor.perturbed:
            response = await handler(request, visitor)
        else:
            instead = await disturbing.before(request, visitor, self._expire) if counted else None
            response = instead or await handler(request, visitor)
            if instead is not None:
                return response
            if isinstance(response, HTMLResponse):
                response = disturbing.dressed(response, request, visitor)
        if counted and response.status_code == 200:
            query = request.url.query
            visitor.visit(request.url.path + (f"?{query}" if query else ""))
        return response

    async def _enter(self, request: Request) -> Response:
        """Take over a session that was prepared, once."""
        visitor = self._sessions.redeem(request.path_params["token"])
        if visitor is None:
            return PlainTextResponse("this entry has been used", 410)
        response = to(local(request.query_params.get("next", "/")))
        response.set_cookie(COOKIE, visitor.id, httponly=True, samesite="lax")
        return response


async def _robots(request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nAllow: /\n")
