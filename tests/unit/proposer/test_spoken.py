"""Carriers and small talk: their slots, and that no request loses what it asks for."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from string import Formatter

import pytest

from infra.contracts.task import TaskKind
from infra.phrasebook.spoken import Carrier, Talk, carriers, small_talk
from proposer.grounded import framing, phrasing

NEEDED = {
    Carrier.OPEN: {"page"}, Carrier.OPEN_SAID: {"page"}, Carrier.FIND: {"label", "subject"},
    Carrier.ASK: {"label", "subject"}, Carrier.PRESS: {"button", "page"}, Carrier.SEARCH: {"query"},
    Carrier.PRESS_BESIDE: {"button", "row"},
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


def test_a_sentence_of_its_own_is_not_taken_into_another() -> None:
    said = "next to Oak there should be “Ring”, so click that"
    for seed in range(200):
        alone = phrasing.request(Random(seed), said)  # noqa: S311
        assert f"{said}." in alone.replace("Next to", "next to")
        assert not re.search(r"(?:could|can|would) you next|to next|please next", alone, re.IGNORECASE), alone
        for parts in ((said, "press Bell"), ("press Bell", said), ("open Elm", "press Bell", said)):
            joined = phrasing.then(Random(seed), *parts)  # noqa: S311
            assert not framing.fits(joined), joined
            assert not re.search(r"(?:could|would|can) you next|you to next|go (?:on|ahead) and next", joined), joined


@pytest.mark.parametrize("kind", [Carrier.PRESS, Carrier.PRESS_BESIDE, Carrier.FORM, Carrier.UPDATE, Carrier.OPEN])
def test_what_fits_is_an_order_and_much_does(kind: Carrier) -> None:
    fitting = [text for text in carriers(kind) if framing.fits(text)]
    assert len(fitting) > 0.25 * len(carriers(kind))
    assert not [text for text in fitting if re.match(r"\{|(?:my|on|in|next|beside|the|it|i)\b", text)]


def test_a_button_in_a_row_stands_beside_it() -> None:
    for seed in range(200):
        for count in (None, ("Number", "3")):
            said = phrasing.act(Random(seed), "Zap", "Ada_Oak", count, row=True)  # noqa: S311
            assert "Ada_Oak" in said
            assert not re.search(r"Ada_Oak['”\"]? page|\bon ['“\"]?Ada_Oak", said), said


def test_a_name_is_no_part_of_a_value() -> None:
    for seed in range(50):
        for clause in ("use the form: town York", 'say "York"', "answer: York. Name: Bo"):
            said = phrasing.placed(Random(seed), clause, "Oak", ["York"])  # noqa: S311
            assert re.match(r"(?:on|in) .?Oak.?, ", said), said
    assert {
        phrasing.placed(Random(seed), "put York as town", "Oak", ["York"]).endswith(("Oak", "Oak)"))  # noqa: S311
        for seed in range(50)
    } == {True, False}


def test_what_was_searched_for_is_opened_as_it() -> None:
    rng = Random(0)  # noqa: S311
    same = {phrasing.open_result(rng, "Desk Lamp", "desk lamp") for _ in range(60)}
    assert len(same) > 5
    assert not any("lamp" in said.lower() for said in same)
    assert all("Desk Lamp" in phrasing.open_result(rng, "Desk Lamp", "desk") for _ in range(20))
