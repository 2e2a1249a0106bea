"""Ways through the shop that several solutions take."""

from __future__ import annotations

import re

from sandbox_sites.common.hand import Hand, Steps, both, click, enter_at, follow, press
from sandbox_sites.shop.seed import Catalogue, Product


def open_product(product: Product) -> Steps:
    """Go to a product through its category."""
    return follow(product.category, product.name)


def beside(goods: Catalogue, product: Product) -> Product:
    """Return another product of the same category, for those who do not look closely."""
    others = goods.of(product.category)
    return others[(others.index(product) + 1) % len(others)]


def search(words: str) -> Steps:
    """Search the shop."""
    return enter_at("Search the shop", words, submit=True)


def subscribe(email: str) -> Steps:
    """Fill the newsletter form."""
    return both(enter_at("Newsletter email", email), press("Subscribe"))


def open_cart() -> Steps:
    """Go to the cart, however much is in it."""

    async def go(hand: Hand) -> None:
        name = re.compile(rf"^{re.escape(hand.say('Cart'))} \(\d+\)$")
        await hand.press(hand.page.get_by_role("link", name=name).first)

    return go


def open_store(city: str) -> Steps:
    """Go to a store."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role("link", name=hand.say("Stores"), exact=True).first)
        name = f"{hand.say('Store in')} {city}"
        await hand.press(hand.page.get_by_role("link", name=name, exact=True).first)

    return go


def told(words: str, name: str) -> Steps:
    """Wait for a message of these words about something with a name."""

    async def go(hand: Hand) -> None:
        message = hand.page.get_by_role("status").filter(has_text=hand.say(words)).filter(has_text=name)
        await message.first.wait_for()

    return go


def press_of(words: str, name: str, role: str = "button") -> Steps:
    """Click a button that is called by what it does and what it does it to."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role(role, name=f"{hand.say(words)} {hand.say(name)}", exact=True).first)

    return go


def pick(label: str, option: str) -> Steps:
    """Choose in the shop's own drop-down, which holds nothing yet."""
    return both(press_of(label, "Choose…"), click("option", option, within=".picker"))


def narrow(label: str, option: str) -> Steps:
    """Choose in a drop-down of a list; its label is wrapped around it, so that it is known by role."""

    async def go(hand: Hand) -> None:
        box = hand.page.locator("main").get_by_role("combobox", name=hand.say(label), exact=True).first
        await box.select_option(label=hand.say(option))

    return go


def open_tab(name: str) -> Steps:
    """Show another panel of a product's page."""
    return click("tab", name, within="main")


def open_addresses() -> Steps:
    """Go to the address book."""
    return follow("Account", "Address book")


def open_return(number: str) -> Steps:
    """Go to the form for sending back something of an order."""
    return follow("Account", "Order history", number, "Return an item")
