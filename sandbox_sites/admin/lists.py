"""How each kind of record is listed."""

from __future__ import annotations

from collections.abc import Callable

from sandbox_sites.admin.books import Books
from sandbox_sites.admin.content import (
    CATEGORIES,
    CHANNELS,
    INVOICE_STATES,
    ORDER_STATES,
    PRIORITIES,
    REGIONS,
    SEGMENTS,
    TERMS,
    TICKET_STATES,
    TITLES,
)
from sandbox_sites.admin.records import money
from sandbox_sites.admin.shown import day
from sandbox_sites.admin.tables import Cell, Filter, Row, Sheet

ORDERS = Sheet(
    "orders", "Orders", "Order, customer, reference",
    {"number": "Order", "customer": "Customer", "placed": "Placed", "status": "Status", "channel": "Channel",
     "cases": "Cases", "total": "Total", "assignee": "Assigned to"},
    (Filter("status", "Status", ORDER_STATES), Filter("channel", "Channel", CHANNELS),
     Filter("region", "Region", REGIONS)),
    {"packed": "Mark as packed", "shipped": "Mark as shipped", "archive": "Archive", "assign": "Assign to…"},
    archive=True,
)  # fmt: skip
CUSTOMERS = Sheet(
    "customers", "Customers", "Name, contact, town",
    {"name": "Customer", "number": "Account no.", "contact": "Contact", "city": "Town", "region": "Region",
     "segment": "Segment", "limit": "Credit limit", "status": "Status"},
    (Filter("region", "Region", REGIONS), Filter("segment", "Segment", SEGMENTS), Filter("terms", "Terms", TERMS),
     Filter("status", "Status", ("Active", "On hold"))),
    {"hold": "Put on hold", "release": "Release", "archive": "Archive", "assign": "Assign to…"},
    new="New customer", archive=True,
)  # fmt: skip
PRODUCTS = Sheet(
    "products", "Products", "Name, SKU, origin",
    {"name": "Product", "sku": "SKU", "category": "Category", "origin": "Origin", "price": "Price per case",
     "stock": "In stock", "reorder": "Reorder at", "status": "Status"},
    (Filter("category", "Category", CATEGORIES), Filter("status", "Status", ("Active", "Discontinued")),
     Filter("level", "Stock level", ("Low", "Enough"))),
    {"flag": "Flag for reordering", "discontinue": "Mark as discontinued", "revive": "Mark as active"},
)  # fmt: skip
SUPPLIERS = Sheet(
    "suppliers", "Suppliers", "Name, country",
    {"name": "Supplier", "country": "Country", "contact": "Contact", "lead": "Lead time (days)",
     "minimum": "Minimum order", "currency": "Currency", "preferred": "Preferred"},
    (Filter("currency", "Currency", ("USD", "EUR", "GBP")), Filter("preferred", "Preferred", ("Yes", "No"))),
    {"prefer": "Mark as preferred", "unprefer": "Take off preferred"},
)  # fmt: skip
INVOICES = Sheet(
    "invoices", "Invoices", "Number, customer",
    {"number": "Invoice", "customer": "Customer", "order": "Order", "issued": "Issued", "due": "Due",
     "amount": "Amount", "status": "Status"},
    (Filter("status", "Status", INVOICE_STATES),),
    {"paid": "Mark as paid", "remind": "Send reminder"},
)  # fmt: skip
EMPLOYEES = Sheet(
    "employees", "Employees", "Name, title",
    {"name": "Name", "title": "Title", "department": "Department", "site": "Site", "extension": "Extension",
     "started": "Started"},
    (Filter("department", "Department", tuple(TITLES)), Filter("site", "Site", ("North Quay", "Mill Lane"))),
)  # fmt: skip
TICKETS = Sheet(
    "tickets", "Support tickets", "Subject, customer",
    {"number": "Ticket", "subject": "Subject", "customer": "Customer", "opened": "Opened", "priority": "Priority",
     "status": "Status", "assignee": "Assigned to"},
    (Filter("priority", "Priority", PRIORITIES), Filter("status", "Status", TICKET_STATES)),
    {"close": "Close", "reopen": "Reopen", "assign": "Assign to…"},
    new="New ticket",
)  # fmt: skip
COUPONS = Sheet(
    "coupons", "Coupons", "Code, title",
    {"code": "Code", "title": "Offer", "percent": "Discount", "minimum": "Minimum order", "ends": "Ends",
     "uses": "Times used", "status": "Status"},
    (Filter("status", "Status", ("Active", "Paused")),),
    {"pause": "Pause", "resume": "Resume"},
    new="New coupon",
)  # fmt: skip


def _number(value: int, text: str = "") -> Cell:
    return Cell(text or f"{value:,}", value, look="number")


def _state(value: str) -> Cell:
    return Cell(value, value, look="state")


