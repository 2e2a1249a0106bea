"""Other words for labels, and which labels a page does not state."""

from __future__ import annotations

from random import Random

import pytest

from proposer.grounded import find
from proposer.grounded.labels import absent, alone


def never(said: str) -> set[str]:
    """Return the labels that are taken for absent in many draws."""
    rng = Random(0)  # noqa: S311
    return {label for _ in range(400) if (label := absent(rng, said)) is not None}


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("e-mail: a@b.c", {"e-mail", "email address"}),
        ("write to a@b.c", {"e-mail", "email address"}),
        ("opening times 9-5", {"opening hours", "hours"}),
        ("8.1 kg", {"weight"}),
        ("height 30 cm", {"height", "width"}),
        ("call 555 0199", {"phone", "phone number", "telephone number"}),
        ("2 years of guarantee", {"warranty", "guarantee"}),
    ],
)
def test_what_a_page_states_under_another_name_or_by_its_value_is_not_absent(said: str, stated: set[str]) -> None:
    found = never(said)
    assert found
    assert not found & stated
    assert stated <= never("nothing of the kind")


@pytest.mark.parametrize("said", ["a red mug, made of steel", "with ann lee", "in english"])
def test_what_could_stand_anywhere_is_never_called_absent(said: str) -> None:
    found = never(said)
    assert found
    assert not {"colour", "color", "material", "language", "teacher"} & found


@pytest.mark.parametrize(
    ("label", "others", "clear"),
    [
        ("List price", ["Price", "Weight"], False),
        ("Location", ["Address"], False),
        ("Price", ["Weight", "Price"], True),
        ("Weight", [], True),
        ("Zodiac", ["Weight"], True),
    ],
)
def test_other_words_are_used_where_they_mean_no_other_label(label: str, others: list[str], clear: bool) -> None:
    assert alone(label, others) is clear


def test_of_two_prices_each_is_asked_for_by_its_own_name() -> None:
    rng = Random(0)  # noqa: S311
    asked = [
        text for _ in range(60) for text in find.words_for(rng, "List price", "Oslo lamp", ["List price", "Price"])
    ]
    assert all("list price" in text.casefold() for text in asked)
