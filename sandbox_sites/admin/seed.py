"""The company of an instance: deterministic by seed, and no two alike."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import lru_cache

from sandbox_sites.admin.content import (
    AUDIT,
    CHANNELS,
    NOTES,
    NOTICES,
    PRIORITIES,
    REGIONS,
    TICKETS,
    TODAY,
)
from sandbox_sites.admin.people import (
    make_customers,
    make_employees,
    make_names,
    make_suppliers,
    make_warehouses,
)
from sandbox_sites.admin.records import Customer, Employee, Entry, Event, Order, Product, Ticket, World
from sandbox_sites.admin.trade import (
    make_coupons,
    make_invoices,
    make_orders,
    make_products,
    make_returns,
    make_sales,
)


def _moment(rng: random.Random, days: int) -> str:
    day = date.fromisoformat(TODAY) - timedelta(days=days)
    return f"{day.isoformat()} {rng.randint(7, 17):02d}:{rng.randint(0, 59):02d}"


def _tickets(rng: random.Random, customers: tuple[Customer, ...], clerks: list[str]) -> tuple[Ticket, ...]:
    subjects, buyers = rng.sample(TICKETS, len(TICKETS)), rng.sample(customers, len(TICKETS))
    return tuple(
        Ticket(
            id=f"t-{540 - i * 2}",
            subject=subject,
            customer=buyers[i].id,
            opened=_moment(rng, i * 2 + 1),
            priority=PRIORITIES[(i * 3 + rng.randint(0, 1)) % 4],
            status="Closed" if i > 11 else "Waiting" if i % 4 == 3 else "Open",
            assignee=rng.choice(clerks),
            channel=rng.choice(CHANNELS),
            text=text,
        )
        for i, (subject, text) in enumerate(subjects)
    )


def _audit(
    rng: random.Random,
    customers: tuple[Customer, ...],
    orders: tuple[Order, ...],
    products: tuple[Product, ...],
    staff: tuple[Employee, ...],
) -> tuple[Entry, ...]:
    made = []
    for i in range(60):
        area = rng.choice(tuple(AUDIT))
        text = rng.choice(AUDIT[area]).format(
            order=rng.choice(orders).id,
            customer=rng.choice(customers).name,
            product=rng.choice(products).name,
            region=rng.choice(REGIONS),
            employee=rng.choice(staff).name,
        )
        made.append(Entry(_moment(rng, i // 3 + 1), rng.choice(staff).name, area, text))
    return tuple(sorted(made, key=lambda entry: entry.when, reverse=True))


def _pasts(rng: random.Random, orders: tuple[Order, ...], staff: list[str]) -> dict[str, tuple[Event, ...]]:
    past: dict[str, tuple[Event, ...]] = {}
    ways = {"Packed": 1, "Shipped": 2, "Delivered": 3, "On hold": 1}
    texts = ("Order taken", "Picked and packed", "Handed to the carrier", "Signed for at the door")
    for order in orders:
        day = date.fromisoformat(order.day)
        past[f"/orders/{order.id}"] = tuple(
            Event((day + timedelta(days=i)).isoformat(), rng.choice(staff), texts[i])
            for i in reversed(range(ways.get(order.status, 0) + 1))
        )
    return past


def _notes(rng: random.Random, paths: list[str], staff: list[str]) -> dict[str, tuple[Event, ...]]:
    return {
        path: (Event(_moment(rng, rng.randint(2, 40))[:10], rng.choice(staff), rng.choice(NOTES)),)
        for path in rng.sample(paths, len(paths) // 3)
    }


def _settings(rng: random.Random) -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]]]:
    company = {
        "name": "Copperleaf Tea & Coffee Wholesale", "street": f"{rng.randint(3, 90)} Dock Road", "city": "Port Arden",
        "postcode": f"PA{rng.randint(1, 9)} {rng.randint(1, 9)}QR", "phone": f"01632 960{rng.randint(100, 999)}",
        "email": "office@copperleaf.example", "number": str(rng.randint(4_100_000, 8_900_000)),
    }  # fmt: skip
    taxes = dict(zip(("Tea", "Coffee", "Equipment", "Freight"),
                     (f"{rate / 2:.1f}" for rate in rng.sample(range(6, 46), 4)), strict=True))  # fmt: skip
    prices = rng.sample(range(8, 60), 4)
    shipping = {
        name: {"price": f"{prices[i] / 2:.2f}", "days": str(days), "carrier": carrier}
        for i, (name, days, carrier) in enumerate((
            ("Own van", rng.randint(1, 2), "Own van"), ("Pallet", rng.randint(3, 6), "Hartley Freight"),
            ("Parcel", rng.randint(2, 3), "Swift Parcel"), ("Next morning", 1, "Pell & Ross")))
    }  # fmt: skip
    return company, taxes, shipping


@lru_cache(maxsize=8)
def world(seed: int) -> World:
    """Return the records of an instance."""
    rng = random.Random(f"admin {seed}")  # noqa: S311 - a fixture, not a secret
    names = make_names(rng)
    staff = make_employees(rng, names)
    sellers = [one.name for one in staff if one.department == "Sales"]
    service = [one.name for one in staff if one.department in ("Service", "Sales")]
    customers = make_customers(rng, names, sellers)
    suppliers = make_suppliers(rng, names)
    products = make_products(rng, suppliers)
    orders = make_orders(rng, customers, products, service)
    company, taxes, shipping = _settings(rng)
    everyone = [one.name for one in staff]
    paths = [f"/orders/{order.id}" for order in orders] + [f"/customers/{one.id}" for one in customers]
    return World(
        clerk=next(one for one in staff if one.department == "Service"),
        customers=customers,
        orders=orders,
        products=products,
        suppliers=suppliers,
        invoices=make_invoices(rng, orders),
        employees=staff,
        tickets=_tickets(rng, customers, service),
        coupons=make_coupons(rng),
        returns=make_returns(rng, orders),
        warehouses=make_warehouses(rng, staff),
        audit=_audit(rng, customers, orders, products, staff),
        sales=make_sales(rng),
        company=company,
        taxes=taxes,
        shipping=shipping,
        notices={name: rng.random() < 0.5 for name in NOTICES},
        keys={
            name: f"2025-0{rng.randint(1, 9)}-{rng.randint(10, 28)}"
            for name in ("Web shop", "Label printer", "Bank feed")
        },
        events=_pasts(rng, orders, everyone),
        notes=_notes(rng, paths, everyone),
    )
