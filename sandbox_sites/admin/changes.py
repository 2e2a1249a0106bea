"""What visitors can change of records. Every change answers with a redirect, or with the form and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.admin.books import Books
from sandbox_sites.admin.bulk import Bulk
from sandbox_sites.admin.content import (
    ORDER_STATES,
    PRIORITIES,
    REFUND_REASONS,
    ROLES,
    TERMS,
    TICKET_STATES,
    TODAY,
)
from sandbox_sites.admin.details import Details
from sandbox_sites.admin.forms import CUSTOMER_FIELDS, checked, pence, wrong_in_customer
from sandbox_sites.admin.records import World
from sandbox_sites.admin.state import DeskState
from sandbox_sites.admin.tables import whole
from sandbox_sites.common.forms import choices_of, form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[DeskState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
KINDS = ("orders", "customers", "products", "suppliers", "invoices", "employees", "tickets", "coupons")


class Changes:
    """Handlers of POST requests on records."""

    def __init__(self, world: World, web: Web[DeskState], details: Details) -> None:
        self._world, self._web, self._details = world, web, details
        sellers, service = details.people("Sales"), details.people("Sales", "Service")
        #: What buttons and drop-downs of a record's page may set.
        self._choices: dict[str, dict[str, tuple[str, ...]]] = {
            "orders": {"status": ORDER_STATES, "assignee": tuple(service), "archived": ("yes", "")},
            "customers": {"status": ("Active", "On hold"), "manager": tuple(sellers), "terms": TERMS},
            "products": {"status": ("Active", "Discontinued"), "flagged": ("yes", "")},
            "suppliers": {"preferred": ("yes", "")},
            "invoices": {"status": ("Open", "Paid"), "reminded": (TODAY,)},
            "tickets": {"status": TICKET_STATES, "priority": PRIORITIES, "assignee": tuple(service)},
            "coupons": {"status": ("Active", "Paused")},
        }

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        routes: dict[str, Handler] = {f"/{kind}/{{record}}/set": self._set(kind) for kind in self._choices}
        routes |= {f"/{kind}/{{record}}/notes": self._note(kind) for kind in KINDS}
        routes |= {
            "/customers/{record}/edit": self.edit_customer, "/customers/{record}/pin": self.pin,
            "/products/{record}/edit": self.edit_product, "/orders/{record}/refund": self.refund,
            "/employees/{record}/roles": self.roles, "/returns/{record}": self.decide, "/transfers": self.transfer,
        }  # fmt: skip
        return routes | Bulk(self._world, self._web, self._details).routes()

    def _say(self, visitor: Visitor, text: str, about: str = "") -> None:
        said = self._web.say(visitor, text)
        visitor.messages.append(f"{about}: {said}" if about else said)

    def _seeded(self, visitor: Visitor, kind: str, record: str) -> tuple[str, Any] | None:
        """Return a record's key in its overlay, and the record without its overlay; None where there is none."""
        bare = DeskState(new_customers=visitor.state.new_customers, new_tickets=visitor.state.new_tickets,
                         new_coupons=visitor.state.new_coupons)  # fmt: skip
        for one in getattr(Books(self._world, bare), kind):
            key = getattr(one, {"products": "sku", "coupons": "code"}.get(kind, "id"))
            if key.lower() == record:
                return key, one
        return None

    def _set(self, kind: str) -> Handler:
        async def handle(request: Request, visitor: Visitor) -> Response:
            form, record = await form_of(request), request.path_params["record"]
            found, name, value = self._seeded(visitor, kind, record), form.get("name", ""), form.get("value", "")
            if found is None:
                return self._web.missing(visitor)
            if value in self._choices[kind].get(name, ()):
                visitor.state.put(kind, found[0], name, value, getattr(found[1], name))
                self._say(visitor, "Saved.")
            else:
                self._say(visitor, "That choice is not possible.")
            return to(f"/{kind}/{record}")

        return handle

    def _note(self, kind: str) -> Handler:
        async def handle(request: Request, visitor: Visitor) -> Response:
            record, text = request.path_params["record"], (await form_of(request)).get("text", "")
            if self._seeded(visitor, kind, record) is None:
                return self._web.missing(visitor)
            if not text:
                return self._details.show(
                    visitor, kind, record, errors={"text": "Write something first."}, panel="notes"
                )
            visitor.state.notes.setdefault(f"/{kind}/{record}", []).insert(0, text)
            self._say(visitor, "Note added.")
            return to(f"/{kind}/{record}")

        return handle

    async def edit_customer(self, request: Request, visitor: Visitor) -> Response:
        """Change a customer's address, contact and terms."""
        form, record = await form_of(request), request.path_params["record"]
        found = self._seeded(visitor, "customers", record)
        if found is None:
            return self._web.missing(visitor)
        errors = wrong_in_customer(form, CUSTOMER_FIELDS)
        if errors:
            return self._details.show(visitor, "customers", record, errors=errors, form=form, panel="edit")
        for name in (*CUSTOMER_FIELDS, "door"):
            visitor.state.put("customers", record, name, form.get(name, ""), getattr(found[1], name))
        self._say(visitor, "Customer saved.")
        return to(f"/customers/{record}")

    async def pin(self, request: Request, visitor: Visitor) -> Response:
        """Put a customer on the dashboard, or take it off."""
        record = request.path_params["record"]
        if self._seeded(visitor, "customers", record) is None:
            return self._web.missing(visitor)
        pinned = visitor.state.pinned
        if record in pinned:
            pinned.remove(record)
        else:
            pinned.append(record)
        self._say(visitor, "Pinned to the dashboard." if record in pinned else "No longer pinned.")
        return to(f"/customers/{record}")

    async def edit_product(self, request: Request, visitor: Visitor) -> Response:
        """Change a product's price and levels."""
        form, record = await form_of(request), request.path_params["record"]
        found = self._seeded(visitor, "products", record)
        if found is None:
            return self._web.missing(visitor)
        price, errors = pence(form.get("price", "")), {}
        if not price:
            errors["price"] = "Enter a price such as 24.50."
        levels = {name: whole(form.get(name, "")) for name in ("reorder", *found[1].stock)}
        errors |= {name: "Enter a whole number." for name, level in levels.items() if level is None}
        if errors:
            return self._details.show(visitor, "products", record, errors=errors, form=form, panel="edit")
        sku, seeded = found
        visitor.state.put("products", sku, "price", price, seeded.price)
        visitor.state.put("products", sku, "reorder", levels["reorder"], seeded.reorder)
        visitor.state.put("products", sku, "stock", {name: levels[name] for name in seeded.stock}, seeded.stock)
        self._say(visitor, "Product saved.")
        return to(f"/products/{record}")

    async def refund(self, request: Request, visitor: Visitor) -> Response:
        """Pay something back."""
        form, record = await form_of(request), request.path_params["record"]
        order = Books(self._world, visitor.state).order(record)
        if order is None:
            return self._web.missing(visitor)
        given = sum(pence(one["amount"]) or 0 for one in visitor.state.refunds if one["order"] == record)
        amount, errors = pence(form.get("amount", "")), {}
        if not amount:
            errors["amount"] = "Enter an amount such as 12.00."
        elif amount > order.total - given:
            errors["amount"] = "That is more than was paid."
        if form.get("reason") not in REFUND_REASONS:
            errors["reason"] = "Choose a reason."
        if errors:
            return self._details.show(visitor, "orders", record, errors=errors, form=form, panel="refund")
        text = f"{(amount or 0) / 100:.2f}"
        visitor.state.refunds.append({"order": record, "amount": text, "reason": form["reason"]})
        self._say(visitor, "Refund recorded.")
        return to(f"/orders/{record}")

    async def roles(self, request: Request, visitor: Visitor) -> Response:
        """Set what an employee may do."""
        record, ticked = request.path_params["record"], await choices_of(request, "roles")
        found = self._seeded(visitor, "employees", record)
        if found is None:
            return self._web.missing(visitor)
        roles = [role for role in ROLES if role in ticked]
        visitor.state.put("employees", record, "roles", roles, list(found[1].roles))
        self._say(visitor, "Roles saved.")
        return to(f"/employees/{record}")

    async def decide(self, request: Request, visitor: Visitor) -> Response:
        """Approve or decline a return, or take the decision back."""
        record, decision = request.path_params["record"], (await form_of(request)).get("decision", "")
        if record not in [one.id for one in self._world.returns]:
            return self._web.missing(visitor)
        if decision in ("Approved", "Declined"):
            visitor.state.returns[record] = decision
            self._say(visitor, "Decision saved.", record)
        elif decision == "":
            visitor.state.returns.pop(record, None)
            self._say(visitor, "Waiting again.", record)
        return to("/returns")

    async def transfer(self, request: Request, visitor: Visitor) -> Response:
        """Move stock from one warehouse to the other."""
        form, books = await form_of(request), Books(self._world, visitor.state)
        houses = {one.name: one.id for one in self._world.warehouses}
        product = books.product(re.split(r"\s", form.get("sku", ""), maxsplit=1)[0])
        errors = checked(form, {"from": tuple(houses), "to": tuple(houses)})
        quantity = whole(form.get("quantity", "")) or 0
        if product is None:
            errors["sku"] = "Choose a product by its SKU."
        if not errors and form["from"] == form["to"]:
            errors["to"] = "Choose two different warehouses."
        if quantity < 1:
            errors["quantity"] = "Enter how many cases."
        if errors or product is None:
            return self._web.render(visitor, "transfers.html", status=422, books=books, form=form, errors=errors)
        source, target = houses[form["from"]], houses[form["to"]]
        if quantity > product.stock[source]:
            errors["quantity"] = "There are not so many cases."
            return self._web.render(visitor, "transfers.html", status=422, books=books, form=form, errors=errors)
        stock = {**product.stock, source: product.stock[source] - quantity, target: product.stock[target] + quantity}
        found = self._seeded(visitor, "products", product.sku.lower())
        visitor.state.put("products", product.sku, "stock", stock, found[1].stock if found else None)
        visitor.state.transfers.append({"sku": product.sku, "from": source, "to": target, "quantity": quantity})
        self._say(visitor, "Transfer booked.")
        return to("/transfers")
