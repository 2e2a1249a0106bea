"""Carriers and small talk: their slots, and that no request loses what it asks for."""

from __future__ import annotations

from collections import Counter
from random import Random
from string import Formatter

import pytest

from infra.contracts.task import TaskKind
from infra.phrasebook.spoken import Carrier, Talk, carriers, small_talk
from proposer.grounded import phrasing

NEEDED = {
    Carrier.OPEN: {"page"}, Carrier.OPEN_SAID: {"page"}, Carrier.FIND: {"label", "subject"},
    Carrier.ASK: {"label", "subject"}, Carrier.PRESS: {"button", "page"}, Carrier.SEARCH: {"query"},
    Carrier.FILTER: {"page", "option"}, Carrier.SORT: {"page", "option"}, Carrier.FORM: {"form", "fields"},
    Carrier.THEN: {"a", "b"}, Carrier.UPDATE: {"field", "value"}, Carrier.UPDATE_ON: {"field", "value", "page"},
    Carrier.PICK: {"field", "option"}, Carrier.PICK_BARE: {"option"}, Carrier.SWITCH_ON: {"x"},
    Carrier.SWITCH_OFF: {"x"}, Carrier.AND_UPDATE: {"a", "b"},
}  # fmt: skip
MAY = {Carrier.FILTER: {"field"}, Carrier.FORM: {"submit"}}


@pytest.mark.parametrize("kind", Carrier)
def test_carriers_have_the_slots_of_their_kind(kind: Carrier) -> None:
    assert len(carriers(kind)) >= 25
    for text in carriers(kind):
        slots = Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)
        assert set(slots.values()) == {1}, text
        assert NEEDED[kind] <= set(slots) <= NEEDED[kind] | MAY.get(kind, set()), text


def test_the_clauses_of_two_come_in_order() -> None:
    joined = (*carriers(Carrier.THEN), *carriers(Carrier.AND_UPDATE))
    assert all(text.index("{a}") < text.index("{b}") for text in joined)


@pytest.mark.parametrize("kind", Talk)
def test_small_talk_has_no_slots(kind: Talk) -> None:
    assert len(small_talk(kind)) >= 60
    assert not [text for text in small_talk(kind) if "{" in text or text != text.strip()]


def test_a_request_keeps_its_clause_whatever_is_said_around_it() -> None:
    for seed in range(300):
        said = phrasing.request(Random(seed), "zoom to “Zebra 5”", Talk.CLOSER_OPEN)  # noqa: S311
        assert "zoom to “Zebra 5”" in said.replace("Zoom", "zoom")


def test_what_is_added_fits_what_is_asked() -> None:
    assert phrasing.ending(TaskKind.NAVIGATE, answers=False) is Talk.CLOSER_OPEN
    assert phrasing.ending(TaskKind.COMPOSE, answers=True) is Talk.CLOSER_ASK
    assert phrasing.ending(TaskKind.FILL, answers=False) is Talk.CLOSER_DO
    assert phrasing.ending(TaskKind.COMPOSE, answers=False) is Talk.CLOSER
