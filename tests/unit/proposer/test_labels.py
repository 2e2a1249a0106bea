"""Other words for labels, and which labels a page does not state."""

from __future__ import annotations

from random import Random

import pytest

from proposer.grounded.labels import absent


def never(said: str) -> set[str]:
    """Return the labels that are taken for absent in many draws."""
    rng = Random(0)  # noqa: S311
    return {label for _ in range(400) if (label := absent(rng, said)) is not None}


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("e-mail: a@b.c", {"e-mail", "email address"}),
        ("write to a@b.c", {"e-mail", "email address"}),
        ("taught by ann lee", {"teacher", "instructor"}),
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
