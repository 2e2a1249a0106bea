"""Pages over many records: dashboard, reports, search, queues, the audit log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox_sites.admin import reports
from sandbox_sites.admin.books import Books
from sandbox_sites.admin.content import AUDIT, PERIODS, REGIONS
from sandbox_sites.admin.records import World
from sandbox_sites.admin.state import DeskState
from sandbox_sites.admin.tables import LONGEST_QUERY, whole
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[DeskState]
ENTRIES_AT_ONCE, SUGGESTIONS = 20, 8


class Overviews:
    """Renders pages over many records."""

    def __init__(self, world: World, web: Web[DeskState]) -> None:
        self._world, self._web = world, web

    def pages(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Response]]]:
        """Return the handlers by path."""
        return {
            "/": self.dashboard, "/reports": self.report, "/audit": self.audit, "/search": self.search,
            "/returns": self.returns, "/transfers": self.transfers, "/warehouses/{house}": self.warehouse,
            "/shortcuts": self.shortcuts,
        }  # fmt: skip

    def _books(self, visitor: Visitor) -> Books:
        return Books(self._world, visitor.state)

    async def dashboard(self, request: Request, visitor: Visitor) -> Response:
        """The start page."""
        books = self._books(visitor)
        months, regions = reports.by_month(self._world), reports.by_region(self._world)
        overdue = [one for one in books.invoices if one.status == "Overdue"]
        tiles = {
            "Sales in September": f"£{months['Sep 2025']:,}",
            "Orders to pack": str(sum(one.status == "New" for one in books.orders)),
            "Overdue invoices": str(len(overdue)),
            "Products low on stock": str(sum(one.low and one.status == "Active" for one in books.products)),
            "Open tickets": str(sum(one.status == "Open" for one in books.tickets)),
        }
        return self._web.render(
            visitor, "dashboard.html", tiles=tiles, months=months, bars=reports.bars(months), regions=regions,
            ring=reports.ring(regions), latest=books.orders[:6], books=books,
            urgent=[one for one in books.tickets if one.priority == "Urgent" and one.status != "Closed"],
        )  # fmt: skip

    async def report(self, request: Request, visitor: Visitor) -> Response:
        """Sales by category for a period and a region."""
        period, region = request.query_params.get("period", ""), request.query_params.get("region", "")
        period = period if period in PERIODS else "year"
        region = region if region in REGIONS else ""
        rows = reports.by_category(self._world, period, region)
        return self._web.render(
            visitor, "reports.html", period=period, region=region, rows=rows, total=sum(rows.values()),
            bars=reports.bars(rows), periods={name: text for name, (text, _) in PERIODS.items()}, regions=REGIONS,
        )  # fmt: skip

    async def audit(self, request: Request, visitor: Visitor) -> Response:
        """Who did what."""
        query = request.query_params
        who = query.get("who", "") if query.get("who") in [one.name for one in self._world.employees] else ""
        area = query.get("area", "") if query.get("area") in AUDIT else ""
        found = [entry for entry in self._books(visitor).audit() if who in ("", entry.who) and area in ("", entry.area)]
        shown = min(whole(query.get("show", "")) or ENTRIES_AT_ONCE, 1000)
        chosen = {name: value for name, value in (("who", who), ("area", area)) if value}
        return self._web.render(
            visitor, "audit.html", entries=found[:shown], count=len(found), more=shown + ENTRIES_AT_ONCE, chosen=chosen,
            people=sorted(one.name for one in self._world.employees), who=who, area=area,
        )  # fmt: skip

    def _found(self, visitor: Visitor, query: str) -> dict[str, list[tuple[str, str, str]]]:
        """Return (path, name, remark) of the records that hold all words, by kind."""
        books, words = self._books(visitor), query.lower().split()
        records = {
            "Customers": [(f"/customers/{one.id}", one.name, f"{one.city} · {one.contact}") for one in books.customers],
            "Orders": [(f"/orders/{one.id}", f"Order {one.id}", books.name_of(one.customer)) for one in books.orders],
            "Products": [(f"/products/{one.sku.lower()}", one.name, one.sku) for one in books.products],
            "Suppliers": [(f"/suppliers/{one.id}", one.name, one.country) for one in books.suppliers],
            "Invoices": [(f"/invoices/{one.id.lower()}", one.id, books.name_of(one.customer))
                         for one in books.invoices],
            "Employees": [(f"/employees/{one.id}", one.name, one.title) for one in books.employees],
            "Tickets": [(f"/tickets/{one.id}", one.subject, one.id.upper()) for one in books.tickets],
            "Coupons": [(f"/coupons/{one.code.lower()}", one.code, one.title) for one in books.coupons],
        }  # fmt: skip
        if not words:
            return {}
        found = {
            kind: [hit for hit in hits if all(word in f"{hit[1]} {hit[2]}".lower() for word in words)]
            for kind, hits in records.items()
        }
        return {kind: hits for kind, hits in found.items() if hits}

    async def search(self, request: Request, visitor: Visitor) -> Response:
        """Records of all kinds that hold the words."""
        query = request.query_params.get("q", "").strip()[:LONGEST_QUERY]
        return self._web.render(visitor, "search.html", query=query, found=self._found(visitor, query))

    async def suggest(self, request: Request, visitor: Visitor) -> Response:
        """The first hits, for the search box."""
        query = request.query_params.get("q", "").strip()[:LONGEST_QUERY]
        hits: list[dict[str, Any]] = [
            {"path": path, "name": name, "remark": remark, "kind": kind}
            for kind, found in self._found(visitor, query).items()
            for path, name, remark in found
        ]
        return JSONResponse(hits[:SUGGESTIONS] if len(query) > 1 else [])

    async def returns(self, request: Request, visitor: Visitor) -> Response:
        """Returns that wait for a decision, and those decided."""
        return self._web.render(visitor, "returns.html", books=self._books(visitor))

    async def transfers(self, request: Request, visitor: Visitor) -> Response:
        """The form to move stock."""
        return self._web.render(visitor, "transfers.html", books=self._books(visitor), form={}, errors={})

    async def warehouse(self, request: Request, visitor: Visitor) -> Response:
        """One warehouse."""
        wanted = request.path_params["house"]
        house = next((one for one in self._world.warehouses if one.id == wanted), None)
        if house is None:
            return self._web.missing(visitor)
        return self._web.render(visitor, "warehouse.html", house=house, products=self._books(visitor).products)

    async def shortcuts(self, request: Request, visitor: Visitor) -> Response:
        """The keys that do things."""
        return self._web.render(visitor, "shortcuts.html")
