"""Answers are compared exactly, after folding what does not matter."""

from __future__ import annotations

import pytest

from sandbox_sites.common.answers import same_number, same_text

DUMP = "Aurora Desk Lamp Price $24.50 Brand Halden Colour Navy Weight 2.4 kg " * 5


@pytest.mark.parametrize("answer", ["Forest green", "forest  GREEN.", "the forest green", "\nForest green "])
def test_the_same_words_match(answer: str) -> None:
    assert same_text(answer, "Forest green")


@pytest.mark.parametrize("answer", [None, "", "no", "N/A", "green", "not forest green", "Forest green or navy", DUMP])
def test_other_words_do_not(answer: str | None) -> None:
    assert not same_text(answer, "Forest green")


@pytest.mark.parametrize("answer", ["24.5", "$24.50", "24.50 dollars", "24.50 USD", " $ 24.50. "])
def test_the_same_number_matches(answer: str) -> None:
    assert same_number(answer, 24.5)


def test_thousands_and_units_are_folded() -> None:
    assert same_number("$1,024.00", 1024)
    assert same_number("2.4 kg", 2.4)
    assert same_number("5 years", 5)


@pytest.mark.parametrize("answer", [None, "", "no", "N/A", "245", "24.5 24.5", "24.5 or 30", "-24.5", "about it", DUMP])
def test_other_numbers_do_not(answer: str | None) -> None:
    assert not same_number(answer, 24.5)
