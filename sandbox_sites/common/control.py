"""The control server: hidden state and judges, on a port of its own, behind a secret.

The agent's browser cannot reach it: the port is not among the website's hosts, and without the secret in a header
every request is refused. It answers no cross-origin requests.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox_sites.common.perturbation import Perturbation
from sandbox_sites.common.site import Outcome, Site, judge, passed, path_of, reason_of
from sandbox_sites.common.solving import NoBrowser, Solver

HEADER = "X-Sandbox-Secret"


def _missing(what: str) -> JSONResponse:
    return JSONResponse({"error": f"there is no {what}"}, status_code=404)


class Control:
    """Handlers over the sites that are served."""

    def __init__(self, sites: Mapping[str, Site], urls: Mapping[str, str]) -> None:
        self._sites = sites
        self._urls = urls
        self._solver = Solver()

    async def list_sites(self, request: Request) -> Response:
        """All sites with their URLs."""
        sites = [
            {"site": name, "url": self._urls[name], "title": site.title, "group": site.group}
            for name, site in self._sites.items()
        ]
        return JSONResponse(sites)

    async def list_tasks(self, request: Request) -> Response:
        """A site's benchmark tasks, without judges and solutions."""
        site = self._sites.get(request.path_params["site"])
        if site is None:
            return _missing("such site")
        split = request.query_params.get("split")
        plain = request.query_params.get("wording") == "plain"
        return JSONResponse(
            [
                {
                    "id": task.id,
                    "instruction": (plain and task.plain) or task.instruction,
                    "kind": task.kind,
                    "depth": task.depth,
                    "start": task.start,
                    "split": task.split,
                    "answerable": task.answerable,
                    "ends_itself": task.ends_itself,
                }
                for task in site.tasks
                if split in (None, "all", task.split)
            ]
        )

    async def list_pages(self, request: Request) -> Response:
        """The paths that a person could reach."""
        site = self._sites.get(request.path_params["site"])
        return _missing("such site") if site is None else JSONResponse(list(site.pages))

    async def new_session(self, request: Request) -> Response:
        """Begin a session, perturbed as asked for, and say where a browser enters it."""
        name = request.path_params["site"]
        site = self._sites.get(name)
        if site is None:
            return _missing("such site")
        body = await request.json() if await request.body() else {}
        try:
            perturbed = [Perturbation(name) for name in body["perturbed"]] if "perturbed" in body else None
        except ValueError as error:
            return JSONResponse({"error": f"{error}; there are {', '.join(Perturbation)}"}, status_code=422)
        session = site.sessions.new(perturbed)
        then = quote(str(body.get("next", "/")), safe="/")
        entry = f"{self._urls[name].rstrip('/')}/__enter/{site.sessions.ticket(session)}?next={then}"
        return JSONResponse({"session": session.id, "entry": entry}, status_code=201)

    async def show_session(self, request: Request) -> Response:
        """The hidden state of a session."""
        site = self._sites.get(request.path_params["site"])
        session = site.sessions.get(request.path_params["session"]) if site else None
        if site is None or session is None:
            return _missing("such session")
        return JSONResponse({"visited": session.visited, "state": site.describe(session.state)})

    async def solve(self, request: Request) -> Response:
        """Have a task's own solution solve it in a fresh session, and judge that."""
        site = self._sites.get(request.path_params["site"])
        body: dict[str, Any] = await request.json()
        task = site.by_id.get(str(body.get("task"))) if site else None
        if site is None or task is None:
            return _missing("such task")
        try:
            session = site.sessions.new([Perturbation(name) for name in body.get("perturbed", ())])
            found = await self._solver.solve(site, self._urls[site.name], task, session)
        except ValueError as error:
            return JSONResponse({"error": f"{error}; there are {', '.join(Perturbation)}"}, status_code=422)
        except NoBrowser as error:
            return JSONResponse({"error": str(error)}, status_code=409)
        return JSONResponse(found)

    async def check(self, request: Request) -> Response:
        """Judge an attempt by what it left behind."""
        site = self._sites.get(request.path_params["site"])
        body: dict[str, Any] = await request.json()
        task = site.by_id.get(str(body.get("task"))) if site else None
        session = site.sessions.get(body.get("session")) if site else None
        if site is None or task is None or session is None:
            return _missing("such task or session")
        answer = body.get("answer")
        answer, final_url = None if answer is None else str(answer), str(body.get("final_url") or "")
        criteria = judge(task, Outcome(session, answer, bool(body.get("impossible")), path_of(final_url)))
        return JSONResponse({"passed": passed(criteria), "reason": reason_of(criteria), "criteria": criteria})


def control_app(sites: Mapping[str, Site], urls: Mapping[str, str], secret: str) -> Starlette:
    """Return the control server's application."""
    control = Control(sites, urls)

    def guarded(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
                return JSONResponse({"error": f"the header {HEADER} is missing or wrong"}, status_code=403)
            return await handler(request)

        return handle

    return Starlette(
        routes=[
            Route("/sites", guarded(control.list_sites)),
            Route("/sites/{site}/tasks", guarded(control.list_tasks)),
            Route("/sites/{site}/pages", guarded(control.list_pages)),
            Route("/sites/{site}/sessions", guarded(control.new_session), methods=["POST"]),
            Route("/sites/{site}/sessions/{session}", guarded(control.show_session)),
            Route("/sites/{site}/solve", guarded(control.solve), methods=["POST"]),
            Route("/sites/{site}/check", guarded(control.check), methods=["POST"]),
        ]
    )
