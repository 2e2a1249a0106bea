"""Tasks that end on a page: navigate and search."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import enter, follow, press, steps, tick
from sandbox_sites.common.judging import all_of, at, listed, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import Catalogue
from sandbox_sites.shop.ways import narrow, open_product, search


def going(goods: Catalogue) -> Iterator[Entry]:
    """Yield the tasks."""
    lamp, knife, mat = goods.noun("Desk Lamp"), goods.noun("Chef Knife"), goods.noun("Yoga Mat")
    hammock, radio, pillow = goods.noun("Hammock"), goods.noun("Radio"), goods.noun("Neck Pillow")
    pen, toaster = goods.noun("Fountain Pen"), goods.noun("Toaster")
    go = "navigate"
    yield Entry(go, 1, "Take me to the garden section.", JUDGES.reach("/category/garden"), steps(follow("Garden")))
    yield Entry(go, 1, "Where's my cart? Open it.", JUDGES.reach("/cart"), steps(follow("Cart (0)")))
    yield Entry(
        go, 2, f"I'd like to look at the {lamp.name}.", JUDGES.reach(f"/product/{lamp.slug}"),
        steps(open_product(lamp)),
    )  # fmt: skip
    yield Entry(go, 2, f"open {knife.name.lower()}", JUDGES.reach(f"/product/{knife.slug}"), steps(open_product(knife)))
    yield Entry(
        go, 2, f"Can you pull up the page for the {mat.name}, please?", JUDGES.reach(f"/product/{mat.slug}"),
        steps(open_product(mat)),
    )  # fmt: skip
    yield Entry(go, 1, "Show the list of your stores", JUDGES.reach("/stores"), steps(follow("Stores")))
    yield Entry(
        go, 2, "I want to read about the store in Bergen", JUDGES.reach("/stores/bergen"),
        steps(follow("Stores", "Store in Bergen")),
    )  # fmt: skip
    yield Entry(
        go, 1, "how do returns work? just open that page", JUDGES.reach("/help/returns"), steps(follow("Returns"))
    )
    yield Entry(
        go, 2, "Bring up the page on gift cards", JUDGES.reach("/help/gift-cards"), steps(follow("Help", "Gift cards")),
    )  # fmt: skip
    yield Entry(
        go, 2, "Show me my order history.", JUDGES.reach("/account/orders"), steps(follow("Account", "Order history")),
    )  # fmt: skip
    yield Entry(
        go, 3, "Open the details of my order LP-20988", JUDGES.reach("/account/orders/LP-20988"),
        steps(follow("Account", "Order history", "LP-20988")),
    )  # fmt: skip
    yield Entry(
        go, 3, f"I bought the {hammock.name} and want to review it: bring me to the form, don't send anything.",
        JUDGES.reach(f"/product/{hammock.slug}/review"), steps(open_product(hammock), follow("Write a review")),
    )  # fmt: skip
    find = "search"
    yield Entry(
        find, 2, f"Search for {radio.name} and open it.",
        all_of(at(f"/product/{radio.slug}"), JUDGES.only(), silent), steps(search(radio.name), follow(radio.name)),
    )  # fmt: skip
    yield Entry(
        find, 2, f'Use the search box to find "{pillow.name}", then go to its page',
        all_of(at(f"/product/{pillow.slug}"), JUDGES.only(), silent), steps(search(pillow.name), follow(pillow.name)),
    )  # fmt: skip
    yield Entry(
        find, 1, f"search {pen.name.split()[0]} please",
        all_of(at(f"/search?q={pen.name.split()[0]}"), JUDGES.only(), silent),
        steps(search(pen.name.split()[0])),
    )  # fmt: skip
    cheap = min(goods.of("Audio"), key=lambda product: (product.price, product.name))
    yield Entry(
        find, 4, "Sort the audio category by price, low to high, and open the first product.",
        JUDGES.reach(f"/product/{cheap.slug}"),
        steps(follow("Audio"), narrow("Sort by", "Price: low to high"), press("Apply"), follow(cheap.name)),
    )  # fmt: skip
    yield Entry(
        find, 3, f"In Kitchen, show only things by {toaster.brand}.",
        _listing("/category/kitchen", brand=toaster.brand),
        steps(follow("Kitchen"), narrow("Brand", toaster.brand), press("Apply")),
    )  # fmt: skip
    yield Entry(
        find, 3, "Travel goods that are in stock, please: filter the list for me",
        _listing("/category/travel", stock="1"),
        steps(follow("Travel"), tick("In stock"), press("Apply")),
    )  # fmt: skip
    yield Entry(
        find, 3, "List the sports items that cost 60 dollars at most", _listing("/category/sports", most="60"),
        steps(follow("Sports"), enter({"Up to $": "60"}), press("Apply")),
    )  # fmt: skip


def _listing(path: str, **chosen: str) -> Check:
    """The list is shown with these filters and no others."""
    return all_of(listed(path, chosen), JUDGES.only(), silent)
