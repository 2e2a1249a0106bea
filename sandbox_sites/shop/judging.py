"""Judges of the shop's benchmark: hidden state and normalised answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

from sandbox_sites.common.answers import same_number, same_text
from sandbox_sites.common.site import Check, Criteria, Outcome
from sandbox_sites.shop.state import ShopState

#: A remark such as "done" is no answer to a question that nobody asked; anything longer is.
LONGEST_REMARK = 40

Part = Callable[[Outcome], Criteria]


def all_of(*parts: Part) -> Check:
    """Every part must hold."""

    def check(outcome: Outcome) -> Criteria:
        return [criterion for part in parts for criterion in part(outcome)]

    return check


def at(path: str) -> Part:
    """The last page shown is this one, filters and paging apart where the path names none."""

    def check(outcome: Outcome) -> Criteria:
        shown = outcome.session.visited[-1] if outcome.session.visited else ""
        wanted = [shown, outcome.final_path]
        if "?" not in path:
            wanted = [place.partition("?")[0] for place in wanted]
        return [(f"the last page is {path}", all(place == path for place in wanted))]

    return check


def only(**changes: Any) -> Part:
    """These parts of the state hold these values, and nothing else has changed."""
    fresh = asdict(ShopState())

    def check(outcome: Outcome) -> Criteria:
        state = asdict(outcome.session.state)
        criteria = [(f"{name} is {value!r}", state[name] == value) for name, value in changes.items()]
        rest = [field.name for field in fields(ShopState) if field.name not in changes]
        return [*criteria, ("nothing else was changed", all(state[name] == fresh[name] for name in rest))]

    return check


def silent(outcome: Outcome) -> Criteria:
    """No answer was asked for, so none may be given."""
    quiet = not outcome.impossible and (outcome.answer is None or len(outcome.answer) <= LONGEST_REMARK)
    return [("no answer is given where none was asked for", quiet)]


def says(truth: str) -> Part:
    """The answer is these words."""
    return lambda outcome: [(f"the answer is {truth}", not outcome.impossible and same_text(outcome.answer, truth))]


def says_number(truth: float) -> Part:
    """The answer is this number, with or without its unit."""
    return lambda outcome: [(f"the answer is {truth}", not outcome.impossible and same_number(outcome.answer, truth))]


def looked_at(path: str) -> Part:
    """The page was shown at some time: the answer was read, not guessed."""
    return lambda outcome: [
        (f"{path} was looked at", any(place.partition("?")[0] == path for place in outcome.session.visited))
    ]


def reach(path: str) -> Check:
    """Be on a page, with nothing changed."""
    return all_of(at(path), only(), silent)


def tell(path: str, part: Part) -> Check:
    """Answer from a page, with nothing changed."""
    return all_of(looked_at(path), part, only())


def refuse() -> Check:
    """Say that it cannot be done, and change nothing."""
    return all_of(lambda outcome: [("the task is called impossible", outcome.impossible)], only())


def written(place: str, test: Callable[[ShopState], bool], what: str, *touched: str) -> Part:
    """Something of the state holds, and only the named parts have changed."""
    fresh = asdict(ShopState())

    def check(outcome: Outcome) -> Criteria:
        state = outcome.session.state
        rest = [field.name for field in fields(ShopState) if field.name not in (place, *touched)]
        same = all(asdict(state)[name] == fresh[name] for name in rest)
        return [(what, test(state)), ("nothing else was changed", same)]

    return check
