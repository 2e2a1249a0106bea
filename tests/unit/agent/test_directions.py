"""Which end of a sorting comes first, and which the instruction asks for."""

from __future__ import annotations

import pytest

from agent.policy.directions import DIRECTIONS, directions, first_end


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Price: low to high", -1),
        ("Price: high to low", 1),
        ("Newest first", 1),
        ("Oldest first", -1),
        ("A to Z", -1),
        ("Z to A", 1),
        ("By title", 0),
        ("Best match", 1),
    ],
)
def test_the_end_that_a_text_begins_with(text: str, end: int) -> None:
    assert first_end(text) == end


def told(text: str, instruction: str) -> dict[str, float]:
    return dict(zip(DIRECTIONS, directions(text, instruction), strict=True))


def test_agreement_is_with_what_the_instruction_asks_for() -> None:
    asked = "Show Sports, starting with what costs least"
    assert told("Price: low to high", asked) == {"least_first": 1, "most_first": 0, "as_asked": 1, "not_asked": 0}
    assert told("Price: high to low", asked) == {"least_first": 0, "most_first": 1, "as_asked": 0, "not_asked": 1}


def test_an_instruction_that_speaks_of_both_ends_asks_for_neither() -> None:
    assert told("Newest first", "the cheapest of the newest")["as_asked"] == 0
    assert told("Newest first", "the cheapest of the newest")["not_asked"] == 0
