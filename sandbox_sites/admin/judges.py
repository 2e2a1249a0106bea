"""The back office's judges."""

from __future__ import annotations

from sandbox_sites.admin.state import DeskState
from sandbox_sites.common.judging import Judges, Part, all_of, listed, silent
from sandbox_sites.common.site import Check, Criteria, Outcome

JUDGES = Judges(DeskState)


def read_from(*paths: str) -> Part:
    """One of the pages that say it was shown at some time: the answer was read, not guessed."""

    def check(outcome: Outcome) -> Criteria:
        shown = {place.partition("?")[0] for place in outcome.session.visited}
        return [(f"one of {', '.join(paths)} was looked at", bool(shown & set(paths)))]

    return check


def told(part: Part, *places: tuple[str, ...]) -> Check:
    """Answer from pages, with nothing changed; of each group of pages one must have been shown."""
    return all_of(*(read_from(*group) for group in places), part, JUDGES.only())


def narrowed(path: str, **chosen: str) -> Check:
    """A table is shown with these filters; its order and page size are free."""
    return all_of(listed(path, chosen, "size", "sort", "dir", "show"), JUDGES.only(), silent)


def ordered(path: str, **chosen: str) -> Check:
    """A table is shown with these filters in this order."""
    return all_of(listed(path, chosen, "size"), JUDGES.only(), silent)


def changed(**changes: object) -> Check:
    """Exactly these parts of the state have changed, and nothing was answered."""
    return all_of(JUDGES.only(**changes), silent)
