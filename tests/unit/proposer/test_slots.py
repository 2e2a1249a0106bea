"""Lines as templates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from proposer.slots import fill, generalise, has_slot

WORDS = st.text(alphabet="abcDEF 0123.-", min_size=0, max_size=40)


def test_values_become_slots_longest_first_and_as_whole_words() -> None:
    slots = {"0.quantity": "2", "heading": "Oslo lamp", "fact:brand": "Oslo"}
    assert generalise("Oslo lamp × 2 by Oslo, 20 left, 2.50 each", slots) == (
        "⟦heading⟧ × ⟦0.quantity⟧ by ⟦fact:brand⟧, 20 left, 2.50 each"
    )


def test_filling_fails_where_a_slot_is_unknown() -> None:
    assert fill("⟦heading⟧ × ⟦0.quantity⟧", {"heading": "Lamp"}) is None
    assert fill("⟦heading⟧", {"heading": "Lamp"}) == "Lamp"
    assert has_slot("⟦heading⟧!")
    assert not has_slot("Your cart")


@given(text=WORDS, values=st.dictionaries(st.sampled_from(["a", "b", "heading"]), WORDS, max_size=3))
def test_filling_undoes_generalising(text: str, values: dict[str, str]) -> None:
    stripped = {name: value.strip() for name, value in values.items()}
    assert fill(generalise(text, stripped), stripped) == text
