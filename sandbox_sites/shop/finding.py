"""Tasks that end with an answer: find, and find twice."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import follow, give_up, steps
from sandbox_sites.common.judging import all_of, looked_at, says, says_number
from sandbox_sites.common.site import Entry
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import SHIPPING, STORES, Catalogue, Product
from sandbox_sites.shop.ways import open_product


def finding(goods: Catalogue) -> Iterator[Entry]:
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
    yield Entry(
        kind, 2, f"How much does the {kettle.name} cost?", JUDGES.tell(page(kettle), says_number(kettle.price / 100)),
        steps(open_product(kettle), answer=f"{kettle.price / 100:.2f}"),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"What colour is the {pack.name}?", JUDGES.tell(page(pack), says(pack.colour)),
        steps(open_product(pack), answer=pack.colour),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"which brand makes the {chair.name.lower()}", JUDGES.tell(page(chair), says(chair.brand)),
        steps(open_product(chair), answer=chair.brand),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"Tell me the weight of the {duvet.name} in kg.",
        JUDGES.tell(page(duvet), says_number(float(duvet.weight.split()[0]))),
        steps(open_product(duvet), answer=duvet.weight),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"I need the warranty period of the {speaker.name}.",
        JUDGES.tell(page(speaker), says_number(speaker.warranty)),
        steps(open_product(speaker), answer=f"{speaker.warranty} years"),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"{shears.name} - material?", JUDGES.tell(page(shears), says(shears.material)),
        steps(open_product(shears), answer=shears.material),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"What is the SKU of your {light.name}?", JUDGES.tell(page(light), says(light.sku)),
        steps(open_product(light), answer=light.sku),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"My daughter wants the {helmet.name}. What's its rating?",
        JUDGES.tell(page(helmet), says_number(helmet.rating)),
        steps(open_product(helmet), answer=str(helmet.rating)),
    )  # fmt: skip
    yield Entry(
        kind, 1, "What is the delivery time to Norway?", JUDGES.tell("/help/shipping", says(SHIPPING["Norway"][1])),
        steps(follow("Shipping"), answer=SHIPPING["Norway"][1]),
    )  # fmt: skip
    yield Entry(
        kind, 1, "Cost of shipping something to Japan, please", JUDGES.tell("/help/shipping", says_number(24.0)),
        steps(follow("Shipping"), answer=SHIPPING["Japan"][0]),
    )  # fmt: skip
    yield Entry(
        kind, 2, "When is the store in Ghent open? I mean its opening hours.",
        JUDGES.tell("/stores/ghent", says(STORES["Ghent"][1])),
        steps(follow("Stores", "Store in Ghent"), answer=STORES["Ghent"][1]),
    )  # fmt: skip
    yield Entry(
        kind, 1, "within how many days can I send something back - what's the return window?",
        JUDGES.tell("/help/returns", says_number(45)), steps(follow("Returns"), answer="45 days"),
    )  # fmt: skip
    yield Entry(
        kind, 3, "What delivery did I choose for order LP-20417?",
        JUDGES.tell("/account/orders/LP-20417", says("Standard")),
        steps(follow("Account", "Order history", "LP-20417"), answer="Standard"),
    )  # fmt: skip
    yield Entry(
        kind,
        1,
        "In which year was this shop founded?",
        JUDGES.tell("/about", says_number(2009)),
        steps(follow("About us"), answer="2009"),
    )
    cheaper = min(mixer, robe, key=lambda product: product.price)
    yield Entry(
        "compare", 4, f"Which one is cheaper, the {mixer.name} or the {robe.name}? Answer with its name.",
        all_of(looked_at(page(mixer)), looked_at(page(robe)), says(cheaper.name), JUDGES.only()),
        steps(open_product(mixer), open_product(robe), answer=cheaper.name),
    )  # fmt: skip
    yield Entry(
        "compose", 4, f"First open the {stapler.name}, then tell me the price of the {case.name}.",
        all_of(looked_at(page(stapler)), looked_at(page(case)), says_number(case.price / 100), JUDGES.only()),
        steps(open_product(stapler), open_product(case), answer=f"{case.price / 100:.2f}"),
    )  # fmt: skip
    yield Entry(
        "find", 2, f"What is the battery life of the {noun('Cutting Board').name}?",
        JUDGES.refuse(), give_up(), answerable=False,
    )  # fmt: skip
    yield Entry(
        "find", 1, "What are the opening hours of the store in Reykjavik?", JUDGES.refuse(), give_up(), answerable=False
    )
    yield Entry("change", 2, "Put a Zephyr Snowboard into my cart.", JUDGES.refuse(), give_up(), answerable=False)
