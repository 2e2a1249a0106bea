"""The application: a list of the tasks, their pages, and where an episode's end is reported."""

from __future__ import annotations

import math

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from sandbox_sites.common.forms import form_of
from sandbox_sites.common.sessions import Session, Sessions
from sandbox_sites.common.web import Web
from sandbox_sites.miniwob.catalogue import KEPT
from sandbox_sites.miniwob.pages import FOLDERS, HERE, page_of, path_of, root
from sandbox_sites.miniwob.state import Episode, MiniwobState

TITLE = "MiniWoB++"
REPORT = "/__episode"


def make_app(seed: int, sessions: Sessions[MiniwobState]) -> Starlette:
    """Return the application. Raises CannotServe where the package is missing."""
    web = Web(HERE, TITLE, sessions, {})
    pages = {name: page_of(name, seed) for name in KEPT}
    listed = [(name, path_of(name)) for name in sorted(KEPT)]

    async def home(request: Request, visitor: Session[MiniwobState]) -> Response:
        return web.render(visitor, "index.html", tasks=listed)

    async def task(request: Request, visitor: Session[MiniwobState]) -> Response:
        html = pages.get(request.path_params["name"])
        return web.missing(visitor) if html is None else HTMLResponse(html)

    async def ended(request: Request, visitor: Session[MiniwobState]) -> Response:
        form = await form_of(request)
        reward = _number(form.get("reward", ""))
        if form.get("task") not in KEPT or reward is None:
            return Response(status_code=422)
        visitor.state.end(Episode(form["task"], reward))
        return Response(status_code=204)

    web.page("/", home)
    web.page("/miniwob/{name}.html", task)
    web.change(REPORT, ended)
    files = [Mount(f"/{folder}", StaticFiles(directory=root() / folder)) for folder in FOLDERS]
    return Starlette(routes=[*files, Mount("/", web.app())])


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
