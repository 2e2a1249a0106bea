"""The back office's pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.admin.books import Books
from sandbox_sites.admin.changes import Changes
from sandbox_sites.admin.content import AUDIT, PASSWORD, TODAY
from sandbox_sites.admin.creating import Creating
from sandbox_sites.admin.details import Details
from sandbox_sites.admin.lists import SHEETS
from sandbox_sites.admin.overviews import Overviews
from sandbox_sites.admin.records import World, money
from sandbox_sites.admin.settings import TABS, Settings
from sandbox_sites.admin.shown import day
from sandbox_sites.admin.state import EXPIRED, IN, OUT, DeskState
from sandbox_sites.admin.tables import View
from sandbox_sites.admin.wording import WORDING
from sandbox_sites.common.forms import form_of, local, to
from sandbox_sites.common.sessions import Session, Sessions
from sandbox_sites.common.web import Web

TITLE = "Copperleaf Desk"
Visitor = Session[DeskState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]


def reachable(world: World) -> list[str]:
    """Return the paths that a person can reach by links, without filters and paging."""
    paths = ["/", "/returns", "/transfers", "/reports", "/audit", "/shortcuts", "/me"]
    paths += [f"/{name}" for name in SHEETS] + ["/customers/new", "/tickets/new", "/coupons/new"]
    paths += [f"/settings/{tab}" for tab in TABS] + [f"/warehouses/{house.id}" for house in world.warehouses]
    paths += [f"/orders/{one.id}" for one in world.orders] + [f"/customers/{one.id}" for one in world.customers]
    paths += [f"/products/{one.sku.lower()}" for one in world.products]
    paths += [f"/suppliers/{one.id}" for one in world.suppliers]
    paths += [f"/invoices/{one.id.lower()}" for one in world.invoices]
    paths += [f"/employees/{one.id}" for one in world.employees] + [f"/tickets/{one.id}" for one in world.tickets]
    return paths + [f"/coupons/{one.code.lower()}" for one in world.coupons]


class Door:
    """Lets in who has signed in."""

    def __init__(self, world: World, web: Web[DeskState]) -> None:
        self._user = world.clerk.name.split()[0].lower()
        self._web = web

    def guarded(self, handler: Handler) -> Handler:
        """Return a handler that sends away who has not signed in."""

        async def handle(request: Request, visitor: Visitor) -> Response:
            if visitor.state.session == IN:
                return await handler(request, visitor)
            query = f"?{request.url.query}" if request.url.query else ""
            then = f"{request.url.path}{query}" if request.method == "GET" else "/"
            return to(f"/signin?next={quote(then, safe='')}")

        return handle

    async def page(self, request: Request, visitor: Visitor) -> Response:
        """The form to sign in."""
        then = local(request.query_params.get("next", "/"))
        if visitor.state.session == IN:
            return to(then)
        return self._show(visitor, then, "")

    def _show(self, visitor: Visitor, then: str, error: str) -> Response:
        return self._web.render(
            visitor, "signin.html", status=422 if error else 200, then=then, error=error, user=self._user,
            password=PASSWORD, expired=visitor.state.session == EXPIRED,
        )  # fmt: skip

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """Sign in."""
        form = await form_of(request)
        then = local(form.get("next", "/"))
        if (form.get("user", "").lower(), form.get("password")) != (self._user, PASSWORD):
            return self._show(visitor, then, "User name or password is wrong.")
        visitor.state.session = IN
        return to(then)

    async def sign_out(self, request: Request, visitor: Visitor) -> Response:
        """Sign out."""
        visitor.state.session = OUT
        visitor.messages.append(self._web.say(visitor, "You have signed out."))
        return to("/signin")


class Lists:
    """Renders tables of records."""

    def __init__(self, world: World, web: Web[DeskState], details: Details) -> None:
        self._world, self._web, self._details = world, web, details

    def of(self, name: str) -> Handler:
        """Return the handler of one table."""
        sheet, rows = SHEETS[name]

        async def handle(request: Request, visitor: Visitor) -> Response:
            view = View.of(sheet, rows(Books(self._world, visitor.state)), request.query_params)
            people = self._details.people("Sales") if name == "customers" else self._details.people("Sales", "Service")
            return self._web.render(visitor, "list.html", view=view, people=people)

        return handle


def _context(world: World) -> Callable[[Visitor], dict[str, Any]]:
    """Return what every page shows: who is signed in, and how much is waiting."""

    def context(visitor: Visitor) -> dict[str, Any]:
        books = Books(world, visitor.state)
        waiting = {
            "/orders": sum(one.status == "New" for one in books.orders),
            "/returns": len(books.waiting),
            "/tickets": sum(one.status == "Open" for one in books.tickets),
        }
        return {"clerk": books.profile["display"], "waiting": waiting, "signed_in": visitor.state.session == IN}

    return context


def make_app(world: World, sessions: Sessions[DeskState]) -> Starlette:
    """Return the back office's application."""
    web: Web[DeskState] = Web(
        Path(__file__).parent,
        TITLE,
        sessions,
        WORDING,
        context=_context(world),
        filters={"money": money, "day": day},
        values={"world": world, "today": TODAY, "tabs": TABS, "areas": tuple(AUDIT)},
        expire=DeskState.expire,
    )
    details = Details(world, web)
    door, lists, overviews = Door(world, web), Lists(world, web, details), Overviews(world, web)
    settings, creating, changes = Settings(world, web), Creating(world, web), Changes(world, web, details)
    web.page("/signin", door.page)
    web.change("/signin", door.sign_in)
    web.change("/signout", door.sign_out)
    pages: dict[str, Handler] = {f"/{name}": lists.of(name) for name in SHEETS}
    pages |= overviews.pages() | creating.pages() | settings.pages()
    pages |= details.pages()
    for path, handler in pages.items():
        web.page(path, door.guarded(handler))
    web.data("/data/suggest", door.guarded(overviews.suggest))
    for path, change in (creating.routes() | settings.routes() | changes.routes()).items():
        web.change(path, door.guarded(change))
    return web.app()
