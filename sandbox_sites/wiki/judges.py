"""The encyclopaedia's judges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from sandbox_sites.common.judging import Judges, Part, says
from sandbox_sites.common.site import Criteria, Outcome
from sandbox_sites.wiki.state import WikiState

_LONG = {"km": "kilometres", "m": "metres", "cm": "centimetres", "minutes": "mins"}


class WikiJudges(Judges[WikiState]):
    """A visitor whose session ran out may have stayed signed out: that is no change that the visitor made."""

    def only(self, **changes: Any) -> Part:
        """These parts of the state hold these values, and nothing else has changed."""
        plain = super().only

        def check(outcome: Outcome) -> Criteria:
            if "expired" in outcome.session.settled and "signed_in" not in changes:
                return plain(signed_in=outcome.session.state.signed_in, **changes)(outcome)
            return plain(**changes)(outcome)

        return check

    def written(self, what: str, test: Callable[[WikiState], bool], *touched: str) -> Part:
        """Something of the state holds, and only the named parts have changed."""
        plain = super().written

        def check(outcome: Outcome) -> Criteria:
            expired = ("signed_in",) if "expired" in outcome.session.settled else ()
            return plain(what, test, *touched, *expired)(outcome)

        return check


JUDGES = WikiJudges(WikiState)


def looked_with(path: str, **chosen: str) -> Part:
    """A page was shown with these parameters, whatever else it was shown with."""

    def holds(place: str) -> bool:
        shown, _, query = place.partition("?")
        return shown == path and chosen.items() <= dict(parse_qsl(query)).items()

    return lambda outcome: [(f"{path} was looked at with {chosen}", any(map(holds, outcome.session.visited)))]


def either(*parts: Part) -> Part:
    """One of the parts holds."""

    def check(outcome: Outcome) -> Criteria:
        found = [part(outcome) for part in parts]
        words = " or ".join(text for criteria in found for text, _ in criteria)
        return [(words, any(all(held for _, held in criteria) for criteria in found))]

    return check


def searched(words: str, **chosen: str) -> Part:
    """The last page lists the results for these words, in any case, with these choices and no others."""

    def check(outcome: Outcome) -> Criteria:
        place, _, query = outcome.final_path.partition("?")
        given = {name: value for name, value in parse_qsl(query) if name != "page"}
        asked = " ".join(given.pop("q", "").lower().split())
        held = place == "/search" and asked == words.lower() and given == chosen
        return [(f"the results for {words} are shown with {chosen}", held)]

    return check


def measures(number: int, unit: str) -> Part:
    """The answer is this number, bare or with its unit."""
    ways = [f"{number}", f"{number:,}"]
    units = [unit, _LONG.get(unit, unit)]
    return says(*ways, *(f"{way}{gap}{one}" for way in ways for gap in ("", " ") for one in units))


def reads(value: str) -> Part:
    """The answer is a value as an info box writes it, with or without its unit and the comma of its thousands."""
    number, _, unit = value.partition(" ")
    plain = number.replace(",", "")
    return measures(int(plain), unit) if plain.isdecimal() else says(value)
