"""Tasks whose answer takes several pages or rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from sandbox_sites.common.hand import follow, give_up, press, seen, steps
from sandbox_sites.common.judging import all_of, says, says_number, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.shop.finding import page
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import Catalogue, Product
from sandbox_sites.shop.state import ShopState
from sandbox_sites.shop.ways import open_product, open_store, search


def ranked(goods: Sequence[Product], count: int, key: Callable[[Product], float]) -> list[Product]:
    """Return so many goods of which no two are equal by ``key``, the least first."""
    found = next(some for some in combinations(goods, count) if len({key(one) for one in some}) == count)
    return sorted(found, key=key)


def kilos(product: Product) -> float:
    """Return what a product weighs."""
    return float(product.weight.split()[0])


def comparing(goods: Catalogue) -> Iterator[Entry]:
    """Yield the tasks."""
    kind = "compare"
    light, heavy = ranked([*goods.of("Travel")[3:5], *goods.of("Audio")[3:5]], 2, kilos)
    yield Entry(
        kind, 4, f"I can only carry one of them up the stairs: {heavy.name} or {light.name}. Name the lighter one.",
        JUDGES.tell_of((page(light), page(heavy)), says(light.name)),
        steps(open_product(heavy), open_product(light), answer=light.name),
        wrong=steps(open_product(heavy), open_product(light), answer=heavy.name),
    )  # fmt: skip
    short, middle, long = ranked(goods.of("Bedroom"), 3, lambda product: product.warranty)
    names = f"{middle.name}, {long.name} and {short.name}"
    yield Entry(
        kind, 6, f"{names}: which of the three comes with the longest guarantee?",
        JUDGES.tell_of((page(short), page(middle), page(long)), says(long.name)),
        steps(open_product(middle), open_product(long), open_product(short), answer=long.name),
        wrong=steps(open_product(middle), open_product(long), open_product(short), answer=middle.name),
    )  # fmt: skip
    less, more = ranked([goods.noun("Toaster"), goods.noun("Headphones"), goods.noun("Umbrella")], 2, lambda p: p.price)
    difference = (more.price - less.price) / 100
    yield Entry(
        kind, 4, f"how much more would i pay for the {more.name} than for the {less.name}? just the difference",
        JUDGES.tell_of((page(less), page(more)), says_number(difference)),
        steps(open_product(less), open_product(more), answer=f"${difference:.2f}"),
        wrong=steps(open_product(less), open_product(more), answer=f"${more.price / 100:.2f}"),
    )  # fmt: skip
    yield from _elsewhere()
    box = goods.noun("Planter Box")
    yield Entry(
        kind, 3, f"Which costs less, the {box.name} or the Zephyr Kayak?", JUDGES.refuse(),
        give_up(open_product(box), search("Zephyr Kayak")), answerable=False,
    )  # fmt: skip
    yield from _buying_the_better(goods)


def _elsewhere() -> Iterator[Entry]:
    orders = sorted(ShopState().orders, key=lambda order: order.total)
    kind = "compare"
    yield Entry(
        kind, 2, "Of all that I've ordered from you, what was the most expensive order? Its number will do.",
        JUDGES.tell("/account/orders", says(orders[-1].number)),
        steps(follow("Account", "Order history"), answer=orders[-1].number),
        wrong=steps(follow("Account", "Order history"), answer=orders[-2].number),
    )  # fmt: skip
    yield Entry(
        kind, 4, "I finish work at half past six and then need another ten minutes, wherever I am. In which city do I"
        " still find your doors open, Ghent or Lisbon?",
        JUDGES.tell_of(("/stores/ghent", "/stores/lisbon"), says("Lisbon")),
        steps(open_store("Ghent"), open_store("Lisbon"), answer="Lisbon"),
        wrong=steps(open_store("Ghent"), open_store("Lisbon"), answer="Ghent"),
    )  # fmt: skip


def _buying_the_better(goods: Catalogue) -> Iterator[Entry]:
    there = [
        next(product for product in goods.of(category) if product.stock) for category in ("Sports", "Office", "Garden")
    ]
    low, high = ranked(there, 2, lambda product: product.price)
    yield Entry(
        "compose", 4, f"I can't decide between the {low.name} and the {high.name}. Whichever is cheaper goes into my"
        " cart.",
        all_of(JUDGES.only(cart={low.slug: 1}), silent),
        steps(follow(high.category), open_product(low), press("Add to cart"), seen("was added")),
        wrong=steps(follow(low.category), open_product(high), press("Add to cart"), seen("was added")),
    )  # fmt: skip
