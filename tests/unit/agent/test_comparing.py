"""Answers to comparisons: names that are asked about, and the first and last of a list."""

from __future__ import annotations

import pytest

from agent.policy.answer_features import ANSWER_FEATURES
from agent.policy.base import Past, Turn
from agent.policy.candidates import list_candidates
from agent.policy.comparing import Compared, compared, extremes, names
from agent.policy.encoding import encode
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from agent.policy.spans import spans
from infra.contracts.action import Answer, Click
from infra.contracts.observation import ChunkKind, TextChunk
from tests.unit.agent.making import page, row

AMBER = page("/1", "Amber Lamp", chunks=(row("Price", "$9"), row("Weight", "2 kg")))
COBALT = page("/2", "Cobalt Lamp", chunks=(row("Price", "$12"), row("Weight", "1 kg")))
ASK = "Which is cheaper, Amber Lamp or Cobalt Lamp? I mean the price."
SITE = SiteIndex(None)


def cell(subject: str, label: str, value: str) -> TextChunk:
    return TextChunk(kind=ChunkKind.CELL, text=f"{subject} {value}", label=label, value=value, subject=subject)


def seen(instruction: str = ASK) -> Turn:
    return Turn(instruction, COBALT, SITE, [Past(AMBER, Click(mark=0))])


def test_names_are_capitalised_or_quoted_and_few() -> None:
    assert set(names(spans(ASK))) >= {"Amber Lamp", "Cobalt Lamp"}
    assert "the ember" in names(spans('Which is older, "the ember" or Cobalt?'))
    assert not names(spans("which one is the cheapest of these 12"))
    assert set(names(spans('Nearer: "Mill Road", "High Street" or "Oak Lane"?'))) == {
        "Mill Road",
        "High Street",
        "Oak Lane",
    }
    assert set(names(spans("Guide to Rome or Sea of Glass: which is longer"))) == {"Guide to Rome", "Sea of Glass"}
    assert "Alpine Basket" in names(spans("Is the Alpine Basket's price lower than Raven Mug"))
    assert len(names(spans("Ann Bow, Cy Di, Ed Fay, Gus Hal, Ida Jo and Kit Lee"))) == 4


def test_a_name_is_an_answer_though_the_page_does_not_show_it() -> None:
    candidates = list_candidates(ASK, page("/", "Home"), history=False)
    assert candidates.find(Answer(text="Amber Lamp"))
    assert not list_candidates("Which is cheaper?", page("/", "Home"), history=False).find(Answer(text="Amber Lamp"))


def test_values_are_remembered_from_the_pages_that_were_seen() -> None:
    found = compared(seen(), Matcher(ASK, SITE), ["Amber Lamp", "Cobalt Lamp"])
    assert (found.label, found.known) == ("Price", 1.0)
    assert found.standing("amber lamp") == (1.0, 0.0, 1.0)
    assert found.standing("Cobalt Lamp") == (1.0, 1.0, 0.0)
    assert found.standing("Jade Lamp") == (0.0, 0.0, 0.0)


def test_the_label_is_the_one_that_is_asked_for() -> None:
    ask = "Which has the greater weight, Amber Lamp or Cobalt Lamp?"
    found = compared(seen(ask), Matcher(ask, SITE), ["Amber Lamp", "Cobalt Lamp"])
    assert (found.label, found.standing("Amber Lamp")) == ("Weight", (1.0, 1.0, 0.0))


def test_what_a_table_says_of_others_is_not_the_pages_own() -> None:
    amber = page("/1", "Amber Lamp", chunks=(row("Price", "$9"), cell("Jade Lamp", "Price", "$50")))
    turn = Turn(ASK, COBALT, SITE, [Past(amber, Click(mark=0))])
    found = compared(turn, Matcher(ASK, SITE), ["Amber Lamp", "Cobalt Lamp"])
    assert found.standing("Amber Lamp") == (1.0, 0.0, 1.0)


def test_one_value_alone_is_neither_greatest_nor_least() -> None:
    turn = Turn(ASK, COBALT, SITE)
    found = compared(turn, Matcher(ASK, SITE), ["Amber Lamp", "Cobalt Lamp"])
    assert found.known == 0.5
    assert found.standing("Cobalt Lamp") == (1.0, 0.0, 0.0)


def test_values_of_different_units_are_not_compared() -> None:
    euro = page("/2", "Cobalt Lamp", chunks=(row("Price", "€12"),))
    found = compared(
        Turn(ASK, euro, SITE, [Past(AMBER, Click(mark=0))]), Matcher(ASK, SITE), ["Amber Lamp", "Cobalt Lamp"]
    )
    assert len(found.values) == 1


def test_nothing_is_compared_without_names() -> None:
    assert compared(seen(), Matcher(ASK, SITE), []) == Compared({}, "", 0)


def test_a_table_has_first_and_last_entries() -> None:
    table = [cell(name, "Pupils", value) for name, value in (("Birch", "120"), ("Robin", "80"), ("Aurora", "300"))]
    found = list(extremes(page("/", "Schools", chunks=tuple(table))))
    assert {(one.name, one.most) for one in found} == {("Aurora", True), ("Robin", False)}


@pytest.mark.parametrize(
    "values", [("120", "80"), ("120", "80 kg", "300"), ("a", "b", "c")], ids=["two", "other unit", "no amounts"]
)
def test_no_list_no_extremes(values: tuple[str, ...]) -> None:
    table = [cell(f"School {i}", "Pupils", value) for i, value in enumerate(values)]
    assert not list(extremes(page("/", "Schools", chunks=tuple(table))))


def test_of_equals_none_is_first() -> None:
    table = [cell(name, "Pupils", value) for name, value in (("Birch", "300"), ("Robin", "80"), ("Aurora", "300"))]
    assert [(one.name, one.most) for one in extremes(page("/", "Schools", chunks=tuple(table)))] == [("Robin", False)]


def test_what_is_listed_twice_is_still_first() -> None:
    table = [cell(name, "Pupils", value) for name, value in (("Birch", "120"), ("Robin", "80"), ("Aurora", "300"))]
    found = list(extremes(page("/", "Schools", chunks=(*table, table[2]))))
    assert ("Aurora", True) in {(one.name, one.most) for one in found}


def test_rows_of_names_and_prices_are_a_list() -> None:
    rows = (row("Portugal", "$4"), row("Spain", "$6"), row("Greece", "$9"))
    found = list(extremes(page("/", "Shipping", chunks=rows)))
    assert {(one.name, one.most) for one in found} == {("Greece", True), ("Portugal", False)}


def test_features_say_which_name_has_more() -> None:
    candidates, encoded = encode(seen(), Matcher(ASK, SITE))
    place = {answer.text: i for i, answer in enumerate(candidates.answers) if answer.asked}
    greatest, least = ANSWER_FEATURES.index("greatest"), ANSWER_FEATURES.index("least")
    assert encoded.answers[place["Cobalt Lamp"], [greatest, least]].tolist() == [1.0, 0.0]
    assert encoded.answers[place["Amber Lamp"], [greatest, least]].tolist() == [0.0, 1.0]
    assert encoded.answers[place["Amber Lamp"], ANSWER_FEATURES.index("share_known")] == 1.0
