"""Pages of single records. Changes show them again with what is wrong with a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.admin.books import Books
from sandbox_sites.admin.content import ORDER_STATES, PRIORITIES, REFUND_REASONS, ROLES, TERMS, TICKET_STATES
from sandbox_sites.admin.records import World
from sandbox_sites.admin.state import DeskState
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[DeskState]
Errors = Mapping[str, str]
Handler = Callable[[Request, Visitor], Awaitable[Response]]

#: What the buttons say that set a status.
ORDER_BUTTONS = {
    "New": "Reopen as new", "Packed": "Mark as packed", "Shipped": "Mark as shipped", "Delivered": "Mark as delivered",
    "On hold": "Put on hold",
}  # fmt: skip
TICKET_BUTTONS = {"Open": "Reopen", "Waiting": "Wait for customer", "Closed": "Close ticket"}


class Details:
    """Renders records."""

    def __init__(self, world: World, web: Web[DeskState]) -> None:
        self._world = world
        self._web = web
        self._handlers = {
            "orders": self._order, "customers": self._customer, "products": self._product,
            "suppliers": self._supplier, "invoices": self._invoice, "employees": self._employee,
            "tickets": self._ticket, "coupons": self._coupon,
        }  # fmt: skip

    def pages(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {f"/{kind}/{{record}}": self._page(kind) for kind in self._handlers}

    def _page(self, kind: str) -> Handler:
        async def handle(request: Request, visitor: Visitor) -> Response:
            return self.show(visitor, kind, request.path_params["record"])

        return handle

    def find(self, visitor: Visitor, kind: str, record: str) -> dict[str, Any] | None:
        """Return what the page of a record shows; None where there is none."""
        handler = self._handlers.get(kind)
        return handler(Books(self._world, visitor.state), record) if handler else None

    def show(
        self,
        visitor: Visitor,
        kind: str,
        record: str,
        *,
        errors: Errors | None = None,
        form: Mapping[str, str] | None = None,
        panel: str = "",
    ) -> Response:
        """Render a record, with a form that was filled in wrongly if there is one, in the panel that holds it."""
        found = self.find(visitor, kind, record)
        if found is None:
            return self._web.missing(visitor)
        path = f"/{kind}/{record}"
        books = Books(self._world, visitor.state)
        extra = [f"Refunded £{one['amount']} ({one['reason']})" for one in visitor.state.refunds if
                 kind == "orders" and one["order"] == record]  # fmt: skip
        values = {
            "path": path, "notes": books.notes(path), "past": books.past(self._overlaid(kind, record), *extra),
            "errors": errors or {}, "form": form, "panel": panel, "books": books, "kind": kind,
        }  # fmt: skip
        return self._web.render(visitor, f"{kind}.html", status=422 if errors else 200, **{**values, **found})

    def _overlaid(self, kind: str, record: str) -> str:
        # The paths of these are in lower case, their overlays are not.
        return f"/{kind}/{record.upper() if kind in ('products', 'invoices', 'coupons') else record}"

    def _order(self, books: Books, record: str) -> dict[str, Any] | None:
        order = books.order(record)
        if order is None:
            return None
        customer = books.customer(order.customer)
        invoice = next((one for one in books.invoices if one.order == order.id), None)
        sent_back = [one for one in self._world.returns if one.order == order.id]
        buttons = {state: ORDER_BUTTONS[state] for state in ORDER_STATES if state != order.status}
        return {
            "order": order, "customer": customer, "invoice": invoice, "buttons": buttons, "sent_back": sent_back,
            "reasons": REFUND_REASONS, "people": self.people("Sales", "Service"),
        }  # fmt: skip

    def people(self, *departments: str) -> list[str]:
        """Return the names of those who work there."""
        return [one.name for one in self._world.employees if one.department in departments]

    def _customer(self, books: Books, record: str) -> dict[str, Any] | None:
        customer = books.customer(record)
        if customer is None:
            return None
        manager = next((one for one in books.employees if one.name == customer.manager), None)
        return {
            "customer": customer, "manager": manager, "terms": TERMS, "people": self.people("Sales"),
            "orders": [one for one in books.orders if one.customer == record],
            "tickets": [one for one in books.tickets if one.customer == record],
            "invoices": [one for one in books.invoices if one.customer == record],
        }  # fmt: skip

    def _product(self, books: Books, record: str) -> dict[str, Any] | None:
        product = books.product(record)
        if product is None or record != record.lower():
            return None
        orders = [one for one in books.orders if any(line.sku == product.sku for line in one.lines)][:6]
        supplier = next(one for one in books.suppliers if one.id == product.supplier)
        return {"product": product, "supplier": supplier, "orders": orders, "houses": self._world.warehouses}

    def _supplier(self, books: Books, record: str) -> dict[str, Any] | None:
        supplier = next((one for one in books.suppliers if one.id == record), None)
        if supplier is None:
            return None
        return {"supplier": supplier, "products": [one for one in books.products if one.supplier == record]}

    def _invoice(self, books: Books, record: str) -> dict[str, Any] | None:
        invoice = next((one for one in books.invoices if one.id.lower() == record), None)
        if invoice is None:
            return None
        return {
            "invoice": invoice, "order": books.order(invoice.order), "customer": books.customer(invoice.customer),
            "rates": books.taxes,
        }  # fmt: skip

    def _employee(self, books: Books, record: str) -> dict[str, Any] | None:
        employee = next((one for one in books.employees if one.id == record), None)
        if employee is None:
            return None
        return {
            "employee": employee, "roles": ROLES,
            "customers": [one for one in books.customers if one.manager == employee.name],
            "tickets": [one for one in books.tickets if one.assignee == employee.name and one.status != "Closed"],
        }  # fmt: skip

    def _ticket(self, books: Books, record: str) -> dict[str, Any] | None:
        ticket = next((one for one in books.tickets if one.id == record), None)
        if ticket is None:
            return None
        buttons = {state: TICKET_BUTTONS[state] for state in TICKET_STATES if state != ticket.status}
        return {
            "ticket": ticket, "customer": books.customer(ticket.customer), "buttons": buttons,
            "priorities": PRIORITIES, "people": self.people("Sales", "Service"),
        }  # fmt: skip

    def _coupon(self, books: Books, record: str) -> dict[str, Any] | None:
        coupon = next((one for one in books.coupons if one.code.lower() == record), None)
        return None if coupon is None else {"coupon": coupon}
