"""Tasks that end with an answer: find, and find twice."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import follow, give_up, steps
from sandbox_sites.common.judging import all_of, looked_at, says, says_number
from sandbox_sites.common.site import Entry
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import COLOURS, SHIPPING, STORES, Catalogue, Product
from sandbox_sites.shop.ways import open_product, open_store, search


def page(product: Product) -> str:
    """Return a product's path."""
    return f"/product/{product.slug}"


def finding(goods: Catalogue) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _of_goods(goods)
    yield from _of_the_shop()
    yield from _of_two(goods)
    yield from _of_nothing(goods)


def _of_goods(goods: Catalogue) -> Iterator[Entry]:
    noun, kind = goods.noun, "find"
    kettle, pack, chair, duvet = noun("Kettle"), noun("Backpack"), noun("Office Chair"), noun("Duvet")
    speaker, shears = noun("Bluetooth Speaker"), noun("Pruning Shears")
    light, helmet = noun("Floor Lamp"), noun("Helmet")
    yield Entry(
        kind, 2, f"How much does the {kettle.name} cost?", JUDGES.tell(page(kettle), says_number(kettle.price / 100)),
        steps(open_product(kettle), answer=f"{kettle.price / 100:.2f}"),
        wrong=steps(open_product(kettle), answer=f"{kettle.price / 100 + 1:.2f}"),
    )  # fmt: skip
    other = COLOURS[(COLOURS.index(pack.colour) + 1) % len(COLOURS)]
    yield Entry(
        kind, 2, f"What colour is the {pack.name}?", JUDGES.tell(page(pack), says(pack.colour)),
        steps(open_product(pack), answer=pack.colour), wrong=steps(open_product(pack), answer=other),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"who makes the {chair.name.lower()}? which brand, i mean",
        JUDGES.tell(page(chair), says(chair.brand)), steps(open_product(chair), answer=chair.brand),
    )  # fmt: skip
    weight = float(duvet.weight.split()[0])
    yield Entry(
        kind, 2, f"How heavy is the {duvet.name}, in kg?", JUDGES.tell(page(duvet), says_number(weight)),
        steps(open_product(duvet), answer=duvet.weight), wrong=steps(open_product(duvet), answer=str(weight * 10)),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"If the {speaker.name} breaks: for how many years does the guarantee run?",
        JUDGES.tell(page(speaker), says_number(speaker.warranty)),
        steps(open_product(speaker), answer=f"{speaker.warranty} years"),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"{shears.name} - what is it made of?", JUDGES.tell(page(shears), says(shears.material)),
        steps(open_product(shears), answer=shears.material),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"My boss wants the stock code (SKU) of your {light.name} for the form. What is it?",
        JUDGES.tell(page(light), says(light.sku)), steps(open_product(light), answer=light.sku),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"My daughter wants the {helmet.name}. How is it rated on average?",
        JUDGES.tell(page(helmet), says_number(helmet.rating)),
        steps(open_product(helmet), answer=str(helmet.rating)),
    )  # fmt: skip


def _of_the_shop() -> Iterator[Entry]:
    kind = "find"
    yield Entry(
        kind, 1, "How long does a parcel to Norway take?", JUDGES.tell("/help/shipping", says(SHIPPING["Norway"][1])),
        steps(follow("Shipping"), answer=SHIPPING["Norway"][1]),
        wrong=steps(follow("Shipping"), answer=SHIPPING["Canada"][1]),
    )  # fmt: skip
    yield Entry(
        kind, 1, "What would you charge me for sending something to Japan?",
        JUDGES.tell("/help/shipping", says_number(24.0)), steps(follow("Shipping"), answer=SHIPPING["Japan"][0]),
    )  # fmt: skip
    yield Entry(
        kind, 2, "When is the shop in Ghent open? From when to when, I mean.",
        JUDGES.tell("/stores/ghent", says(STORES["Ghent"][1])),
        steps(open_store("Ghent"), answer=STORES["Ghent"][1]),
    )  # fmt: skip
    yield Entry(
        kind, 1, "within how many days can I send something back?",
        JUDGES.tell("/help/returns", says_number(45)), steps(follow("Returns"), answer="45 days"),
    )  # fmt: skip
    yield Entry(
        kind, 3, "Which kind of delivery did I go for back then with LP-20417?",
        JUDGES.tell("/account/orders/LP-20417", says("Standard")),
        steps(follow("Account", "Order history", "LP-20417"), answer="Standard"),
        wrong=steps(follow("Account", "Order history", "LP-20417"), answer="Express"),
    )  # fmt: skip
    yield Entry(
        kind, 1, "In which year was this shop founded?", JUDGES.tell("/about", says_number(2009)),
        steps(follow("About us"), answer="2009"),
    )  # fmt: skip


def _of_two(goods: Catalogue) -> Iterator[Entry]:
    mixer, stapler, case = (goods.noun(noun) for noun in ("Stand Mixer", "Stapler", "Suitcase"))
    robe = next(one for one in map(goods.noun, ("Bath Robe", "Blanket")) if one.price != mixer.price)
    by_price = sorted((mixer, robe), key=lambda product: product.price)
    yield Entry(
        "compare", 4, f"Which one is cheaper, the {mixer.name} or the {robe.name}? Answer with its name.",
        all_of(looked_at(page(mixer)), looked_at(page(robe)), says(by_price[0].name), JUDGES.only()),
        steps(open_product(mixer), open_product(robe), answer=by_price[0].name),
        wrong=steps(open_product(mixer), open_product(robe), answer=by_price[1].name),
    )  # fmt: skip
    yield Entry(
        "compose", 4, f"First open the {stapler.name}, then tell me the price of the {case.name}.",
        all_of(looked_at(page(stapler)), looked_at(page(case)), says_number(case.price / 100), JUDGES.only()),
        steps(open_product(stapler), open_product(case), answer=f"{case.price / 100:.2f}"),
        wrong=steps(open_product(case), answer=f"{case.price / 100:.2f}"),
    )  # fmt: skip


def _of_nothing(goods: Catalogue) -> Iterator[Entry]:
    board = goods.noun("Cutting Board")
    yield Entry(
        "find", 2, f"What is the battery life of the {board.name}?", JUDGES.refuse(), give_up(open_product(board)),
        answerable=False,
    )  # fmt: skip
    yield Entry(
        "find", 1, "What are the opening hours of the store in Reykjavik?", JUDGES.refuse(), give_up(follow("Stores")),
        answerable=False,
    )  # fmt: skip
    yield Entry(
        "change", 2, "Put a Zephyr Snowboard into my cart.", JUDGES.refuse(), give_up(search("Zephyr Snowboard")),
        answerable=False,
    )  # fmt: skip
