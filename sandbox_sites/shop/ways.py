"""Ways through the shop that several solutions take."""

from __future__ import annotations

from sandbox_sites.common.hand import Hand, Steps, both, enter_at, follow, press
from sandbox_sites.shop.seed import Product


def open_product(product: Product) -> Steps:
    """Go to a product through its category."""
    return follow(product.category, product.name)


def search(words: str) -> Steps:
    """Search the shop."""
    return enter_at("Search the shop", words, submit=True)


def subscribe(email: str) -> Steps:
    """Fill the newsletter form."""
    return both(enter_at("Newsletter email", email), press("Subscribe"))


def narrow(label: str, option: str) -> Steps:
    """Choose in a list's filter, whose labels hold their drop-downs and so are not named by the label's text alone."""

    async def go(hand: Hand) -> None:
        await hand.page.locator("main").get_by_label(hand.say(label)).first.select_option(label=hand.say(option))

    return go
