"""Ways through the shop that several solutions take."""

from __future__ import annotations

from sandbox_sites.common.hand import Steps, both, enter_at, follow, press
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
