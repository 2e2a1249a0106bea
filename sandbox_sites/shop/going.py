"""Tasks that end on a page: navigate and search."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import enter, follow, press, steps, tick
from sandbox_sites.common.judging import all_of, at, listed, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import Catalogue
from sandbox_sites.shop.ways import beside, narrow, open_cart, open_product, open_store, search


def going(goods: Catalogue) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _to_goods(goods)
    yield from _searching(goods)
    yield from _narrowing(goods)


def _to_goods(goods: Catalogue) -> Iterator[Entry]:
    lamp, knife, mat = goods.noun("Desk Lamp"), goods.noun("Chef Knife"), goods.noun("Yoga Mat")
    go = "navigate"
    yield Entry(go, 1, "I'm after something for the garden: show me what there is.", JUDGES.reach("/category/garden"),
                steps(follow("Garden")), wrong=steps(follow("Bedroom")))  # fmt: skip
    yield Entry(go, 1, "Where do I see what I'm about to buy? Open it.", JUDGES.reach("/cart"), steps(open_cart()),
                wrong=steps(follow("Wish list")))  # fmt: skip
    yield Entry(
        go, 2, f"I'd like to look at the {lamp.name}.", JUDGES.reach(f"/product/{lamp.slug}"),
        steps(open_product(lamp)), wrong=steps(open_product(beside(goods, lamp))),
    )  # fmt: skip
    yield Entry(go, 2, f"open {knife.name.lower()}", JUDGES.reach(f"/product/{knife.slug}"), steps(open_product(knife)),
                wrong=steps(follow("Kitchen")))  # fmt: skip
    yield Entry(
        go, 2, f"Can you pull up the page for the {mat.name}, please?", JUDGES.reach(f"/product/{mat.slug}"),
        steps(open_product(mat)),
    )  # fmt: skip
    yield from _to_pages(goods)


def _to_pages(goods: Catalogue) -> Iterator[Entry]:
    hammock = goods.noun("Hammock")
    go = "navigate"
    yield Entry(go, 1, "Where can one visit you in person? Bring up all the places.", JUDGES.reach("/stores"),
                steps(follow("Stores")))  # fmt: skip
    yield Entry(
        go, 2, "I'm in Bergen next week and want to read about your store there", JUDGES.reach("/stores/bergen"),
        steps(open_store("Bergen")), wrong=steps(open_store("Ghent")),
    )  # fmt: skip
    yield Entry(
        go, 1, "how does sending something back work? just open that page", JUDGES.reach("/help/returns"),
        steps(follow("Returns")), wrong=steps(follow("Shipping")),
    )  # fmt: skip
    yield Entry(
        go, 2, "Thinking of a gift card for my mother. Bring up what you say about those.",
        JUDGES.reach("/help/gift-cards"), steps(follow("Help", "Gift cards")),
    )  # fmt: skip
    yield Entry(
        go, 2, "Show me everything I've ordered so far.", JUDGES.reach("/account/orders"),
        steps(follow("Account", "Order history")), wrong=steps(follow("Account")),
    )  # fmt: skip
    yield Entry(
        go, 3, "Open the details of my order LP-20988", JUDGES.reach("/account/orders/LP-20988"),
        steps(follow("Account", "Order history", "LP-20988")),
        wrong=steps(follow("Account", "Order history", "LP-20417")),
    )  # fmt: skip
    yield Entry(
        go, 3, f"I bought the {hammock.name} and want to review it: bring me to the form, don't send anything.",
        JUDGES.reach(f"/product/{hammock.slug}/review"), steps(open_product(hammock), follow("Write a review")),
    )  # fmt: skip


def _searching(goods: Catalogue) -> Iterator[Entry]:
    radio, pillow, pen = goods.noun("Radio"), goods.noun("Neck Pillow"), goods.noun("Fountain Pen")
    kind = "search"
    yield Entry(
        kind, 2, f"Search for {radio.name} and open it.",
        all_of(at(f"/product/{radio.slug}"), JUDGES.only(), silent), steps(search(radio.name), follow(radio.name)),
        wrong=steps(search(radio.name)),
    )  # fmt: skip
    yield Entry(
        kind, 2, f'Use the search box to find "{pillow.name}", then go to its page',
        all_of(at(f"/product/{pillow.slug}"), JUDGES.only(), silent), steps(search(pillow.name), follow(pillow.name)),
    )  # fmt: skip
    series = pen.name.split()[0]
    yield Entry(
        kind, 1, f"search {series} please", all_of(at(f"/search?q={series}"), JUDGES.only(), silent),
        steps(search(series)), wrong=steps(search(f"{series} x")),
    )  # fmt: skip


def _narrowing(goods: Catalogue) -> Iterator[Entry]:
    kind, toaster = "search", goods.noun("Toaster")
    by_price = sorted(goods.of("Audio"), key=lambda product: product.price)
    yield Entry(
        kind, 4, "Put the audio things in order of price, cheapest at the top, and open the one that comes first.",
        JUDGES.reach(f"/product/{by_price[0].slug}"),
        steps(follow("Audio"), narrow("Sort by", "Price: low to high"), press("Apply"), follow(by_price[0].name)),
        wrong=steps(follow("Audio"), narrow("Sort by", "Price: high to low"), press("Apply"),
                    follow(by_price[-1].name)),
    )  # fmt: skip
    yield Entry(
        kind, 3, f"In Kitchen, show only things made by {toaster.brand}.",
        _listing("/category/kitchen", brand=toaster.brand),
        steps(follow("Kitchen"), narrow("Brand", toaster.brand), press("Apply")),
        wrong=steps(follow("Kitchen"), narrow("Brand", toaster.brand)),
    )  # fmt: skip
    yield Entry(
        kind, 3, "Travel goods, but leave out whatever is sold out, please: narrow the list down for me",
        _listing("/category/travel", stock="1"),
        steps(follow("Travel"), tick("In stock"), press("Apply")),
    )  # fmt: skip
    yield Entry(
        kind, 3, "List the sports items that cost 60 dollars at most", _listing("/category/sports", most="60"),
        steps(follow("Sports"), enter({"Up to $": "60"}), press("Apply")),
        wrong=steps(follow("Sports"), enter({"Up to $": "61"}), press("Apply")),
    )  # fmt: skip


def _listing(path: str, **chosen: str) -> Check:
    """The list is shown with these filters and no others."""
    return all_of(listed(path, chosen), JUDGES.only(), silent)
