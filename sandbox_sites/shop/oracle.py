"""How the shop's tasks are solved, in plain Playwright; each starts on the start page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox_sites.common.site import Oracle, Solved
from sandbox_sites.shop.seed import Product

Steps = Callable[[Any], Awaitable[None]]


def steps(*parts: Steps, answer: str | None = None) -> Oracle:
    """Do one thing after another, then answer."""

    async def oracle(page: Any) -> Solved:
        for part in parts:
            await part(page)
        return Solved(answer=answer)

    return oracle


async def _nothing(page: Any) -> Solved:
    return Solved(impossible=True)


def give_up() -> Oracle:
    """Say that it cannot be done."""
    return _nothing


def follow(*names: str) -> Steps:
    """Click links by their text."""

    async def go(page: Any) -> None:
        for name in names:
            await page.get_by_role("link", name=name, exact=True).first.click()

    return go


def open_product(product: Product) -> Steps:
    """Go to a product through its category."""
    return follow(product.category, product.name)


def press(name: str) -> Steps:
    """Click a button by its text."""

    async def go(page: Any) -> None:
        await page.get_by_role("button", name=name, exact=True).first.click()

    return go


def enter(values: Mapping[str, str]) -> Steps:
    """Fill fields by label."""

    async def go(page: Any) -> None:
        for label, value in values.items():
            await page.locator("main").get_by_label(label, exact=True).fill(value)

    return go


def choose(label: str, option: str) -> Steps:
    """Choose in a drop-down by label."""

    async def go(page: Any) -> None:
        await page.locator("main").get_by_label(label).select_option(label=option)

    return go


def search(words: str) -> Steps:
    """Search the shop."""

    async def go(page: Any) -> None:
        await page.get_by_placeholder("Search the shop").fill(words)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/search?**")

    return go


def subscribe(email: str) -> Steps:
    """Fill the newsletter form."""

    async def go(page: Any) -> None:
        await page.get_by_placeholder("Newsletter email").fill(email)
        await page.get_by_role("button", name="Subscribe").click()

    return go


def tick(label: str) -> Steps:
    """Tick a box by label."""

    async def go(page: Any) -> None:
        await page.get_by_label(label).check()

    return go


def seen(text: str) -> Steps:
    """Wait until the page shows a text, so that the change has happened."""

    async def go(page: Any) -> None:
        await page.get_by_text(text).first.wait_for()

    return go
