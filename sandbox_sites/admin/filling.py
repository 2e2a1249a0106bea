"""Tasks that fill in forms."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.admin.content import TODAY
from sandbox_sites.admin.judges import JUDGES, changed
from sandbox_sites.admin.records import World
from sandbox_sites.admin.ways import (
    choose_plain,
    leave_note,
    open_customer,
    open_product,
    side,
    unfold,
)
from sandbox_sites.common.hand import Steps, click, enter, follow, give_up, press, seen, steps
from sandbox_sites.common.site import Entry

KIND = "fill"


def filling(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _on_records(world)
    yield from _new_records(world)
    yield from _in_settings(world)


def _on_records(world: World) -> Iterator[Entry]:
    order, customer, product = world.orders[5], world.customers[15], world.products[14]
    paid = world.orders[11]
    moved = {"street": "214 Weir Street", "city": "Fenwick", "postcode": "FW21 7XY"}
    overlay = {name: value for name, value in moved.items() if getattr(customer, name) != value}
    price = product.price + 450
    text = "Gate code is 4471, ask for the night porter."
    address = {"Street": moved["street"], "Town": moved["city"], "Postcode": moved["postcode"]}
    yield Entry(
        KIND,
        4,
        f'Leave a note on order {order.id}: "{text}"',
        changed(notes={f"/orders/{order.id}": [text]}),
        steps(follow("Orders", order.id), leave_note(text)),
        wrong=steps(follow("Orders", world.orders[4].id), leave_note(text)),
    )
    yield Entry(
        KIND,
        7,
        f"{customer.name} has moved to 214 Weir Street, Fenwick, FW21 7XY - correct their address please",
        changed(customers={customer.id: overlay}),
        steps(
            open_customer(customer),
            press("Edit details"),
            enter(address),
            press("Save customer"),
            seen("Customer saved."),
        ),
        wrong=steps(
            open_customer(customer),
            press("Edit details"),
            enter({**address, "Postcode": "FW21 7XX"}),
            press("Save customer"),
            seen("Customer saved."),
        ),
    )
    yield Entry(
        KIND,
        5,
        f"From today a case of {product.name} sells for £{price / 100:.2f}.",
        changed(products={product.sku: {"price": price}}),
        steps(
            open_product(product),
            unfold("Change price and levels"),
            enter({"New price in £": f"{price / 100:.2f}"}),
            press("Save product"),
            seen("Product saved."),
        ),
        wrong=steps(
            open_product(product), unfold("Change price and levels"), enter({"New price in £": f"{price / 100:.2f}"})
        ),
    )
    yield Entry(
        KIND,
        6,
        f"Some of the goods in order {paid.id} came damaged. Pay the customer £7.35 back for that.",
        changed(refunds=[{"order": paid.id, "amount": "7.35", "reason": "Damaged goods"}]),
        steps(
            follow("Orders", paid.id),
            press("Refund…"),
            enter({"Amount in £": "7.35"}),
            choose_plain("reason", "Damaged goods"),
            press("Pay back"),
            seen("Refund recorded."),
        ),
    )
    yield Entry(
        KIND,
        4,
        f"put {world.employees[2].name}'s birthday, 3 May, into the staff record",
        JUDGES.refuse(),
        give_up(follow("Employees", world.employees[2].name)),
        answerable=False,
    )


def _new_records(world: World) -> Iterator[Entry]:
    buyer, goods = world.customers[21], next(one for one in world.products[16:] if one.stock["mill-lane"] >= 6)
    subject, text = "Labels came unglued", "The labels on nine pouches fell off in the cold store."
    ticket = {
        "id": "t-542", "subject": subject, "customer": buyer.id, "opened": f"{TODAY} 09:30", "priority": "High",
        "status": "Open", "assignee": world.clerk.name, "channel": "Phone", "text": text,
    }  # fmt: skip
    coupon = {
        "code": "LEAVES15", "title": "Leaf week", "percent": 15, "minimum": 0, "segment": "Hotel", "starts": TODAY,
        "ends": "2025-11-30", "uses": 0,
    }  # fmt: skip
    stock = {"north-quay": goods.stock["north-quay"] + 5, "mill-lane": goods.stock["mill-lane"] - 5}

    def fill_coupon(percent: str) -> tuple[Steps, ...]:
        return (
            follow("Coupons", "New coupon"),
            enter({"Code": "LEAVES15", "Offer": "Leaf week", "Discount": percent, "Last day": "2025-11-30"}),
            choose_plain("segment", "Hotel"),
            press("Create coupon"),
            seen("Coupon created."),
        )

    yield Entry(
        KIND,
        7,
        f'{buyer.name} is on the phone. Open a ticket for them, subject "{subject}", high priority, and'
        f' write down what they say: "{text}"',
        changed(new_tickets=[ticket]),
        steps(
            follow("Support tickets", "New ticket"),
            enter({"Subject": subject, "What is the matter?": text}),
            choose_plain("customer", buyer.name),
            choose_plain("priority", "High"),
            press("Open ticket"),
            seen("Ticket opened."),
        ),
    )
    yield Entry(
        KIND,
        8,
        'Make a discount code LEAVES15 for the offer "Leaf week": 15 % off for hotels only, valid through'
        " 30 November 2025, no minimum.",
        changed(new_coupons=[coupon]),
        steps(*fill_coupon("15")),
        wrong=steps(*fill_coupon("16")),
    )
    yield Entry(
        KIND,
        6,
        f"5 cases of {goods.name} ({goods.sku}) have to go from Mill Lane over to North Quay, book it",
        changed(
            products={goods.sku: {"stock": stock}},
            transfers=[{"sku": goods.sku, "from": "mill-lane", "to": "north-quay", "quantity": 5}],
        ),
        steps(
            follow("Stock transfer"),
            enter({"Product": goods.sku, "Cases to move": "5"}),
            side("From", "Mill Lane"),
            side("Into", "North Quay"),
            press("Book transfer"),
            seen("Transfer booked."),
        ),
        wrong=steps(
            follow("Stock transfer"),
            enter({"Product": goods.sku, "Cases to move": "5"}),
            side("From", "North Quay"),
            side("Into", "Mill Lane"),
            press("Book transfer"),
        ),
    )


def _in_settings(world: World) -> Iterator[Entry]:
    yield Entry(
        KIND,
        4,
        "My desk phone has a new extension, 388. Would you put that into my own details?",
        changed(profile={"extension": "388"}),
        steps(
            press("Account menu"),
            click("menuitem", "My profile"),
            enter({"Extension": "388"}),
            press("Save profile"),
            seen("Profile saved."),
        ),
    )
    yield Entry(
        KIND,
        3,
        "The firm's own phone number is 01632 961000 now, update it in the company data.",
        changed(company={"phone": "01632 961000"}),
        steps(
            follow("Settings"), enter({"Telephone": "01632 961000"}), press("Save settings"), seen("Settings saved.")
        ),
    )
    yield Entry(
        KIND,
        4,
        "the budget is out: tea is taxed at 12.25 percent from now on",
        changed(taxes={"Tea": "12.25"}),
        steps(
            follow("Settings", "Tax rates"), enter({"Tea": "12.25"}), press("Save settings"), seen("Settings saved.")
        ),
        wrong=steps(
            follow("Settings", "Tax rates"), enter({"Coffee": "12.25"}), press("Save settings"), seen("Settings saved.")
        ),
    )
    yield Entry(
        KIND,
        5,
        "Sending a pallet will cost £31.20 as of today. Change that where we list how we ship.",
        changed(shipping={"Pallet": {"price": "31.20"}}),
        steps(
            follow("Settings", "Shipping methods"),
            follow("Edit", within="#pallet"),
            enter({"Price in £": "31.20"}),
            press("Save row"),
            seen("Settings saved."),
        ),
    )
