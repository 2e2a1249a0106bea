"""Tasks of two or three parts."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.admin.judges import JUDGES, changed, told
from sandbox_sites.admin.records import World
from sandbox_sites.admin.ways import (
    choose_plain,
    go_to,
    leave_note,
    open_order,
    open_product,
    open_ticket,
    revoke,
    unfold,
)
from sandbox_sites.common.hand import choose, enter, follow, give_up, press, seen, steps
from sandbox_sites.common.judging import all_of, says
from sandbox_sites.common.site import Entry

KIND = "compose"


def combining(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _on_records(world)
    yield from _elsewhere(world)


def _on_records(world: World) -> Iterator[Entry]:
    order = next(one for one in world.orders[3:] if one.status != "On hold")
    product = world.products[19]
    level, why = product.reorder + 7, "Buyer is away until Monday."
    unpaid = next(one for one in world.invoices if one.status != "Paid")
    buyer = world.customer(unpaid.customer)
    ticket = next(one for one in world.tickets if one.priority != "Urgent" and one.status == "Open")
    helper = next(one.name for one in world.employees if one.department == "Service" and one.name != ticket.assignee)
    yield Entry(
        KIND,
        5,
        f'Order {order.id} has to wait: hold it back for now, and note on it why: "{why}"',
        changed(orders={order.id: {"status": "On hold"}}, notes={f"/orders/{order.id}": [why]}),
        steps(open_order(order), press("Put on hold"), seen("Saved."), leave_note(why)),
        wrong=steps(open_order(order), leave_note(why)),
    )
    yield Entry(
        KIND,
        6,
        f"We need more {product.name}: flag it for reordering, and from now on it should be reordered once we"
        f" are down to {level} cases.",
        changed(products={product.sku: {"flagged": "yes", "reorder": level}}),
        steps(
            open_product(product),
            press("Flag for reordering"),
            seen("Saved."),
            unfold("Change price and levels"),
            enter({"Reorder level": str(level)}),
            press("Save product"),
            seen("Product saved."),
        ),
        wrong=steps(
            open_product(product),
            press("Flag for reordering"),
            seen("Saved."),
            unfold("Change price and levels"),
            enter({"Reorder level": str(level + 1)}),
            press("Save product"),
            seen("Product saved."),
        ),
    )
    yield Entry(
        KIND,
        4,
        f"The money for {unpaid.id} is in. Record that, then tell me the customer's phone number so I can thank them.",
        all_of(JUDGES.only(invoices={unpaid.id: {"status": "Paid"}}), says(buyer.phone, buyer.phone.replace(" ", ""))),
        steps(
            follow("Invoices", unpaid.id),
            press("Mark as paid"),
            seen("Saved."),
            go_to(buyer.name),
            seen(buyer.phone),
            answer=buyer.phone,
        ),
    )
    yield Entry(
        KIND,
        5,
        f'"{ticket.subject}" just got urgent. Set it so and let {helper} deal with it.',
        changed(tickets={ticket.id: {"priority": "Urgent", "assignee": helper}}),
        steps(
            open_ticket(ticket),
            press("Urgent", within="main"),
            seen("Saved."),
            choose_plain("who", helper),
            press("Assign"),
            seen("Saved."),
        ),
    )


def _elsewhere(world: World) -> Iterator[Entry]:
    first, second = world.returns[5], world.returns[6]
    one, two = sorted((p for p in world.products if p.category == "Herbal"), key=lambda product: product.price)[:2]
    longest = max(world.suppliers, key=lambda supplier: supplier.lead)
    sort_herbal = (follow("Products"), choose("Category", "Herbal"), press("Filter"), go_to("Price per case"))
    yield Entry(
        KIND,
        3,
        f"returns {first.id} and {second.id}: turn both down",
        changed(returns={first.id: "Declined", second.id: "Declined"}),
        steps(
            follow("Returns"),
            press("Decline", within=f"#{first.id}"),
            seen("Decision saved."),
            press("Decline", within=f"#{second.id}"),
            seen("Declined", within=f"#{second.id}"),
        ),
    )
    yield Entry(
        KIND,
        6,
        "Look for the herbal product that we sell cheapest and flag it for reordering.",
        changed(products={one.sku: {"flagged": "yes"}}),
        steps(*sort_herbal, go_to(one.name), press("Flag for reordering"), seen("Saved.")),
        wrong=steps(*sort_herbal, go_to(two.name), press("Flag for reordering"), seen("Saved.")),
    )
    yield Entry(
        KIND,
        8,
        "Two things on our access keys: there should be a new one called Till sync that can only read, and the"
        " one of the bank feed has to go.",
        changed(keys={"Till sync": "Read only", "Bank feed": "revoked"}),
        steps(
            follow("Settings", "API keys"),
            press("New key"),
            enter({"Key name": "Till sync"}),
            choose_plain("scope", "Read only"),
            press("Create key"),
            seen("Key created."),
            revoke("Bank feed"),
            press("Yes, revoke it"),
            seen("Key revoked."),
        ),
    )
    yield Entry(
        KIND,
        3,
        "Which of our suppliers keeps us waiting longest? Find out and name the person we deal with there.",
        told(says(longest.contact), ("/suppliers", f"/suppliers/{longest.id}")),
        steps(follow("Suppliers"), go_to("Lead time (days)", "Lead time (days)"), answer=longest.contact),
    )
    yield Entry(
        KIND,
        4,
        f"Rename the supplier {world.suppliers[6].name} to Gedeo Coffee Union and then open its page.",
        JUDGES.refuse(),
        give_up(follow("Suppliers", world.suppliers[6].name)),
        answerable=False,
    )
