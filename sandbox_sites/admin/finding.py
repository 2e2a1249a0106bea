"""Tasks that end with an answer from one place."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.admin import reports
from sandbox_sites.admin.judges import JUDGES, told
from sandbox_sites.admin.records import World
from sandbox_sites.admin.shown import days_said
from sandbox_sites.admin.ways import go_to, open_customer, open_order, open_product
from sandbox_sites.common.hand import follow, give_up, seen, steps
from sandbox_sites.common.judging import says, says_number
from sandbox_sites.common.site import Entry


def finding(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _about_customers(world)
    yield from _about_goods(world)
    yield from _about_the_house(world)


def _about_customers(world: World) -> Iterator[Entry]:
    kind, (one, two, three) = "find", world.customers[7:10]
    other = next(customer for customer in world.customers if customer.manager != three.manager)
    order, invoice = world.orders[20], world.invoices[6]
    plain = one.phone.replace(" ", "")
    yield Entry(
        kind,
        2,
        f"I have to ring the {one.name}. What number do I dial?",
        told(says(one.phone, plain), (f"/customers/{one.id}",)),
        steps(open_customer(one), answer=one.phone),
        wrong=steps(open_customer(two), answer=two.phone),
    )
    yield Entry(
        kind,
        2,
        f"how much may {two.name} owe us at most?",
        told(says_number(two.limit), (f"/customers/{two.id}", "/customers")),
        steps(open_customer(two), answer=f"£{two.limit:,}"),
    )
    yield Entry(
        kind,
        2,
        f"Which of our people looks after {three.name}?",
        told(says(three.manager), (f"/customers/{three.id}",)),
        steps(open_customer(three), answer=three.manager),
        wrong=steps(open_customer(three), answer=other.manager),
    )
    yield Entry(
        kind,
        2,
        f"Who is carrying order {order.id}? The haulier, I mean.",
        told(says(order.carrier), (f"/orders/{order.id}",)),
        steps(open_order(order), answer=order.carrier),
        wrong=steps(answer=order.carrier),
    )
    yield Entry(
        kind,
        2,
        f"The customer quotes a reference of their own on order {world.orders[31].id}; what is it",
        told(says(world.orders[31].reference), (f"/orders/{world.orders[31].id}",)),
        steps(open_order(world.orders[31]), answer=world.orders[31].reference),
    )
    yield Entry(
        kind,
        1,
        f"By what date does {invoice.id} have to be paid?",
        told(says(*days_said(invoice.due)), (f"/invoices/{invoice.id.lower()}", "/invoices")),
        steps(follow("Invoices"), seen(invoice.id), answer=days_said(invoice.due)[0]),
    )
    yield Entry(
        kind,
        2,
        f"What's the fax number of {world.customers[12].name}?",
        JUDGES.refuse(),
        give_up(open_customer(world.customers[12])),
        answerable=False,
    )


def _about_goods(world: World) -> Iterator[Entry]:
    kind, product, other = "find", world.products[9], world.products[27]
    seller, coupon = world.suppliers[4], world.coupons[3]
    houses = tuple(f"/warehouses/{house.id}" for house in world.warehouses)
    yield Entry(
        kind,
        2,
        f"Which country does the {product.name} come from?",
        told(says(product.origin), (f"/products/{product.sku.lower()}", "/products")),
        steps(open_product(product), answer=product.origin),
    )
    yield Entry(
        kind,
        2,
        f"I'm standing in the warehouse looking for the {other.name}. Which shelf is it on?",
        told(says(other.shelf, f"Shelf {other.shelf}"), (f"/products/{other.sku.lower()}", *houses)),
        steps(open_product(other), answer=other.shelf),
    )
    yield Entry(
        kind,
        1,
        f"how many days does {seller.name} take to deliver",
        told(says_number(seller.lead), (f"/suppliers/{seller.id}", "/suppliers")),
        steps(follow("Suppliers"), answer=str(seller.lead)),
    )
    yield Entry(
        kind,
        1,
        f"We gave out the code {coupon.code}. How often has it been used so far?",
        told(says_number(coupon.uses), (f"/coupons/{coupon.code.lower()}", "/coupons")),
        steps(follow("Coupons"), answer=str(coupon.uses)),
    )
    yield Entry(
        kind,
        2,
        f"By what day should our stock of {world.products[33].name} be drunk?",
        told(says(*days_said(world.products[33].best_before)), (f"/products/{world.products[33].sku.lower()}",)),
        steps(open_product(world.products[33]), answer=days_said(world.products[33].best_before)[0]),
    )


def _about_the_house(world: World) -> Iterator[Entry]:
    kind, colleague, quay = "find", world.employees[10], world.warehouses[0]
    share = next(one.percent for one in reports.ring(reports.by_region(world)) if one.label == "Dales")
    yield Entry(
        kind,
        1,
        f"Which extension do I dial for {colleague.name}?",
        told(says_number(int(colleague.extension)), (f"/employees/{colleague.id}", "/employees")),
        steps(follow("Employees"), answer=colleague.extension),
    )
    yield Entry(
        kind,
        1,
        "A haulier asks how many bays he can load at on North Quay. The number please.",
        told(says_number(quay.bays), (f"/warehouses/{quay.id}",)),
        steps(go_to("North Quay"), answer=str(quay.bays)),
        wrong=steps(go_to("North Quay"), answer=str(quay.bays + 1)),
    )
    yield Entry(
        kind,
        2,
        "At what rate is coffee taxed? In percent.",
        told(says_number(float(world.taxes["Coffee"])), ("/settings/tax",)),
        steps(follow("Settings", "Tax rates"), answer=world.taxes["Coffee"]),
    )
    yield Entry(
        kind,
        1,
        "What share of the last twelve months' sales came out of the Dales? A percentage will do.",
        told(says_number(share), ("/",)),
        steps(follow("Dashboard"), answer=f"{share}%"),
        start="/invoices",
    )
