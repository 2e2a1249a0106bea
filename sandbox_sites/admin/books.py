"""The records as a visitor sees them: the seed's with the visitor's changes over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sandbox_sites.admin.content import TODAY
from sandbox_sites.admin.records import (
    Coupon,
    Customer,
    Employee,
    Entry,
    Event,
    Invoice,
    Order,
    Product,
    Return,
    Supplier,
    Ticket,
    World,
)
from sandbox_sites.admin.state import DeskState, Overlay

R = TypeVar("R", Customer, Order, Product, Supplier, Invoice, Employee, Ticket)


def _merged(records: Sequence[R], overlay: Overlay, key: str = "id") -> list[R]:
    if not overlay:
        return list(records)
    return [
        replace(record, **overlay[getattr(record, key)]) if getattr(record, key) in overlay else record
        for record in records
    ]


class Books:
    """All records of one visitor."""

    def __init__(self, world: World, state: DeskState) -> None:
        self.world = world
        self._state = state

    @property
    def customers(self) -> list[Customer]:
        """Customers, new ones first."""
        seeded = [Customer(**new) for new in reversed(self._state.new_customers)] + list(self.world.customers)
        return _merged(seeded, self._state.customers)

    @property
    def orders(self) -> list[Order]:
        """Orders, newest first."""
        return _merged(self.world.orders, self._state.orders)

    @property
    def products(self) -> list[Product]:
        """Goods by category."""
        return _merged(self.world.products, self._state.products, "sku")

    @property
    def suppliers(self) -> list[Supplier]:
        """Suppliers."""
        return _merged(self.world.suppliers, self._state.suppliers)

    @property
    def invoices(self) -> list[Invoice]:
        """Invoices, newest first."""
        return _merged(self.world.invoices, self._state.invoices)

    @property
    def employees(self) -> list[Employee]:
        """The staff."""
        return _merged(self.world.employees, self._state.employees)

    @property
    def tickets(self) -> list[Ticket]:
        """Tickets, newest first."""
        seeded = [Ticket(**new) for new in reversed(self._state.new_tickets)] + list(self.world.tickets)
        return _merged(seeded, self._state.tickets)

    @property
    def coupons(self) -> list[Coupon]:
        """Coupons, new ones first."""
        seeded = [Coupon(**new) for new in reversed(self._state.new_coupons)] + list(self.world.coupons)
        overlay = self._state.coupons
        return [replace(coupon, **overlay.get(coupon.code, {})) for coupon in seeded]

    @property
    def waiting(self) -> list[Return]:
        """Returns that nobody has decided on."""
        return [one for one in self.world.returns if one.id not in self._state.returns]

    @property
    def company(self) -> dict[str, str]:
        """The company's own data."""
        return {**self.world.company, **self._state.company}

    @property
    def taxes(self) -> dict[str, str]:
        """Tax rates."""
        return {**self.world.taxes, **self._state.taxes}

    @property
    def shipping(self) -> dict[str, dict[str, str]]:
        """Shipping methods."""
        return {name: {**row, **self._state.shipping.get(name, {})} for name, row in self.world.shipping.items()}

    @property
    def notices(self) -> dict[str, bool]:
        """Which notifications are sent."""
        return {**self.world.notices, **self._state.notices}

    @property
    def profile(self) -> dict[str, str]:
        """The clerk's own data."""
        clerk = self.world.clerk
        seeded = {"display": clerk.name, "extension": clerk.extension, "signature": "", "start": "Dashboard"}
        return {**seeded, **self._state.profile}

    def api_keys(self) -> list[tuple[str, str, str]]:
        """Return name, scope and day of the API keys."""
        seeded = [(name, "Read only", day) for name, day in self.world.keys.items() if name not in self._state.keys]
        new = [(name, scope, TODAY) for name, scope in self._state.keys.items() if scope != "revoked"]
        return seeded + new

    def customer(self, wanted: str) -> Customer | None:
        """Return a customer."""
        return next((one for one in self.customers if one.id == wanted), None)

    def name_of(self, customer: str) -> str:
        """Return a customer's name."""
        found = self.customer(customer)
        return found.name if found else customer

    def order(self, wanted: str) -> Order | None:
        """Return an order."""
        return next((one for one in self.orders if one.id == wanted), None)

    def product(self, wanted: str) -> Product | None:
        """Return a product by its SKU, in any case of letters."""
        return next((one for one in self.products if one.sku.lower() == wanted.lower()), None)

    def notes(self, path: str) -> list[Event]:
        """Return the notes on a record, newest first."""
        mine = [Event(TODAY, self.world.clerk.name, text) for text in self._state.notes.get(path, [])]
        return mine + list(self.world.notes.get(path, ()))

    def past(self, path: str, *extra: str) -> list[Event]:
        """Return a record's timeline, newest first; ``extra`` is what has just happened."""
        kind, _, record = path.strip("/").partition("/")
        overlay: Overlay = getattr(self._state, kind, {})
        changed = [
            Event(TODAY, self.world.clerk.name, _told(name, value)) for name, value in overlay.get(record, {}).items()
        ]
        new = [Event(TODAY, self.world.clerk.name, text) for text in extra]
        return new + changed + list(self.world.events.get(path, ()))

    def audit(self) -> list[Entry]:
        """Return the audit log, newest first."""
        mine = []
        for area in ("orders", "customers", "products", "tickets", "invoices", "coupons", "employees", "suppliers"):
            for record, fields in getattr(self._state, area).items():
                what = "; ".join(_told(name, value) for name, value in fields.items())
                title = {"products": "Pricing", "employees": "Access"}.get(area, area.title())
                mine.append(Entry(f"{TODAY} 09:30", self.world.clerk.name, title, f"{record}: {what}"))
        return mine + list(self.world.audit)


def _told(name: str, value: Any) -> str:
    if name == "archived":
        return "Archived"
    if isinstance(value, dict):
        return f"{name.capitalize()} set to " + ", ".join(f"{key} {amount}" for key, amount in value.items())
    if isinstance(value, (list, tuple)):
        return f"{name.capitalize()} set to {', '.join(value) or 'nothing'}"
    return f"{name.capitalize()} set to {value or 'nothing'}"
