"""Tasks that change something by buttons, switches and choices."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.admin.content import ROLES
from sandbox_sites.admin.judges import JUDGES, changed
from sandbox_sites.admin.records import World
from sandbox_sites.admin.state import OUT
from sandbox_sites.admin.ways import (
    act,
    choose_plain,
    go_to,
    open_customer,
    open_order,
    open_ticket,
    revoke,
    tick_rows,
)
from sandbox_sites.common.hand import click, click_at, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.site import Entry

KIND = "change"


def switching(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _deciding(world)
    yield from _handing_over(world)
    yield from _in_bulk(world)
    yield from _in_settings(world)


def _deciding(world: World) -> Iterator[Entry]:
    back, other = world.returns[2], world.returns[3]
    buyer = world.customer(back.customer).name
    packed = next(one for one in world.orders if one.status == "Packed")
    coupon = next(one for one in world.coupons if one.status == "Active")
    yield Entry(
        KIND,
        2,
        f"{buyer} wants to send something back. Fine with me: say yes to it.",
        changed(returns={back.id: "Approved"}),
        steps(follow("Returns"), press("Approve", within=f"#{back.id}"), seen("Decision saved.")),
        wrong=steps(follow("Returns"), press("Approve", within=f"#{other.id}"), seen("Decision saved.")),
    )
    yield Entry(
        KIND,
        3,
        f"order {packed.id} has just left the house with the carrier, record that",
        changed(orders={packed.id: {"status": "Shipped"}}),
        steps(open_order(packed), press("Mark as shipped"), seen("Saved.")),
        wrong=steps(open_order(packed), press("Mark as delivered"), seen("Saved.")),
    )
    yield Entry(
        KIND,
        3,
        f"Nobody should be able to use the code {coupon.code} for the time being. We may want it back later.",
        changed(coupons={coupon.code: {"status": "Paused"}}),
        steps(follow("Coupons", coupon.code), press("Pause"), seen("Saved.")),
    )
    yield Entry(
        KIND,
        2,
        "Say yes to return R-140, I promised them.",
        JUDGES.refuse(),
        give_up(follow("Returns"), seen("R-88")),
        answerable=False,
    )
    yield Entry(
        KIND,
        3,
        "Export the overdue invoices to a spreadsheet for the accountant.",
        JUDGES.refuse(),
        give_up(follow("Invoices"), press("Actions", within="main")),
        answerable=False,
    )


def _handing_over(world: World) -> Iterator[Entry]:
    ticket = world.tickets[4]
    helper = next(one.name for one in world.employees if one.title == "Sales lead" or one.title == "Service lead"
                  if one.name != ticket.assignee)  # fmt: skip
    buyer = next(one for one in world.customers[18:] if one.terms != "60 days")
    pinned = world.customers[29]
    person = next(one for one in world.employees if "Refunds" not in one.roles)
    roles = [role for role in ROLES if role in (*person.roles, "Refunds")]
    yield Entry(
        KIND,
        4,
        f'The matter "{ticket.subject}" is better off with {helper}: pass it on to them.',
        changed(tickets={ticket.id: {"assignee": helper}}),
        steps(open_ticket(ticket), choose_plain("who", helper), press("Assign"), seen("Saved.")),
    )
    yield Entry(
        KIND,
        4,
        f"let {buyer.name} take 60 days to pay from now on",
        changed(customers={buyer.id: {"terms": "60 days"}}),
        steps(open_customer(buyer), choose_plain("terms", "60 days"), press("Apply"), seen("Saved.")),
    )
    yield Entry(
        KIND,
        3,
        f"I look at {pinned.name} all the time. Mark them with the star so that I find them on my start page.",
        changed(pinned=[pinned.id]),
        steps(open_customer(pinned), click_at(".star"), seen("Pinned to the dashboard.")),
    )
    yield Entry(
        KIND,
        4,
        f"{person.name} is allowed to hand out refunds as of today; leave the rest of their rights alone.",
        changed(employees={person.id: {"roles": roles}}),
        steps(follow("Employees", person.name), tick("Refunds"), press("Save roles"), seen("Roles saved.")),
        wrong=steps(follow("Employees", person.name), tick("Refunds")),
    )


def _in_bulk(world: World) -> Iterator[Entry]:
    one, two = world.tickets[0], world.tickets[2]
    early, late = world.orders[2], world.orders[7]
    helper = next(
        person.name
        for person in world.employees
        if person.department in ("Sales", "Service")
        if person.name not in (early.assignee, late.assignee)
    )
    yield Entry(
        KIND,
        5,
        f"Tickets {one.id.upper()} and {two.id.upper()} are both settled, close them in one go",
        changed(tickets={one.id: {"status": "Closed"}, two.id: {"status": "Closed"}}),
        steps(follow("Support tickets"), tick_rows(one.subject, two.subject), act("Close"), seen("updated:")),
        wrong=steps(follow("Support tickets"), tick_rows(one.subject), act("Close"), seen("updated:")),
    )
    yield Entry(
        KIND,
        5,
        f"Could {helper} please be put in charge of orders {early.id} and {late.id}?",
        changed(orders={early.id: {"assignee": helper}, late.id: {"assignee": helper}}),
        steps(follow("Orders"), tick_rows(early.id, late.id), act(helper), seen("updated:")),
    )


def _in_settings(world: World) -> Iterator[Entry]:
    digest, on = "Weekly sales digest", world.notices["Weekly sales digest"]
    wish = "I don't read the weekly sales digest any more; stop it" if on else "I'd like to get the weekly sales digest"
    yield Entry(
        KIND,
        3,
        f"{wish}, please.",
        changed(notices={digest: not on}),
        steps(follow("Settings", "Notifications"), click("switch", digest), seen("Settings saved.")),
    )
    yield Entry(
        KIND,
        4,
        "The label printer was stolen. Make sure its access to our interface no longer works.",
        changed(keys={"Label printer": "revoked"}),
        steps(follow("Settings", "API keys"), revoke("Label printer"), press("Yes, revoke it"), seen("Key revoked.")),
        wrong=steps(follow("Settings", "API keys"), revoke("Label printer"), press("Keep it")),
    )
    yield Entry(
        KIND,
        2,
        "That's it for today, log me off.",
        changed(session=OUT),
        steps(press("Account menu"), click("menuitem", "Sign out"), seen("You have signed out.")),
    )
    yield Entry(
        KIND,
        3,
        f"Mark {world.suppliers[3].name} as one of the firms we prefer",
        changed(suppliers={world.suppliers[3].id: {"preferred": "yes"}}),
        steps(follow("Suppliers"), go_to(world.suppliers[3].name), press("Mark as preferred"), seen("Saved.")),
    )
