"""Makes what the company trades: products, orders, invoices, coupons, returns, sales."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sandbox_sites.admin.content import (
    CARRIERS,
    CATEGORIES,
    CHANNELS,
    CODES,
    COUPONS,
    GOODS,
    MONTHS,
    ORDER_STATES,
    PACKS,
    REGIONS,
    RETURN_REASONS,
    SEGMENTS,
    TODAY,
)
from sandbox_sites.admin.records import Coupon, Customer, Invoice, Line, Order, Product, Return, Supplier

ORDERS, INVOICES, RETURNS = 60, 20, 8


def _ago(days: int) -> str:
    return (date.fromisoformat(TODAY) - timedelta(days=days)).isoformat()


def make_products(rng: random.Random, suppliers: tuple[Supplier, ...]) -> tuple[Product, ...]:
    """Make the goods; every supplier has some of them."""
    goods = [(category, name, origin) for category, group in GOODS.items() for name, origin in group]
    # Prices are all different, so that no comparison is a tie.
    prices, lots = rng.sample(range(1800, 9900, 5), len(goods)), rng.sample(range(20, 400), len(goods))
    mixed = rng.sample(suppliers, len(suppliers))
    made = []
    for i, (category, name, origin) in enumerate(goods):
        north = rng.randint(5, lots[i] - 5)
        made.append(
            Product(
                sku=f"{CODES[category]}-{rng.randint(1, 9)}{i + 10}",
                name=name,
                category=category,
                supplier=mixed[i % len(mixed)].id,
                origin=origin,
                pack=rng.choice(PACKS[category]),
                price=prices[i],
                cost=prices[i] * rng.randint(52, 74) // 100,
                shelf=f"{rng.choice('ABCDEF')}{rng.randint(1, 24)}",
                best_before=f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                stock={"north-quay": north, "mill-lane": lots[i] - north},
                reorder=rng.randint(2, 8) * 10,
                status="Discontinued" if i % 13 == 7 else "Active",
            )
        )
    return tuple(made)


def make_orders(
    rng: random.Random, customers: tuple[Customer, ...], products: tuple[Product, ...], staff: list[str]
) -> tuple[Order, ...]:
    """Make the orders, newest first; every customer has one at least, and no two have the same total."""
    buyers = [*customers, *rng.sample(customers, ORDERS - len(customers))]
    rng.shuffle(buyers)
    made: list[Order] = []
    totals: set[int] = set()
    for i, buyer in enumerate(buyers):
        age = i * 2 + rng.randint(0, 1)
        order = _order(rng, i, buyer, products, staff, age)
        while order.total in totals:
            order = _order(rng, i, buyer, products, staff, age)
        totals.add(order.total)
        made.append(order)
    return tuple(made)


def _order(
    rng: random.Random, i: int, buyer: Customer, products: tuple[Product, ...], staff: list[str], age: int
) -> Order:
    state = rng.choice(ORDER_STATES[:2]) if i < 14 else rng.choice(ORDER_STATES[1:4]) if i < 30 else "Delivered"
    lines = tuple(
        Line(product.sku, product.name, rng.randint(1, 12), product.price)
        for product in rng.sample(products, rng.randint(1, 5))
    )
    initials = "".join(word[0] for word in buyer.name.split() if word[0].isalpha()).upper()
    return Order(
        id=str(20960 - i * 7),
        customer=buyer.id,
        day=_ago(age),
        status="On hold" if i % 11 == 6 else state,
        channel=rng.choice(CHANNELS),
        carrier=rng.choice(CARRIERS),
        reference=f"{initials}-{rng.randint(100, 999)}",
        assignee=rng.choice(staff),
        lines=lines,
        freight=rng.choice((0, 650, 850, 1200)),
    )


def make_invoices(rng: random.Random, orders: tuple[Order, ...]) -> tuple[Invoice, ...]:
    """Make invoices for some of the orders that went out."""
    gone = [order for order in orders if order.status in ("Shipped", "Delivered")]
    made = []
    for i, order in enumerate(sorted(rng.sample(gone, INVOICES), key=lambda order: order.id, reverse=True)):
        day = date.fromisoformat(order.day) + timedelta(days=1)
        due = day + timedelta(days=rng.choice((14, 30)))
        late = due.isoformat() < TODAY
        status = ("Overdue" if i % 3 == 0 else "Paid") if late else "Open"
        made.append(
            Invoice(
                f"INV-{7400 - i * 3}", order.id, order.customer, day.isoformat(), due.isoformat(), order.total, status
            )
        )
    return tuple(made)


def make_coupons(rng: random.Random) -> tuple[Coupon, ...]:
    """Make the coupons."""
    percents, uses = rng.sample(range(5, 41), len(COUPONS)), rng.sample(range(3, 190), len(COUPONS))
    return tuple(
        Coupon(
            code=f"{code}{percents[i]}",
            title=title,
            percent=percents[i],
            minimum=rng.randint(2, 20) * 25,
            segment=rng.choice(("All", *SEGMENTS)),
            starts=f"2025-0{rng.randint(5, 9)}-01",
            ends=f"2025-{rng.randint(11, 12)}-{rng.randint(10, 28)}",
            uses=uses[i],
            status="Paused" if i % 3 == 2 else "Active",
        )
        for i, (title, code) in enumerate(COUPONS)
    )


def make_returns(rng: random.Random, orders: tuple[Order, ...]) -> tuple[Return, ...]:
    """Make the queue of returns, each of another customer."""
    waiting: dict[str, Order] = {}
    for order in rng.sample(orders[14:], len(orders) - 14):
        waiting.setdefault(order.customer, order)
    reasons = rng.sample(RETURN_REASONS, RETURNS)
    made = []
    for i, order in enumerate(list(waiting.values())[:RETURNS]):
        line = rng.choice(order.lines)
        made.append(
            Return(f"R-{88 + i}", order.id, order.customer, line.sku, line.name, rng.randint(1, line.quantity),
                   reasons[i], _ago(RETURNS - i))
        )  # fmt: skip
    return tuple(made)


def make_sales(rng: random.Random) -> dict[tuple[str, str, str], int]:
    """Make a year's sales in pounds; sums of regions and categories differ by far more than chance makes equal."""
    weight = dict(zip(REGIONS, rng.sample((13, 17, 22, 28, 35), len(REGIONS)), strict=True))
    taste = dict(zip(CATEGORIES, rng.sample((8, 11, 15, 20, 26), len(CATEGORIES)), strict=True))
    season = {month: rng.randint(60, 140) for month in MONTHS}
    return {
        (month, region, category): weight[region] * taste[category] * season[month] * rng.randint(70, 130) // 1000
        for month in MONTHS
        for region in REGIONS
        for category in CATEGORIES
    }
