"""What the company keeps records of. Money in pence, dates as written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


def money(pence: int) -> str:
    """Write an amount."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def slug(text: str) -> str:
    """Return a text as a piece of a URL."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a timeline."""

    when: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A business that buys."""

    id: str
    name: str
    contact: str
    email: str
    phone: str
    street: str
    city: str
    postcode: str
    region: str
    segment: str
    manager: str
    terms: str
    limit: int  # pounds
    since: str
    status: str = "Active"  # or On hold
    archived: str = ""
    door: str = ""  # where deliveries go


@dataclass(frozen=True, slots=True)
class Line:
    """One product of an order."""

    sku: str
    name: str
    quantity: int
    price: int

    @property
    def amount(self) -> int:
        """What the line costs."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer ordered."""

    id: str
    customer: str
    day: str  # ISO
    status: str
    channel: str
    carrier: str
    reference: str
    assignee: str
    lines: tuple[Line, ...]
    freight: int
    archived: str = ""

    @property
    def total(self) -> int:
        """Lines and freight."""
        return sum(line.amount for line in self.lines) + self.freight

    @property
    def cases(self) -> int:
        """How many cases it holds."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class Product:
    """One of the goods, sold by the case."""

    sku: str
    name: str
    category: str
    supplier: str
    origin: str
    pack: str
    price: int
    cost: int
    shelf: str
    best_before: str
    stock: dict[str, int]  # warehouse → cases
    reorder: int
    status: str = "Active"  # or Discontinued
    flagged: str = ""

    @property
    def on_hand(self) -> int:
        """Cases in both warehouses."""
        return sum(self.stock.values())

    @property
    def low(self) -> bool:
        """Whether it should be ordered again."""
        return self.on_hand <= self.reorder


@dataclass(frozen=True, slots=True)
class Supplier:
    """Where goods come from."""

    id: str
    name: str
    country: str
    contact: str
    email: str
    phone: str
    lead: int  # days
    minimum: int  # pounds
    currency: str
    incoterm: str
    preferred: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is to be paid for an order."""

    id: str
    order: str
    customer: str
    issued: str
    due: str
    amount: int
    status: str  # Open, Overdue, Paid
    reminded: str = ""


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who works here."""

    id: str
    name: str
    title: str
    department: str
    extension: str
    email: str
    started: str
    site: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """Somebody has a problem."""

    id: str
    subject: str
    customer: str
    opened: str
    priority: str
    status: str
    assignee: str
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Coupon:
    """A discount code."""

    code: str
    title: str
    percent: int
    minimum: int  # pounds
    segment: str
    starts: str
    ends: str
    uses: int
    status: str = "Active"  # or Paused


@dataclass(frozen=True, slots=True)
class Return:
    """Goods that a customer wants to send back."""

    id: str
    order: str
    customer: str
    sku: str
    product: str
    quantity: int
    reason: str
    asked: str


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Where goods lie."""

    id: str
    name: str
    street: str
    keeper: str
    phone: str
    bays: int
    hours: str
    temperature: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit log."""

    when: str
    who: str
    area: str
    what: str


@dataclass(frozen=True, slots=True)
class World:
    """All records of an instance of the company."""

    clerk: Employee
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]
    products: tuple[Product, ...]
    suppliers: tuple[Supplier, ...]
    invoices: tuple[Invoice, ...]
    employees: tuple[Employee, ...]
    tickets: tuple[Ticket, ...]
    coupons: tuple[Coupon, ...]
    returns: tuple[Return, ...]
    warehouses: tuple[Warehouse, ...]
    audit: tuple[Entry, ...]
    sales: dict[tuple[str, str, str], int]  # (month, region, category) → pounds
    company: dict[str, str]
    taxes: dict[str, str]  # what → percent
    shipping: dict[str, dict[str, str]]  # method → price, days, carrier
    notices: dict[str, bool]
    keys: dict[str, str]  # name → day of creation
    events: dict[str, tuple[Event, ...]] = field(default_factory=dict)  # path of a record → its past
    notes: dict[str, tuple[Event, ...]] = field(default_factory=dict)

    def customer(self, wanted: str) -> Customer:
        """Return a customer of the seed."""
        return next(customer for customer in self.customers if customer.id == wanted)

    def employee(self, name: str) -> Employee:
        """Return an employee by name."""
        return next(employee for employee in self.employees if employee.name == name)

    def supplier(self, wanted: str) -> Supplier:
        """Return a supplier by its id."""
        return next(supplier for supplier in self.suppliers if supplier.id == wanted)
