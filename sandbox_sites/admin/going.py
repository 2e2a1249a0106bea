"""Tasks that end on a page: navigate and search."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.admin.judges import JUDGES, narrowed, ordered
from sandbox_sites.admin.records import World
from sandbox_sites.admin.ways import choose_plain, go_to, open_order, open_product, search, suggested
from sandbox_sites.common.hand import choose, enter_at, follow, give_up, press, seen, steps
from sandbox_sites.common.site import Entry


def going(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _reaching(world)
    yield from _opening(world)
    yield from _filtering(world)
    yield from _sorting(world)


def _reaching(world: World) -> Iterator[Entry]:
    go = "navigate"
    yield Entry(
        go,
        1,
        "Show me the queue of goods that people want to send back.",
        JUDGES.reach("/returns"),
        steps(follow("Returns")),
        wrong=steps(follow("Invoices")),
    )
    yield Entry(
        go,
        1,
        "where can i see who changed what around here? open that please",
        JUDGES.reach("/audit"),
        steps(follow("Audit log")),
    )
    yield Entry(
        go,
        2,
        "I need the screen with our VAT percentages.",
        JUDGES.reach("/settings/tax"),
        steps(follow("Settings", "Tax rates")),
        wrong=steps(follow("Settings")),
    )
    yield Entry(
        go,
        1,
        "what lies on the shelves at mill lane? just bring up that warehouse",
        JUDGES.reach("/warehouses/mill-lane"),
        steps(go_to("Mill Lane")),
        wrong=steps(go_to("North Quay")),
    )
    yield Entry(
        go,
        1,
        "Which keys can I press here? Take me to that overview, would you.",
        JUDGES.reach("/shortcuts"),
        steps(follow("Keyboard shortcuts")),
    )
    yield Entry(
        go,
        2,
        "A new business may sign up later today. Get the blank form ready for it, don't enter anything.",
        JUDGES.reach("/customers/new"),
        steps(follow("Customers", "New customer")),
    )
    yield Entry(
        go,
        2,
        "Open the page of our Castle Hill warehouse",
        JUDGES.refuse(),
        give_up(follow("Stock transfer"), seen("Mill Lane")),
        answerable=False,
    )


def _opening(world: World) -> Iterator[Entry]:
    go = "navigate"
    order, colleague, product = world.orders[9], world.employees[8], world.products[11]
    seller = world.supplier(product.supplier)
    egypt = next(one for one in world.suppliers if one.country == "Egypt")
    invoice = world.invoices[4]
    billed = next(one for one in world.orders if one.id == invoice.order)
    yield Entry(
        go,
        2,
        f"Pull up order {order.id}",
        JUDGES.reach(f"/orders/{order.id}"),
        steps(follow("Orders", order.id)),
        wrong=steps(follow("Orders", world.orders[10].id)),
    )
    yield Entry(
        go,
        2,
        f"I'd like to see the staff record of {colleague.name}, please.",
        JUDGES.reach(f"/employees/{colleague.id}"),
        steps(follow("Employees", colleague.name)),
    )
    yield Entry(
        go,
        2,
        "There's one firm in Egypt that we buy from - go to its page",
        JUDGES.reach(f"/suppliers/{egypt.id}"),
        steps(follow("Suppliers", egypt.name)),
        wrong=steps(follow("Suppliers", world.suppliers[0].name)),
    )
    yield Entry(
        go,
        3,
        f"Who do we buy the {product.name} from? Open that company's record; no need to tell me anything.",
        JUDGES.reach(f"/suppliers/{seller.id}"),
        steps(open_product(product), go_to(seller.name)),
        wrong=steps(open_product(product)),
    )
    yield Entry(
        go,
        3,
        f"Find order {billed.id} and go on from there to its bill.",
        JUDGES.reach(f"/invoices/{invoice.id.lower()}"),
        steps(open_order(billed), go_to(invoice.id)),
    )


def _filtering(world: World) -> Iterator[Entry]:
    find = "search"
    some, auditor, ticket = world.customers[3], world.audit[0], world.tickets[9]
    yield Entry(
        find,
        3,
        "Only the orders that are on hold, please.",
        narrowed("/orders", status="On hold"),
        steps(follow("Orders"), choose("Status", "On hold"), press("Filter")),
        wrong=steps(follow("Orders"), choose("Status", "Packed"), press("Filter")),
    )
    yield Entry(
        find,
        2,
        "we are running out of some goods: show me the product table with just those low on stock",
        narrowed("/products", level="Low"),
        steps(press("Commands"), follow("Show low stock")),
    )
    yield Entry(
        find,
        4,
        f"customers in the {some.region} region, and of those only the {some.segment.lower()} ones",
        narrowed("/customers", region=some.region, segment=some.segment),
        steps(follow("Customers"), choose("Region", some.region), choose("Segment", some.segment), press("Filter")),
        wrong=steps(follow("Customers"), choose("Region", some.region), press("Filter")),
    )
    yield Entry(
        find,
        2,
        'In the list of products, look for "decaf".',
        narrowed("/products", q="decaf"),
        steps(follow("Products"), enter_at("Name, SKU, origin", "decaf", submit=True)),
    )
    yield Entry(
        find,
        2,
        f'Somebody wrote in about "{ticket.subject}". Use the search at the top and open what they wrote.',
        JUDGES.reach(f"/tickets/{ticket.id}"),
        steps(suggested(ticket.subject)),
        wrong=steps(search(ticket.subject)),
    )
    yield Entry(
        find,
        4,
        f"In the log of who did what, leave just what {auditor.who} did in the area {auditor.area}.",
        narrowed("/audit", who=auditor.who, area=auditor.area),
        steps(
            follow("Audit log"),
            choose_plain("f-who", auditor.who),
            choose_plain("f-area", auditor.area),
            press("Filter"),
        ),
    )
    yield Entry(
        find,
        3,
        "show me just the warehouse people among the staff",
        narrowed("/employees", department="Warehouse"),
        steps(follow("Employees"), choose("Department", "Warehouse"), press("Filter")),
    )
    yield Entry(
        find,
        3,
        "Narrow the products down to the ones that are certified organic.",
        JUDGES.refuse(),
        give_up(follow("Products"), seen("Category")),
        answerable=False,
    )


def _sorting(world: World) -> Iterator[Entry]:
    find = "search"
    dear = max(world.products, key=lambda one: one.price)
    cheap = min(world.products, key=lambda one: one.price)
    yield Entry(
        find,
        3,
        "Put the coupons in order: the one used most goes on top.",
        ordered("/coupons", sort="uses", dir="desc"),
        steps(follow("Coupons"), go_to("Times used", "Times used")),
        wrong=steps(follow("Coupons"), go_to("Times used")),
    )
    yield Entry(
        find,
        4,
        "Sort all our products by what a case costs, dearest first, and open the first one.",
        JUDGES.reach(f"/products/{dear.sku.lower()}"),
        steps(follow("Products"), go_to("Price per case", "Price per case", dear.name)),
        wrong=steps(follow("Products"), go_to("Price per case", cheap.name)),
    )
    yield Entry(
        find,
        4,
        "I have to chase late payers: overdue invoices only, with the biggest sums at the top.",
        ordered("/invoices", status="Overdue", sort="amount", dir="desc"),
        steps(press("Commands"), follow("Show overdue invoices"), go_to("Amount", "Amount")),
        wrong=steps(follow("Invoices"), go_to("Amount", "Amount")),
    )
