"""Tasks that end with an answer: find, and find twice."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.site import Check, Oracle
from sandbox_sites.shop.judging import all_of, looked_at, only, refuse, says, says_number, tell
from sandbox_sites.shop.oracle import follow, give_up, open_product, steps
from sandbox_sites.shop.seed import SHIPPING, STORES, Catalogue, Product


def finding(goods: Catalogue) -> Iterator[tuple[str, int, str, Check, Oracle]]:
    """Yield the tasks."""
    noun = goods.noun
    kettle, pack, chair, duvet = noun("Kettle"), noun("Backpack"), noun("Office Chair"), noun("Duvet")
    speaker, shears, light, helmet = (
        noun("Bluetooth Speaker"),
        noun("Pruning Shears"),
        noun("Floor Lamp"),
        noun("Helmet"),
    )
    mixer, robe, stapler, case = noun("Stand Mixer"), noun("Bath Robe"), noun("Stapler"), noun("Suitcase")

    def page(product: Product) -> str:
        return f"/product/{product.slug}"

    kind = "find"
    yield (
        kind, 2, f"How much does the {kettle.name} cost?", tell(page(kettle), says_number(kettle.price / 100)),
        steps(open_product(kettle), answer=f"{kettle.price / 100:.2f}"),
    )  # fmt: skip
    yield (
        kind, 2, f"What colour is the {pack.name}?", tell(page(pack), says(pack.colour)),
        steps(open_product(pack), answer=pack.colour),
    )  # fmt: skip
    yield (
        kind, 2, f"which brand makes the {chair.name.lower()}", tell(page(chair), says(chair.brand)),
        steps(open_product(chair), answer=chair.brand),
    )  # fmt: skip
    yield (
        kind, 2, f"Tell me the weight of the {duvet.name} in kg.",
        tell(page(duvet), says_number(float(duvet.weight.split()[0]))),
        steps(open_product(duvet), answer=duvet.weight),
    )  # fmt: skip
    yield (
        kind, 2, f"I need the warranty period of the {speaker.name}.",
        tell(page(speaker), says_number(speaker.warranty)),
        steps(open_product(speaker), answer=f"{speaker.warranty} years"),
    )  # fmt: skip
    yield (
        kind, 2, f"{shears.name} - material?", tell(page(shears), says(shears.material)),
        steps(open_product(shears), answer=shears.material),
    )  # fmt: skip
    yield (
        kind, 2, f"What is the SKU of your {light.name}?", tell(page(light), says(light.sku)),
        steps(open_product(light), answer=light.sku),
    )  # fmt: skip
    yield (
        kind, 2, f"My daughter wants the {helmet.name}. What's its rating?",
        tell(page(helmet), says_number(helmet.rating)),
        steps(open_product(helmet), answer=str(helmet.rating)),
    )  # fmt: skip
    yield (
        kind, 1, "What is the delivery time to Norway?", tell("/help/shipping", says(SHIPPING["Norway"][1])),
        steps(follow("Shipping"), answer=SHIPPING["Norway"][1]),
    )  # fmt: skip
    yield (
        kind, 1, "Cost of shipping something to Japan, please", tell("/help/shipping", says_number(24.0)),
        steps(follow("Shipping"), answer=SHIPPING["Japan"][0]),
    )  # fmt: skip
    yield (
        kind, 2, "When is the store in Ghent open? I mean its opening hours.",
        tell("/stores/ghent", says(STORES["Ghent"][1])),
        steps(follow("Stores", "Store in Ghent"), answer=STORES["Ghent"][1]),
    )  # fmt: skip
    yield (
        kind, 1, "within how many days can I send something back - what's the return window?",
        tell("/help/returns", says_number(45)), steps(follow("Returns"), answer="45 days"),
    )  # fmt: skip
    yield (
        kind, 3, "What delivery did I choose for order LP-20417?",
        tell("/account/orders/LP-20417", says("Standard")),
        steps(follow("Account", "Order history", "LP-20417"), answer="Standard"),
    )  # fmt: skip
    yield (
        kind,
        1,
        "In which year was this shop founded?",
        tell("/about", says_number(2009)),
        steps(follow("About us"), answer="2009"),
    )
    cheaper = min(mixer, robe, key=lambda product: product.price)
    yield (
        "compose", 4, f"Which one is cheaper, the {mixer.name} or the {robe.name}? Answer with its name.",
        all_of(looked_at(page(mixer)), looked_at(page(robe)), says(cheaper.name), only()),
        steps(open_product(mixer), open_product(robe), answer=cheaper.name),
    )  # fmt: skip
    yield (
        "compose", 4, f"First open the {stapler.name}, then tell me the price of the {case.name}.",
        all_of(looked_at(page(stapler)), looked_at(page(case)), says_number(case.price / 100), only()),
        steps(open_product(stapler), open_product(case), answer=f"{case.price / 100:.2f}"),
    )  # fmt: skip
    yield (
        "no find", 2, f"What is the battery life of the {noun('Cutting Board').name}?",
        refuse(), give_up(),
    )  # fmt: skip
    yield "no find", 1, "What are the opening hours of the store in Reykjavik?", refuse(), give_up()
    yield "no change", 2, "Put a Zephyr Snowboard into my cart.", refuse(), give_up()
