"""The map's judges: on hidden state, on places and ways asked for, on answers with units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from sandbox_sites.common.answers import LONGEST, plain
from sandbox_sites.common.judging import Judges, Part
from sandbox_sites.common.site import Outcome
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import EXPIRED, SIGNED_IN, MapState, fresh
from sandbox_sites.map.trips import understood

_LENGTH = re.compile(r"(\d+(?:\.\d+)?) ?(km|kilometres?|kilometers?|m|metres?|meters?)?")
_MINUTES = re.compile(r"(\d+) ?(?:min|mins|minutes?)?")
_PHONE = re.compile(r"[\d ()/-]+")


class MapJudges(Judges[MapState]):
    """A session that ran out by itself is no change of the visitor's."""

    def __init__(self, town: Town) -> None:
        super().__init__(partial(fresh, town))
        self._town = town

    def _same(self, state: Mapping[str, Any], *changed: str) -> tuple[str, bool]:
        if state["signed"] == EXPIRED:
            state = {**state, "signed": SIGNED_IN}
        return super()._same(state, *changed)

    def _same_spot(self, text: str, wanted: str, outcome: Outcome) -> bool:
        """Return whether a place was meant, by whatever name or address."""
        found, right = (understood(self._town, name, outcome.session.state) for name in (text, wanted))
        return found is not None and right is not None and found.spot == right.spot

    def _asked(self, query: str, start: str, end: str, mode: str, outcome: Outcome) -> bool:
        given = dict(parse_qsl(query))
        ends = self._same_spot(given.get("from", ""), start, outcome) and self._same_spot(
            given.get("to", ""), end, outcome
        )
        return ends and given.get("mode", "walking") == mode

    def way(self, start: str, end: str, mode: str) -> Part:
        """The last page shows the way between two places, however they were written."""

        def check(outcome: Outcome) -> list[tuple[str, bool]]:
            path, _, query = outcome.final_path.partition("?")
            right = path == "/directions" and self._asked(query, start, end, mode, outcome)
            return [(f"the way from {start} to {end} by {mode} is shown", right and _shown(outcome))]

        return check

    def around(self, place: str, within: int, kind: str = "") -> Part:
        """The last page shows what is around a place."""

        def check(outcome: Outcome) -> list[tuple[str, bool]]:
            path, _, query = outcome.final_path.partition("?")
            given = dict(parse_qsl(query))
            right = (
                path == "/nearby"
                and self._same_spot(given.get("place", ""), place, outcome)
                and given.get("within", "500") == str(within)
                and given.get("category", "") == kind
            )
            return [(f"what is within {within} metres of {place} is shown", right and _shown(outcome))]

        return check

    def told(self, *groups: tuple[str, ...]) -> Part:
        """The pages of one of these groups were all shown at some time, and nothing has changed."""

        def check(outcome: Outcome) -> list[tuple[str, bool]]:
            shown = {place.partition("?")[0] for place in outcome.session.visited}
            seen = any(shown.issuperset(group) for group in groups)
            return [(f"looked at one of {groups}", seen), *self.only()(outcome)]

        return check

    def asked_way(self, start: str, end: str, mode: str) -> Part:
        """The way between two places was looked at, at some time."""

        def check(outcome: Outcome) -> list[tuple[str, bool]]:
            places = [place.partition("?") for place in outcome.session.visited]
            asked = [query for path, _, query in places if path == "/directions"]
            found = any(self._asked(query, start, end, mode, outcome) for query in asked)
            return [(f"the way from {start} to {end} by {mode} was looked at", found)]

        return check


def _shown(outcome: Outcome) -> bool:
    return bool(outcome.session.visited) and outcome.session.visited[-1] == outcome.final_path


def _answer(outcome: Outcome) -> str:
    short = outcome.answer is not None and len(outcome.answer) <= LONGEST and not outcome.impossible
    return plain(outcome.answer or "").replace(",", "") if short else ""


def says_length(metres: int, unit: str) -> Part:
    """The answer is a length: in the unit that was asked for, or with its own."""

    def check(outcome: Outcome) -> list[tuple[str, bool]]:
        found = _LENGTH.fullmatch(_answer(outcome))
        if found is None:
            return [(f"the answer is {metres} m", False)]
        given = (found[2] or unit)[0]
        return [(f"the answer is {metres} m", abs(float(found[1]) * (1000 if given == "k" else 1) - metres) < 1e-6)]

    return check


def says_minutes(minutes: int) -> Part:
    """The answer is so many minutes."""

    def check(outcome: Outcome) -> list[tuple[str, bool]]:
        found = _MINUTES.fullmatch(_answer(outcome))
        return [(f"the answer is {minutes} minutes", found is not None and int(found[1]) == minutes)]

    return check


def says_phone(phone: str) -> Part:
    """The answer is a phone number, however it is spaced."""

    def check(outcome: Outcome) -> list[tuple[str, bool]]:
        text = _answer(outcome)
        right = bool(_PHONE.fullmatch(text)) and re.sub(r"\D", "", text) == re.sub(r"\D", "", phone)
        return [(f"the answer is {phone}", right)]

    return check


def times(clock: str) -> tuple[str, ...]:
    """Return the ways to say a time of day."""
    hour, minute = (int(part) for part in clock.split(":"))
    half, short = ("am" if hour < 12 else "pm"), hour % 12 or 12
    ways = [clock, f"{hour:02d}:{minute:02d}", f"{short}:{minute:02d} {half}", f"{short}:{minute:02d}{half}"]
    if minute == 0:
        ways += [f"{short} {half}", f"{short}{half}"]
    return tuple(dict.fromkeys(ways))
