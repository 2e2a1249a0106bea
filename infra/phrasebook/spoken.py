"""Sentences that people put around what they want: carriers of a request, and small talk beside it.

Written for any website, without knowledge of those that are practised or measured on. ``carriers.tsv`` and
``smalltalk.tsv`` hold one a line, its kind before it; the slots of carriers are those of the proposer's wordings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class Carrier(StrEnum):
    """What a carrier carries, with its slots."""

    OPEN = "open"  # {page}
    OPEN_SAID = "open_said"  # {page}; no imperative
    FIND = "find"  # {label} {subject}
    ASK = "ask"  # {label} {subject}
    PRESS = "press"  # {button} {page}
    PRESS_BESIDE = "press_beside"  # {button} {row}: one of several such buttons, each in a row of a list
    SEARCH = "search"  # {query}
    FILTER = "filter"  # {page} {option}, and {field} where it has one
    SORT = "sort"  # {page} {option}
    FORM = "form"  # {form} {fields}, and {submit} where it has one
    THEN = "then"  # {a} {b}
    UPDATE = "update"  # {field} {value}: one field of what is there already
    UPDATE_ON = "update_on"  # {field} {value} {page}
    PICK = "pick"  # {field} {option}: one of a field's options
    PICK_BARE = "pick_bare"  # {option}
    SWITCH_ON = "switch_on"  # {x}: what stands beside a tick box
    SWITCH_OFF = "switch_off"  # {x}
    AND_UPDATE = "and_update"  # {a} {b}: two changes at once


class Talk(StrEnum):
    """Where small talk stands, and after what."""

    OPENER = "opener"
    CLOSER = "closer"
    CLOSER_OPEN = "closer_open"  # being there is all that is wanted
    CLOSER_ASK = "closer_ask"  # an answer is wanted
    CLOSER_DO = "closer_do"  # a change is wanted


def carriers(kind: Carrier) -> tuple[str, ...]:
    """Return the carriers of a kind."""
    return _read("carriers.tsv")[kind]


def small_talk(kind: Talk) -> tuple[str, ...]:
    """Return the small talk of a kind."""
    return _read("smalltalk.tsv")[kind]


@lru_cache(maxsize=2)
def _read(name: str) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in (files("infra.phrasebook") / name).read_text(encoding="utf-8").splitlines():
        kind, text = line.split("\t")
        found[kind].append(text)
    return {kind: tuple(texts) for kind, texts in found.items()}
