"""A person's hand for oracles: plain Playwright, by what is visible, in the words of the variant that is shown.

Steps name things in the words of variant "a"; the hand translates them, so that one solution serves both variants.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

RETRY = "[data-retry]"


@dataclass(frozen=True, slots=True)
class Hand:
    """A Playwright page, and how the site says things there."""

    page: Any
    wording: Mapping[str, str] = field(default_factory=dict)

    def say(self, text: str) -> str:
        """Return the words that this variant shows for words of variant "a"."""
        return self.wording.get(text, text)

    async def expect_interruptions(self) -> None:
        """Close banners and pop-ups whenever they come."""
        for name, button in (("cookies", "Only necessary"), ("newsletter", "Close")):
            box = self.page.locator(f'form[action^="/__close/{name}"]')
            await self.page.add_locator_handler(box, self._closing(button))

    @staticmethod
    def _closing(button: str) -> Callable[[Any], Awaitable[None]]:
        async def close(box: Any) -> None:
            await box.get_by_role("button", name=button, exact=True).click()

        return close

    async def press(self, target: Any) -> None:
        """Click what a locator finds, once its page has run the scripts that may want to know of it."""
        await target.wait_for()
        await self.page.wait_for_load_state("domcontentloaded")
        await target.click()

    async def recover(self) -> None:
        """Go on past a page that failed or expired, as a person would: by its own link or button."""
        for _ in range(3):
            retry = self.page.locator(RETRY)
            if not await retry.count():
                return
            await retry.first.click()


@dataclass(frozen=True, slots=True)
class Solved:
    """What an oracle reports."""

    answer: str | None = None
    impossible: bool = False


Steps = Callable[[Hand], Awaitable[None]]
Oracle = Callable[[Hand], Awaitable[Solved]]  # the hand holds a page that shows the task's start page


def steps(*parts: Steps, answer: str | None = None) -> Oracle:
    """Do one thing after another, then answer."""

    async def oracle(hand: Hand) -> Solved:
        for part in parts:
            await hand.recover()
            await part(hand)
        await hand.page.wait_for_load_state("load")
        await hand.recover()
        return Solved(answer=answer)

    return oracle


def give_up(*parts: Steps) -> Oracle:
    """Look around, then say that it cannot be done."""

    async def oracle(hand: Hand) -> Solved:
        for part in parts:
            await hand.recover()
            await part(hand)
        return Solved(impossible=True)

    return oracle


def follow(*names: str, within: str = "body") -> Steps:
    """Click links by their names, one after another."""

    async def go(hand: Hand) -> None:
        for name in names:
            await hand.recover()
            await hand.press(hand.page.locator(within).get_by_role("link", name=hand.say(name), exact=True).first)

    return go


def press(name: str, within: str = "body") -> Steps:
    """Click a button by its name."""
    return click("button", name, within)


def click(role: str, name: str, within: str = "body") -> Steps:
    """Click whatever has this role and name."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.locator(within).get_by_role(role, name=hand.say(name), exact=True).first)

    return go


def click_at(selector: str) -> Steps:
    """Click what has no name of its own: an icon, a cell, a div that plays button."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.locator(selector).first)

    return go


def enter(values: Mapping[str, str], within: str = "main") -> Steps:
    """Fill fields by label."""

    async def go(hand: Hand) -> None:
        for label, value in values.items():
            await hand.page.locator(within).get_by_label(hand.say(label), exact=True).first.fill(value)

    return go


def enter_at(placeholder: str, text: str, *, submit: bool = False) -> Steps:
    """Fill a field by its placeholder, and press Enter where asked to."""

    async def go(hand: Hand) -> None:
        box = hand.page.get_by_placeholder(hand.say(placeholder)).first
        await box.fill(text)
        if submit:
            async with hand.page.expect_navigation():
                await box.press("Enter")

    return go


def choose(label: str, option: str, within: str = "main") -> Steps:
    """Choose in a native drop-down by label."""

    async def go(hand: Hand) -> None:
        box = hand.page.locator(within).get_by_label(hand.say(label), exact=True).first
        await box.select_option(label=hand.say(option))

    return go


def tick(label: str, within: str = "main") -> Steps:
    """Tick a box or choose a radio button by label."""

    async def go(hand: Hand) -> None:
        await hand.page.locator(within).get_by_label(hand.say(label), exact=True).first.check()

    return go


def untick(label: str, within: str = "main") -> Steps:
    """Take a tick away by label."""

    async def go(hand: Hand) -> None:
        await hand.page.locator(within).get_by_label(hand.say(label), exact=True).first.uncheck()

    return go


def seen(text: str, within: str = "body") -> Steps:
    """Wait until the page shows a text, so that a change has happened; the text is translated as a whole."""

    async def go(hand: Hand) -> None:
        wanted = hand.page.locator(within).get_by_text(hand.say(text)).first
        await wanted.or_(hand.page.locator(RETRY)).first.wait_for()
        await hand.recover()
        await wanted.wait_for()

    return go


def both(*parts: Steps) -> Steps:
    """Several steps as one."""

    async def go(hand: Hand) -> None:
        for part in parts:
            await hand.recover()
            await part(hand)

    return go
