"""Judges of benchmark tasks: hidden state and normalised answers, never a substring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl

from sandbox_sites.common.answers import same_number, same_text
from sandbox_sites.common.site import Check, Criteria, Outcome

#: A remark such as "done" is no answer to a question that nobody asked; anything longer is.
LONGEST_REMARK = 40

Part = Callable[[Outcome], Criteria]
S = TypeVar("S")


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


def listed(path: str, chosen: Mapping[str, str], *ignored: str) -> Part:
    """The last page is a list with these parameters and no others that are set; ``ignored`` ones do not count."""

    def check(outcome: Outcome) -> Criteria:
        place, _, query = outcome.final_path.partition("?")
        given = {name: value for name, value in parse_qsl(query) if name not in ("page", *ignored)}
        return [(f"{path} is shown with {dict(chosen)}", place == path and given == dict(chosen))]

    return check


def silent(outcome: Outcome) -> Criteria:
    """No answer was asked for, so none may be given."""
    quiet = not outcome.impossible and (outcome.answer is None or len(outcome.answer) <= LONGEST_REMARK)
    return [("no answer is given where none was asked for", quiet)]


def says(*truths: str) -> Part:
    """The answer is these words; where there are several ways to say it, one of them."""
    return lambda outcome: [
        (
            f"the answer is {' or '.join(truths)}",
            not outcome.impossible and any(same_text(outcome.answer, truth) for truth in truths),
        )
    ]


def says_number(truth: float) -> Part:
    """The answer is this number, with or without its unit."""
    return lambda outcome: [(f"the answer is {truth}", not outcome.impossible and same_number(outcome.answer, truth))]


def looked_at(path: str) -> Part:
    """The page was shown at some time: the answer was read, not guessed."""
    return lambda outcome: [
        (f"{path} was looked at", any(place.partition("?")[0] == path for place in outcome.session.visited))
    ]


class Judges(Generic[S]):
    """Judges that compare a visitor's state with a fresh one, so that nothing may change but what was asked for."""

    def __init__(self, fresh: Callable[[], S]) -> None:
        self._fresh: dict[str, Any] = asdict(fresh())  # type: ignore[call-overload]
        self._names = [field.name for field in fields(fresh())]  # type: ignore[arg-type]

    def _same(self, state: Mapping[str, Any], *changed: str) -> tuple[str, bool]:
        rest = [name for name in self._names if name not in changed]
        return "nothing else was changed", all(state[name] == self._fresh[name] for name in rest)

    def only(self, **changes: Any) -> Part:
        """These parts of the state hold these values (as ``asdict`` writes them), and nothing else has changed."""

        def check(outcome: Outcome) -> Criteria:
            state = asdict(outcome.session.state)
            criteria = [(f"{name} is {value!r}", state[name] == value) for name, value in changes.items()]
            return [*criteria, self._same(state, *changes)]

        return check

    def written(self, what: str, test: Callable[[S], bool], *touched: str) -> Part:
        """Something of the state holds, and only the named parts have changed."""

        def check(outcome: Outcome) -> Criteria:
            state = outcome.session.state
            return [(what, test(state)), self._same(asdict(state), *touched)]

        return check

    def reach(self, path: str) -> Check:
        """Be on a page, with nothing changed."""
        return all_of(at(path), self.only(), silent)

    def tell(self, path: str, part: Part) -> Check:
        """Answer from a page, with nothing changed."""
        return all_of(looked_at(path), part, self.only())

    def tell_of(self, paths: tuple[str, ...], part: Part) -> Check:
        """Answer from several pages, with nothing changed."""
        return all_of(*(looked_at(path) for path in paths), part, self.only())

    def refuse(self) -> Check:
        """Say that it cannot be done, and change nothing."""
        return all_of(lambda outcome: [("the task is called impossible", outcome.impossible)], self.only())
