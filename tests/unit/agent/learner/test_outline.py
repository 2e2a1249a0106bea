"""Attempts in outline: what makes two of them the same."""

from __future__ import annotations

from agent.learner.outline import outline
from infra.contracts.action import Answer, Click, Scroll, Type
from tests.unit.agent.learner.walks import COBALT, HOME, LAMPS, WALK, trajectory
from tests.unit.agent.making import field


def test_the_same_element_is_the_same_under_another_mark() -> None:
    renumbered = LAMPS.model_copy(
        update={"elements": (LAMPS.elements[0], LAMPS.elements[1].model_copy(update={"mark": 7}))}
    )
    other = trajectory([(HOME, Click(mark=0)), (renumbered, Click(mark=7)), (COBALT, Answer())], COBALT)
    assert outline(other).way == outline(WALK).way
    elsewhere = trajectory([(HOME, Click(mark=0)), (LAMPS, Click(mark=0)), (COBALT, Answer())], COBALT)
    assert outline(elsewhere).way != outline(WALK).way


def test_what_changed_nothing_does_not_make_a_way_of_its_own() -> None:
    detour = [(HOME, Scroll()), (HOME, Click(mark=0)), (LAMPS, Click(mark=1)), (COBALT, Answer())]
    assert outline(trajectory(detour, COBALT)).way == outline(WALK).way


def test_what_is_typed_counts() -> None:
    searching = HOME.model_copy(update={"elements": (field(0, "Search"),)})
    ways = {
        outline(trajectory([(searching, Type(mark=0, text=text)), (COBALT, Answer())], COBALT)).way
        for text in ("cobalt", "Cobalt ", "amber")
    }
    assert len(ways) == 2


def test_ends_are_pages_and_answers() -> None:
    steps = [(COBALT, Answer(text="$9"))]
    base = trajectory(steps, COBALT)
    ends = {
        outline(base.model_copy(update=update)).end
        for update in (
            {},
            {"answer": "$9"},
            {"answer": " $9"},
            {"impossible": True},
            {"final": LAMPS},
            {"final": None},
        )
    }
    assert len(ends) == 5


def test_the_temperature_is_the_trajectorys() -> None:
    assert outline(WALK.model_copy(update={"temperature": 0.8})).temperature == 0.8
