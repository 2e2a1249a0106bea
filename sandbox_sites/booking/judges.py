"""The service's judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.words import MONTHS
from sandbox_sites.common.judging import Judges, Part, all_of, says, silent
from sandbox_sites.common.site import Check, Criteria, Outcome

#: What a list's form sends though nobody chose it.
USUAL = {("guests", "1"), ("order", "asc")}


class BookingJudges(Judges[BookingState]):
    """A session that ran out is no change that anybody made."""

    def _same(self, state: Mapping[str, Any], *changed: str) -> tuple[str, bool]:
        return super()._same(state, "lapsed", *changed)


JUDGES = BookingJudges(BookingState)


def chosen(path: str, **values: str) -> Part:
    """The last page is a list with these choices and no others."""

    def check(outcome: Outcome) -> Criteria:
        place, _, query = outcome.final_path.partition("?")
        pairs = [(name, value.strip()) for name, value in parse_qsl(query) if name != "page"]
        given = {name: value.lower() for name, value in pairs if (name, value) not in USUAL and value}
        wanted = {name: value.lower() for name, value in values.items()}
        return [(f"{path} is shown with {values}", place == path and given == wanted)]

    return check


def filtered(path: str, **values: str) -> Check:
    """Be on a list with these choices, with nothing changed."""
    return all_of(chosen(path, **values), JUDGES.only(), silent)


def either(*parts: Part) -> Part:
    """One of several ways to say it."""

    def check(outcome: Outcome) -> Criteria:
        tried = [part(outcome) for part in parts]
        name = " or ".join(text for criteria in tried for text, _ in criteria)
        return [(name, any(all(held for _, held in criteria) for criteria in tried))]

    return check


def says_hours(text: str) -> Part:
    """The answer is a time or two, however they are joined."""
    return says(text, f"from {text}", f"by {text}", text.replace(" to ", "-"), text.replace(" to ", " - "),
                text.replace(" to ", " until "), f"between {text.replace(' to ', ' and ')}")  # fmt: skip


def says_day(iso: str) -> Part:
    """The answer is a date, in one of the ways to write one."""
    _, month, day = iso.split("-")
    number, name = int(day), MONTHS[int(month) - 1]
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    ways = [iso]
    for spelt in (str(number), f"{number}{ending}"):
        ways += [f"{spelt} {name}", f"{spelt} of {name}", f"{name} {spelt}", spelt]
        ways += [f"{spelt} {name} {iso[:4]}", f"{name} {spelt}, {iso[:4]}"]
    return says(*ways)
