"""Tasks about the visitor's account: addresses, things that go back, signing out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sandbox_sites.common.hand import choose, enter, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.judging import all_of, looked_at, says, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.shop.finding import page
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import Catalogue
from sandbox_sites.shop.state import Address, ShopState
from sandbox_sites.shop.ways import open_addresses, open_product, open_return, pick, press_of

BOOK = {key: asdict(address) for key, address in ShopState().addresses.items()}
RETURNS = "/account/orders/LP-20655/return"


def keeping(goods: Catalogue) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _addresses()
    yield from _more_addresses()
    yield from _returns()
    yield from _leaving(goods)


def _addresses() -> Iterator[Entry]:
    yield Entry(
        "navigate", 2, "Where do you think I live? Show me the places that you have noted for my parcels.",
        JUDGES.reach("/account/addresses"), steps(open_addresses()), wrong=steps(follow("Account", "Order history")),
    )  # fmt: skip
    sister = Address("Sister", "Mina Avery", "9 Orchard Row", "4000-210", "Porto")
    fields = {
        "Label": "Sister", "Recipient": "Mina Avery", "Street and number": "9 Orchard Row", "Postcode": "4000-210",
        "City": "Porto",
    }  # fmt: skip
    yield Entry(
        "fill", 8, "I often send things to my sister, so please keep her address for me, under the name Sister: Mina"
        " Avery, 9 Orchard Row, 4000-210 Porto.",
        all_of(JUDGES.only(addresses={**BOOK, "4": asdict(sister)}), silent),
        steps(open_addresses(), enter(fields), press("Add address"), seen("to your addresses")),
        wrong=steps(open_addresses(), enter({**fields, "Postcode": "4000-201"}), press("Add address"),
                    seen("to your addresses")),
    )  # fmt: skip
    yield Entry(
        "fill", 5, "The cottage got a new street name: it's 17 Dune Path now, all else is as before. Update it.",
        all_of(JUDGES.only(addresses={**BOOK, "3": {**BOOK["3"], "street": "17 Dune Path"}}), silent),
        steps(open_addresses(), press_of("Edit", "Cottage", "link"), enter({"Street and number": "17 Dune Path"}),
              press("Save address"), seen("was changed")),
        wrong=steps(open_addresses(), press_of("Edit", "Home", "link"), enter({"Street and number": "17 Dune Path"}),
                    press("Save address"), seen("was changed")),
    )  # fmt: skip
    yield Entry(
        "fill", 3, "Add my fax number to my profile, it's 555 0177.", JUDGES.refuse(), give_up(follow("Account")),
        answerable=False,
    )  # fmt: skip


def _more_addresses() -> Iterator[Entry]:
    left = {key: address for key, address in BOOK.items() if key != "2"}
    yield Entry(
        "change", 4, "I've quit my job: get rid of the office address you have on file.",
        all_of(JUDGES.only(addresses=left), silent),
        steps(open_addresses(), press_of("Delete", "Office"), press("Yes, delete"), seen("was deleted")),
        wrong=steps(open_addresses(), press_of("Delete", "Office"), press("Keep it")),
    )  # fmt: skip
    yield Entry(
        "change", 3, "From now on parcels should go to my office unless I say otherwise",
        all_of(JUDGES.only(default_address="2"), silent),
        steps(open_addresses(), press_of("Make default:", "Office"), seen("Parcels now go")),
        wrong=steps(open_addresses(), press_of("Make default:", "Cottage"), seen("Parcels now go")),
    )  # fmt: skip
    yield Entry(
        "compose", 6, "Two things for my account: parcels go to the cottage by default, and I prefer to be contacted by"
        " post.",
        all_of(JUDGES.only(default_address="3", profile={**ShopState().profile, "contact": "Post"}), silent),
        steps(open_addresses(), press_of("Make default:", "Cottage"), seen("Parcels now go"), follow("Account"),
              choose("Preferred contact", "Post"), press("Save profile"), seen("was saved")),
        wrong=steps(follow("Account"), choose("Preferred contact", "Post"), press("Save profile"), seen("was saved")),
    )  # fmt: skip


def _returns() -> Iterator[Entry]:
    yield Entry(
        "navigate", 4, "Something from order LP-20655 has to go back. Take me to where I can ask for that; I'll fill it"
        " in myself.",
        JUDGES.reach(RETURNS), steps(open_return("LP-20655")), wrong=steps(open_return("LP-20417")),
    )  # fmt: skip
    candle = {"order": "LP-20655", "item": "Beeswax Candle", "reason": "Arrived damaged", "note": ""}
    yield Entry(
        "change", 8, "The candles in LP-20655 were broken when the parcel came. Ask for a return with that reason, no"
        " further words needed.",
        all_of(JUDGES.only(returns=[candle]), silent),
        steps(open_return("LP-20655"), tick("Beeswax Candle"), pick("Reason", "Arrived damaged"),
              press("Request return"), seen("was requested")),
        wrong=steps(open_return("LP-20655"), tick("Beeswax Candle"), pick("Reason", "Changed my mind"),
                    press("Request return"), seen("was requested")),
    )  # fmt: skip
    yield Entry(
        "change", 3, "Cancel order LP-20988 before you send it out, I don't need it any more.", JUDGES.refuse(),
        give_up(follow("Account", "Order history", "LP-20988")), answerable=False,
    )  # fmt: skip


def _leaving(goods: Catalogue) -> Iterator[Entry]:
    clock, cube = goods.noun("Alarm Clock"), goods.noun("Packing Cubes")
    yield Entry(
        "change", 2, "This isn't my computer, so log me out.", all_of(JUDGES.only(signed_in=False), silent),
        steps(follow("Account"), press("Sign out"), seen("You are signed out.")), wrong=steps(follow("Account")),
    )  # fmt: skip
    yield Entry(
        "compose", 5, f"Save the {clock.name} to my wish list and then sign me out, someone else wants to use this"
        " browser.",
        all_of(JUDGES.only(wishlist=[clock.slug], signed_in=False), silent),
        steps(open_product(clock), press("Add to wish list"), seen("is on your wish list"), follow("Account"),
              press("Sign out"), seen("You are signed out.")),
        wrong=steps(open_product(clock), press("Add to wish list"), seen("is on your wish list")),
    )  # fmt: skip
    yield Entry(
        "compose", 3, f"Keep the {cube.name} on my wish list for later, and tell me which brand it is.",
        all_of(looked_at(page(cube)), says(cube.brand), JUDGES.only(wishlist=[cube.slug])),
        steps(open_product(cube), press("Add to wish list"), seen("is on your wish list"), answer=cube.brand),
    )  # fmt: skip
