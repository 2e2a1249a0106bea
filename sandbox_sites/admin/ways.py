"""Ways through the back office that several solutions take."""

from __future__ import annotations

from sandbox_sites.admin.records import Customer, Order, Product, Ticket
from sandbox_sites.common.hand import Hand, Steps, both, click, enter, enter_at, follow, press, seen, tick


def search(words: str) -> Steps:
    """Search all records."""
    return enter_at("Search everything", words, submit=True)


def suggested(words: str) -> Steps:
    """Type into the search box and take the first suggestion that has the words."""

    async def go(hand: Hand) -> None:
        await hand.page.get_by_placeholder(hand.say("Search everything")).first.fill(words)
        line = hand.page.locator("#hits li").filter(has_text=words).first
        async with hand.page.expect_navigation():
            await hand.press(line)

    return go


def open_customer(customer: Customer) -> Steps:
    """Go to a customer."""
    return both(search(customer.name), follow(customer.name, within="main"))


def open_product(product: Product) -> Steps:
    """Go to a product."""
    return both(search(product.name), follow(product.name, within="main"))


def open_order(order: Order) -> Steps:
    """Go to an order."""
    return both(search(order.id), follow(f"Order {order.id}", within="main"))


def open_ticket(ticket: Ticket) -> Steps:
    """Go to a ticket through the list."""
    return follow("Support tickets", ticket.subject)


def go_to(*names: str) -> Steps:
    """Follow links of the page's body, one after another."""
    return follow(*names, within="main")


def act(action: str) -> Steps:
    """Choose from the bar over a table."""
    return both(press("Actions", within="main"), click("menuitem", action, within="main"))


def tick_rows(*labels: str) -> Steps:
    """Tick rows of a table."""
    return both(*(tick(f"Select {label}") for label in labels))


def take(label: str, option: str) -> Steps:
    """Choose in one of the site's own drop-downs; options are never translated."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role("button", name=hand.say(label), exact=True))
        await hand.press(hand.page.get_by_role("option", name=option, exact=True))

    return go


def choose_plain(field: str, option: str) -> Steps:
    """Choose in a native drop-down by its id; the option is not translated."""

    async def go(hand: Hand) -> None:
        await hand.page.locator(f"#{field}").select_option(label=option)

    return go


def side(way: str, warehouse: str) -> Steps:
    """Choose a warehouse on one side of a transfer."""

    async def go(hand: Hand) -> None:
        await hand.page.get_by_label(f"{hand.say(way)} {warehouse}", exact=True).check()

    return go


def unfold(summary: str) -> Steps:
    """Open a folded part of the page."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.locator("main summary").get_by_text(hand.say(summary), exact=True))

    return go


def revoke(name: str) -> Steps:
    """Press the button that revokes a key."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role("button", name=f"{hand.say('Revoke')} {name}", exact=True))

    return go


def leave_note(text: str) -> Steps:
    """Write a note on the record that is shown."""
    return both(enter({"New note": text}), press("Add note", within="main"), seen("Note added."))
