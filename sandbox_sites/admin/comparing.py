"""Tasks that end with an answer from several places or rows."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.admin import reports
from sandbox_sites.admin.content import PERIODS, REGIONS
from sandbox_sites.admin.judges import JUDGES, told
from sandbox_sites.admin.records import World
from sandbox_sites.admin.ways import go_to, open_order, open_product, take
from sandbox_sites.common.hand import follow, give_up, press, steps
from sandbox_sites.common.judging import says, says_number
from sandbox_sites.common.site import Entry


def comparing(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _two(world)
    yield from _many(world)


def _two(world: World) -> Iterator[Entry]:
    kind = "compare"
    tea, coffee = world.products[5], world.products[24]
    dear, cheap = sorted((tea, coffee), key=lambda one: -one.price)
    one, two = world.orders[17], world.orders[25]
    more, less = sorted((one, two), key=lambda order: -order.total)
    fast, slow = sorted(world.suppliers[2:7:4], key=lambda supplier: supplier.lead)
    either = " or ".join(sorted((fast.name, slow.name)))
    early, late = sorted(world.warehouses, key=lambda house: house.hours)
    yield Entry(
        kind,
        4,
        f"Which costs us more to list per case: {tea.name} or {coffee.name}? I mean the selling price.",
        told(says(dear.name), *((f"/products/{p.sku.lower()}", "/products") for p in (tea, coffee))),
        steps(open_product(tea), open_product(coffee), answer=dear.name),
        wrong=steps(open_product(tea), open_product(coffee), answer=cheap.name),
    )
    yield Entry(
        kind,
        4,
        f"Orders {one.id} and {two.id} - give me the number of the one that is worth more in total",
        told(says(more.id, f"Order {more.id}"), *((f"/orders/{order.id}", "/orders") for order in (one, two))),
        steps(open_order(one), open_order(two), answer=more.id),
        wrong=steps(open_order(one), open_order(two), answer=less.id),
    )
    yield Entry(
        kind,
        1,
        f"If I order today, who'd get it here sooner, {either}?",
        told(says(fast.name), (f"/suppliers/{fast.id}", "/suppliers"), (f"/suppliers/{slow.id}", "/suppliers")),
        steps(follow("Suppliers"), answer=fast.name),
    )
    yield Entry(
        kind,
        3,
        "which of our two warehouses opens its gate earlier in the morning?",
        told(
            says(early.name, f"{early.name} warehouse", f"warehouse {early.name}"),
            *((f"/warehouses/{house.id}",) for house in (early, late)),
        ),
        steps(go_to("North Quay"), follow("Dashboard"), go_to("Mill Lane"), answer=early.name),
        wrong=steps(go_to("North Quay"), answer=early.name),
    )
    yield Entry(
        kind,
        4,
        f"{tea.name} and {coffee.name}: in which one is there more caffeine per cup?",
        JUDGES.refuse(),
        give_up(open_product(tea), open_product(coffee)),
        answerable=False,
    )


def _many(world: World) -> Iterator[Entry]:
    kind = "compare"
    regions = reports.by_region(world)
    weakest = min(regions, key=lambda region: regions[region])
    veteran = min(world.employees, key=lambda one: one.started)
    uneven = next(one for one in world.products if one.stock["north-quay"] > one.stock["mill-lane"] + 3)
    gap = uneven.stock["north-quay"] - uneven.stock["mill-lane"]
    place, best, second = _best_seller(world)
    yield Entry(
        kind,
        1,
        "In which region did we sell least over the last twelve months?",
        told(says(weakest), ("/", "/reports")),
        steps(follow("Dashboard"), answer=weakest),
        start="/customers",
    )
    yield Entry(
        kind,
        2,
        "Who of us has been with the company longest? Full name, it's for the anniversary card.",
        told(says(veteran.name), ("/employees",)),
        steps(follow("Employees"), go_to("Started"), answer=veteran.name),
    )
    yield Entry(
        kind,
        2,
        f"How many more cases of {uneven.name} lie at North Quay than at Mill Lane?",
        told(says_number(gap), (f"/products/{uneven.sku.lower()}", "/warehouses/mill-lane")),
        steps(open_product(uneven), answer=str(gap)),
        wrong=steps(open_product(uneven), answer=str(uneven.on_hand)),
    )
    yield Entry(
        kind,
        6,
        f"I'm preparing a talk: what kind of goods sold best in the {place} region from April to June 2025?",
        told(says(best), ("/reports",)),
        steps(
            follow("Reports"),
            take("Period", PERIODS["q2-2025"][0]),
            take("Region", place),
            press("Run report"),
            answer=best,
        ),
        wrong=steps(follow("Reports"), answer=second),
    )


def _best_seller(world: World) -> tuple[str, str, str]:
    """Return a region with the categories that sold best and second best there in a quarter; no tie."""
    for region in REGIONS:
        sold = reports.by_category(world, "q2-2025", region)
        first, second, *_ = sorted(sold, key=lambda kind: -sold[kind])
        if sold[first] > sold[second]:
            return region, first, second
    raise ValueError("every region has a tie")
