"""The forge's application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import local, to
from sandbox_sites.common.sessions import Session, Sessions
from sandbox_sites.common.web import Web
from sandbox_sites.forge import prose
from sandbox_sites.forge.changes import OwnChanges
from sandbox_sites.forge.filters import FILTERS
from sandbox_sites.forge.now import Now
from sandbox_sites.forge.pages import Pages
from sandbox_sites.forge.plan_changes import PlanChanges
from sandbox_sites.forge.records import LABELS, World
from sandbox_sites.forge.repo_changes import RepoChanges
from sandbox_sites.forge.repo_pages import RepoPages
from sandbox_sites.forge.seed import NOTIFICATIONS, PASSWORD
from sandbox_sites.forge.state import ForgeState
from sandbox_sites.forge.thread_changes import ThreadChanges
from sandbox_sites.forge.wording import WORDING

TITLE = "Smithy"
Visitor = Session[ForgeState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
HELP = ("limits", "shortcuts", "roles", "ssh")


def reachable(world: World) -> list[str]:
    """Return the paths that a person can reach by links, without filters and paging."""
    paths = [
        "/", "/explore", "/people", "/work", "/stars", "/snippets", "/snippets/new", "/settings/profile",
        "/settings/keys", "/settings/notifications", "/help",
    ]  # fmt: skip
    paths += [f"/help/{name}" for name in HELP]
    paths += [f"/snippets/{snippet.id}" for snippet in world.snippets]
    paths += [f"/{owner.handle}" for owner in world.users]
    paths += [f"/{group.handle}" for group in world.groups]
    for repo in world.repos:
        tabs = ["", "/issues", "/issues/new", "/merges", "/commits", "/refs", "/releases", "/milestones"]
        if world.mine(repo.owner):
            tabs += ["/settings", "/merges/new", "/milestones/new"]
        paths += [f"/{repo.full}{tab}" for tab in tabs]
        paths += [f"/{repo.full}/files/{file.path}" for file in repo.files]
        paths += [issue.path for issue in repo.issues]
        paths += [merge.path for merge in repo.merges]
    return paths


def signed_in(handler: Handler) -> Handler:
    """Let only a signed-in visitor in; anybody else signs in first and is sent on then."""

    async def handle(request: Request, visitor: Visitor) -> Response:
        if visitor.state.signed_in:
            return await handler(request, visitor)
        query = f"?{request.url.query}" if request.url.query else ""
        place = request.url.path + query if request.method == "GET" else "/"
        return to(f"/login?next={quote(place, safe='')}")

    return handle


class Door:
    """Signing in and out."""

    def __init__(self, world: World, web: Web[ForgeState]) -> None:
        self._world, self._web = world, web

    async def login(self, request: Request, visitor: Visitor) -> Response:
        """The sign-in page. Who was sent here may go on as the person who is remembered."""
        if visitor.state.signed_in:
            return to("/")
        return self._web.render(visitor, "login.html", then=request.query_params.get("next", ""), errors={}, form={})

    async def enter(self, request: Request, visitor: Visitor) -> Response:
        """Sign in."""
        form = {name: str(value)[:500] for name, value in (await request.form()).items()}
        me = self._world.me.handle
        remembered = form.get("remembered") == me
        if not remembered and (form.get("username", "").strip() != me or form.get("password") != PASSWORD):
            errors = {"username": "Username and password do not match."}
            return self._web.render(
                visitor, "login.html", status=422, then=form.get("next", ""), errors=errors, form=form
            )
        visitor.state.signed_in = True
        visitor.messages.append(self._web.say(visitor, "Welcome back."))
        return to(local(form.get("next", "") or "/"))

    async def leave(self, request: Request, visitor: Visitor) -> Response:
        """Sign out."""
        visitor.state.signed_in = False
        visitor.messages.append(self._web.say(visitor, "You are signed out."))
        return to("/login")


def _expire(state: ForgeState) -> None:
    state.signed_in = False


def make_app(world: World, sessions: Sessions[ForgeState]) -> Starlette:
    """Return the forge's application."""

    def context(visitor: Visitor) -> dict[str, Any]:
        now = Now(world, visitor.state)
        return {"now": now, "me": now.me}

    values = {
        "world": world, "labels": LABELS, "notifications": NOTIFICATIONS, "password": PASSWORD,
        "shortcuts": prose.SHORTCUTS, "roles": prose.ROLES,
    }  # fmt: skip
    web: Web[ForgeState] = Web(
        Path(__file__).parent, TITLE, sessions, WORDING, context=context, filters=FILTERS, values=values,
        expire=_expire,
    )  # fmt: skip
    door = Door(world, web)
    web.page("/login", door.login)
    web.change("/login", door.enter)
    web.change("/logout", door.leave)
    pages, repo_pages = Pages(world, web), RepoPages(world, web)
    # Changes first: their paths are more particular. Own pages come before those that begin with an owner's name.
    for changes in (OwnChanges, RepoChanges, PlanChanges, ThreadChanges):
        for path, change in changes(world, web).routes().items():
            web.change(path, signed_in(change))
    for path, data in {**pages.data(), **repo_pages.data()}.items():
        web.data(path, data)
    for path, handler in {**pages.routes(), **repo_pages.routes()}.items():
        web.page(path, signed_in(handler))
    return web.app()
