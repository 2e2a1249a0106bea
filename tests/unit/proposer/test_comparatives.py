"""The words of comparisons: what is said of a larger value, and of which labels nothing is said."""

from __future__ import annotations

import pytest

from infra.magnitudes import magnitude
from proposer.grounded.comparatives import sense


@pytest.mark.parametrize(
    ("label", "value", "more", "most", "less"),
    [
        ("Price", "$5", "costs more", "costs the most", "is cheaper"),
        ("Weight", "2 kg", "is heavier", "is the heaviest", "weighs less"),
        ("Founded", "1868", "is newer", "was founded last", "was founded earlier"),
        ("Born", "1843", "was born later", "was born last", "was born earlier"),
        ("First climbed", "1902", "was first climbed later", "was first climbed after the others", ""),
        ("Member since", "1 March 2020", "has been a member for a shorter time", "", "has been a member for longer"),
        ("To the sea", "900 m", "is farther from the sea", "is the farthest from the sea", "is nearer to the sea"),
        ("Reviews", "12", "has more reviews", "has the most reviews", "has fewer reviews"),
        ("Number of seats", "12", "has more seats", "has the most seats", "has fewer seats"),
        ("Mean flow", "61 m³/s", "has the higher mean flow", "has the highest mean flow", "has the lower mean flow"),
        ("Height (m)", "535", "is taller", "is the tallest", "is lower"),
        ("Warranty", "9 years", "has the longer warranty", "has the longest warranty", "has the shorter warranty"),
        ("Guest rating", "4.7", "is rated higher", "is the highest rated", "is rated lower"),
        ("Due", "15 Oct 2025", "is due later", "is due last", "is due sooner"),
        ("Ahead", "3", "has the higher number for “Ahead”", "has the highest number for “Ahead”", ""),
    ],
)
def test_words_fit_the_label(label: str, value: str, more: str, most: str, less: str) -> None:
    read = magnitude(value)
    assert read is not None
    words = sense(label, read)
    assert words is not None
    assert more in [two for two, _ in words.more]
    assert not most or most in [many for _, many in words.more]
    assert not less or less in [two for two, _ in words.less]
    assert not any("{" in text for pair in (*words.more, *words.less) for text in pair)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("SKU", "9269"), ("Phone", "5550100"), ("Postal code", "1234"), ("House number", "12"), ("Version", "3"),
        ("Order", "20855"), ("Each", "$5"), ("1851", "17,634"), ("Largest file", "90 MB"), ("Valid for", "3 years"),
        ("Topic ID", "7"), ("Sun", "LP"),
    ],
)  # fmt: skip
def test_nobody_compares_these(label: str, value: str) -> None:
    read = magnitude(value)
    assert read is None or sense(label, read) is None
