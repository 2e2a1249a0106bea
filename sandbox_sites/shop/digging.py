"""Tasks for which one has to look behind tabs, folds and filters."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import enter, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.judging import all_of, listed, says, says_number, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.shop.extras import EXTRAS
from sandbox_sites.shop.finding import page
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import Catalogue
from sandbox_sites.shop.ways import narrow, open_product, open_tab


def digging(goods: Catalogue) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _narrowing(goods)
    yield from _behind(goods)
    yield from _watching(goods)


def _narrowing(goods: Catalogue) -> Iterator[Entry]:
    kind = "search"
    yield Entry(
        kind, 3, "Money is no object: line up the office things with the dearest on top.",
        all_of(listed("/category/office", {"sort": "price-desc"}), JUDGES.only(), silent),
        steps(follow("Office"), narrow("Sort by", "Price: high to low"), press("Apply")),
        wrong=steps(follow("Office"), narrow("Sort by", "Price: low to high"), press("Apply")),
    )  # fmt: skip
    there = [product for product in goods.of("Garden") if product.stock]
    best = min(there, key=lambda product: product.price)
    yield Entry(
        kind, 5, "What's the least expensive garden thing that you can actually deliver? Bring me to its page.",
        JUDGES.reach(page(best)),
        steps(follow("Garden"), narrow("Sort by", "Price: low to high"), tick("In stock"), press("Apply"),
              follow(best.name)),
        wrong=steps(follow("Garden"), follow(max(there, key=lambda product: product.price).name)),
    )  # fmt: skip
    yield Entry(
        kind, 2, "Narrow the kitchen list down to what runs on 110 volts.", JUDGES.refuse(), give_up(follow("Kitchen")),
        answerable=False,
    )  # fmt: skip
    yield Entry(
        "navigate", 2, "Is there a list of things that people keep asking you? I'd like to see it.",
        JUDGES.reach("/help/faq"), steps(follow("Help", "Common questions")), wrong=steps(follow("Help")),
    )  # fmt: skip
    yield Entry(
        "navigate", 2, "Bring up the page of your store in Oslo, please.", JUDGES.refuse(), give_up(follow("Stores")),
        answerable=False,
    )  # fmt: skip


def _behind(goods: Catalogue) -> Iterator[Entry]:
    kind, stand, hose = "find", goods.noun("Monitor Stand"), goods.noun("Garden Hose")
    extra = goods.details[stand.slug].extra
    other = EXTRAS[(EXTRAS.index(extra) + 1) % len(EXTRAS)]
    yield Entry(
        kind, 3, f"What little extra is in the box of the {stand.name}?", JUDGES.tell(page(stand), says(extra)),
        steps(open_product(stand), open_tab("Size and box"), answer=extra),
        wrong=steps(open_product(stand), open_tab("Size and box"), answer=other),
    )  # fmt: skip
    height = goods.details[hose.slug].height
    yield Entry(
        kind, 3, f"Will the {hose.name} fit on my shelf? I need to know how tall it is, in cm.",
        JUDGES.tell(page(hose), says_number(height)),
        steps(open_product(hose), open_tab("Size and box"), answer=f"{height} cm"),
        wrong=steps(open_product(hose), open_tab("Size and box"), answer=f"{height + 1} cm"),
    )  # fmt: skip
    asked = goods.questions[0]
    yield Entry(
        kind, 3, "my parcel lies at a pick-up point and i am away. after how many days does it go back to you?",
        JUDGES.tell("/help/faq", says_number(asked.number)),
        steps(follow("Help", "Common questions"), press(asked.text), seen(asked.answer), answer=f"{asked.number} days"),
        wrong=steps(follow("Help", "Common questions"), press(asked.text), answer=f"{asked.number + 1} days"),
    )  # fmt: skip


def _watching(goods: Catalogue) -> Iterator[Entry]:
    piece = goods.noun("Amplifier")
    dollars = piece.price // 200
    yield Entry(
        "fill", 5, f"The {piece.name} is too dear for me. Have the shop write to me once it costs less than"
        f" {dollars} dollars.",
        all_of(JUDGES.only(alerts={piece.slug: dollars * 100}), silent),
        steps(open_product(piece), open_tab("Price alert"), enter({"Tell me below ($)": str(dollars)}),
              press("Set alert"), seen("We write to you")),
        wrong=steps(open_product(piece), open_tab("Price alert"), enter({"Tell me below ($)": str(dollars - 1)}),
                    press("Set alert"), seen("We write to you")),
    )  # fmt: skip
