"""The words for lists that several things narrow down or put in order at once: "cafés, the nearest first"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from infra.phrasebook import EntryKind
from proposer.grounded import everyday, phrasing

_FILTER = (
    "with {field} {option}", "only {option}", "{field} {option}", "only those with {option} as {field}",
    "and only what is {option}", "nothing but {option}", "where {field} is {option}", "{option} only, please",
)  # fmt: skip
_TICK = ("with {option}", "only {option}", "and tick {option}", "limited to {option}", "{option} only")
_SORT = (
    "sorted by {option}", "in the order {option}", "ordered by {option}", "{option} on top", "arranged by {option}",
    "and put them in the order “{option}”",
)  # fmt: skip
_EVERYDAY_SORT = ("{option}", "in order, {option}", "sorted, {option}")
_TICKED = (
    "tick “{option}” on {page}",
    "on {page}, apply the {option} filter",
    "show only {option} on {page}",
    "filter {page} by {option}",
    "limit {page} to {option}",
    "restrict {page} to {option}",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option chosen of a field, or a tick beside one."""

    field: str
    option: str
    ticked: bool = False

    @property
    def sorts(self) -> bool:
        """Return whether it is an order and no filter."""
        return phrasing.sorts(self.field)


def narrowed(rng: Random, page: str, choices: Sequence[Choice], query: str | None = None) -> str:
    """Return a clause that asks for a search, or for a page's list, with these choices.

    A search without a page is made wherever one is.
    """
    ranked = sorted(choices, key=lambda choice: (choice.sorts, rng.random()))  # the order comes last, as people say it
    if query is not None:
        where = rng.choice((" on {}", " in {}", " within {}")).format(phrasing.quoted(rng, page)) if page else ""
        lead, rest = f"{phrasing.search(rng, query)}{where}", ranked
    else:
        lead, rest = _lead(rng, page, ranked[0]), ranked[1:]
    return ", ".join([lead, *(_short(rng, choice) for choice in rest)])


def _lead(rng: Random, page: str, choice: Choice) -> str:
    if choice.ticked:
        return rng.choice(_TICKED).format(option=phrasing.field_words(choice.option), page=page)
    return phrasing.choose(rng, choice.field, choice.option, page)


def _short(rng: Random, choice: Choice) -> str:
    said = everyday.option(rng, choice.option, EntryKind.SORT if choice.sorts else EntryKind.OPTION)
    if said:
        return rng.choice(_EVERYDAY_SORT).format(option=said) if choice.sorts else f"only {said}"
    forms = _TICK if choice.ticked else _SORT if choice.sorts else _FILTER
    option = phrasing.field_words(choice.option) if choice.ticked else phrasing.quoted(rng, choice.option, 0.2)
    return rng.choice(forms).format(field=phrasing.field_words(choice.field), option=option)