def _orders(books: Books) -> list[Row]:
    customers = {one.id: one for one in books.customers}
    return [
        Row(
            one.id,
            (
                Cell(one.id, int(one.id), f"/orders/{one.id}", "mark"),
                Cell(customers[one.customer].name, customers[one.customer].name, f"/customers/{one.customer}"),
                Cell(day(one.day), one.day),
                _state(one.status),
                Cell(one.channel, one.channel),
                _number(one.cases),
                _number(one.total, money(one.total)),
                Cell(one.assignee, one.assignee),
            ),
            {"status": one.status, "channel": one.channel, "region": customers[one.customer].region},
            hidden=bool(one.archived),
        )
        for one in books.orders
    ]


def _customers(books: Books) -> list[Row]:
    return [
        Row(
            one.id,
            (
                Cell(one.name, one.name, f"/customers/{one.id}", "mark"),
                Cell(one.id.upper(), one.id),
                Cell(one.contact, one.contact),
                Cell(one.city, one.city),
                Cell(one.region, one.region),
                Cell(one.segment, one.segment),
                _number(one.limit, f"£{one.limit:,}"),
                _state(one.status),
            ),
            {"region": one.region, "segment": one.segment, "terms": one.terms, "status": one.status},
            hidden=bool(one.archived),
        )
        for one in books.customers
    ]


def _products(books: Books) -> list[Row]:
    return [
        Row(
            one.sku,
            (
                Cell(one.name, one.name, f"/products/{one.sku.lower()}", "mark"),
                Cell(one.sku, one.sku),
                Cell(one.category, one.category),
                Cell(one.origin, one.origin),
                _number(one.price, money(one.price)),
                _number(one.on_hand),
                _number(one.reorder),
                _state(one.status),
            ),
            {"category": one.category, "status": one.status, "level": "Low" if one.low else "Enough"},
        )
        for one in books.products
    ]


def _suppliers(books: Books) -> list[Row]:
    return [
        Row(
            one.id,
            (
                Cell(one.name, one.name, f"/suppliers/{one.id}", "mark"),
                Cell(one.country, one.country),
                Cell(one.contact, one.contact),
                _number(one.lead),
                _number(one.minimum, f"£{one.minimum:,}"),
                Cell(one.currency, one.currency),
                Cell("★" if one.preferred else "", bool(one.preferred)),
            ),
            {"currency": one.currency, "preferred": "Yes" if one.preferred else "No"},
        )
        for one in books.suppliers
    ]


def _invoices(books: Books) -> list[Row]:
    return [
        Row(
            one.id,
            (
                Cell(one.id, one.id, f"/invoices/{one.id.lower()}", "mark"),
                Cell(books.name_of(one.customer), books.name_of(one.customer), f"/customers/{one.customer}"),
                Cell(one.order, one.order, f"/orders/{one.order}"),
                Cell(day(one.issued), one.issued),
                Cell(day(one.due), one.due),
                _number(one.amount, money(one.amount)),
                _state(one.status),
            ),
            {"status": one.status},
        )
        for one in books.invoices
    ]


def _employees(books: Books) -> list[Row]:
    return [
        Row(
            one.id,
            (
                Cell(one.name, one.name, f"/employees/{one.id}", "mark"),
                Cell(one.title, one.title),
                Cell(one.department, one.department),
                Cell(one.site, one.site),
                _number(int(one.extension)),
                Cell(day(one.started), one.started),
            ),
            {"department": one.department, "site": one.site},
        )
        for one in books.employees
    ]


def _tickets(books: Books) -> list[Row]:
    return [
        Row(
            one.id,
            (
                Cell(one.id.upper(), one.id, f"/tickets/{one.id}"),
                Cell(one.subject, one.subject, f"/tickets/{one.id}", "mark"),
                Cell(books.name_of(one.customer), books.name_of(one.customer)),
                Cell(day(one.opened[:10]), one.opened),
                Cell(one.priority, PRIORITIES.index(one.priority), look="state"),
                _state(one.status),
                Cell(one.assignee, one.assignee),
            ),
            {"priority": one.priority, "status": one.status},
        )
        for one in books.tickets
    ]


def _coupons(books: Books) -> list[Row]:
    return [
        Row(
            one.code,
            (
                Cell(one.code, one.code, f"/coupons/{one.code.lower()}", "mark"),
                Cell(one.title, one.title),
                _number(one.percent, f"{one.percent}%"),
                _number(one.minimum, f"£{one.minimum:,}"),
                Cell(day(one.ends), one.ends),
                _number(one.uses),
                _state(one.status),
            ),
            {"status": one.status},
        )
        for one in books.coupons
    ]


SHEETS: dict[str, tuple[Sheet, Callable[[Books], list[Row]]]] = {
    "orders": (ORDERS, _orders),
    "customers": (CUSTOMERS, _customers),
    "products": (PRODUCTS, _products),
    "suppliers": (SUPPLIERS, _suppliers),
    "invoices": (INVOICES, _invoices),
    "employees": (EMPLOYEES, _employees),
    "tickets": (TICKETS, _tickets),
    "coupons": (COUPONS, _coupons),
}
