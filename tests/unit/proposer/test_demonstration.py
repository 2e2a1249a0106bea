"""Demonstrations written down and read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from infra.contracts.visit import ScriptStep
from infra.demonstration import decode, encode

TEXT = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)
STEPS = st.one_of(
    st.builds(ScriptStep, key=TEXT),
    st.builds(ScriptStep, key=TEXT, value=TEXT, submit=st.booleans()),
)


@given(steps=st.lists(STEPS, max_size=5))
def test_steps_survive_the_round_trip(steps: list[ScriptStep]) -> None:
    assert decode(encode(steps)) == tuple(steps)


def test_what_it_looks_like() -> None:
    steps = [ScriptStep(key="link|A|/a?b=1"), ScriptStep(key="box|q", value="lamp", submit=True)]
    assert encode(steps) == ("link|A|/a?b%3D1", "box|q=lamp\n")
