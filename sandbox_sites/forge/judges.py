"""The forge's judges."""

from __future__ import annotations

from datetime import date

from sandbox_sites.common.judging import Judges, Part, says
from sandbox_sites.common.site import Criteria, Outcome
from sandbox_sites.forge.records import User
from sandbox_sites.forge.seed import day
from sandbox_sites.forge.state import ForgeState

JUDGES = Judges(ForgeState)


def names(user: User) -> Part:
    """The answer is this person, by name or account."""
    return says(
        user.name, user.handle, f"@{user.handle}", f"{user.name} (@{user.handle})", f"{user.name} ({user.handle})"
    )


def dates(when: date) -> Part:
    """The answer is this day, in one of the usual ways to write it."""
    return says(
        day(when), when.isoformat(), f"{when:%B} {when.day}, {when.year}", f"{when:%B} {when.day} {when.year}",
        f"{when.day} {when:%b} {when.year}", f"{when.day} {when:%B}", f"{when:%B} {when.day}",
    )  # fmt: skip


def sizes(size: str) -> Part:
    """The answer is this size, with or without the space before its unit, or the bare number."""
    number, unit = size.split()
    return says(size, f"{number}{unit}", number)


def looked_at_any(*groups: tuple[str, ...]) -> Part:
    """All pages of one of the groups were shown: there are several places to read the answer."""

    def check(outcome: Outcome) -> Criteria:
        shown = {place.partition("?")[0] for place in outcome.session.visited}
        return [("one of the places with the answer was looked at", any(shown >= set(group) for group in groups))]

    return check
