"""Fields of a form may be filled in any order."""

from __future__ import annotations

import pytest

from agent.learner import examples
from agent.learner.entering import as_well
from agent.learner.examples import from_success
from agent.learner.varying import as_it_was
from agent.policy.site import SiteIndex
from infra.contracts.action import Action, Answer, Click, Select, Type
from infra.contracts.attempt import Step
from infra.contracts.observation import Element, Observation
from tests.unit.agent.learner.walks import trajectory
from tests.unit.agent.making import BOX, field, page, site_map

SEND = Element(mark=9, key="button:Send", role="button", tag="button", name="Send", form=0, box=BOX)


def form(*names: str, path: str = "/form") -> Observation:
    """The marks are the places, so that another order gives other marks."""
    return page(path, "A form", elements=(*(field(i, name) for i, name in enumerate(names)), SEND))


def decisions(*done: tuple[Observation, Action], sent: int | None = None) -> list[tuple[Step, Action]]:
    return [
        (Step(index=i, observation=seen, action=action, requests=("POST /x",) if i == sent else ()), action)
        for i, (seen, action) in enumerate(done)
    ]


NAME, TOWN = Type(mark=0, text="Ada"), Type(mark=1, text="Whitby")
PAGE = form("Name", "Town")


def test_what_is_entered_later_is_right_as_well() -> None:
    done = decisions((PAGE, NAME), (PAGE, TOWN), (PAGE, Click(mark=9)))
    assert list(as_well(done)) == [NAME, TOWN]
    assert list(as_well(done[1:])) == [TOWN], "what is entered already is not"
    assert list(as_well(done[2:])) == [Click(mark=9)], "sending it comes after"


def test_fields_are_found_again_by_what_they_are() -> None:
    moved = form("News", "Name", "Town")
    assert list(as_well(decisions((PAGE, NAME), (moved, Type(mark=2, text="Whitby"))))) == [NAME, TOWN]
    gone = form("Name", "Country")
    assert list(as_well(decisions((gone, NAME), (PAGE, TOWN)))) == [NAME], "a field that shows up later has to wait"


@pytest.mark.parametrize(
    "then",
    [
        (PAGE, Click(mark=9)),
        (form("Name", "Town", path="/other"), TOWN),
        (PAGE, Type(mark=1, text="Whitby", submit=True)),
    ],
)
def test_something_else_ends_it(then: tuple[Observation, Action]) -> None:
    assert list(as_well(decisions((PAGE, NAME), then, (PAGE, TOWN)))) == [NAME]


def test_what_is_sent_at_once_ends_it() -> None:
    assert list(as_well(decisions((PAGE, NAME), (PAGE, TOWN), sent=0))) == [NAME]
    assert list(as_well(decisions((PAGE, Type(mark=0, text="Ada", submit=True)), (PAGE, TOWN))))[1:] == []


def test_the_same_field_entered_anew_counts_once() -> None:
    assert list(as_well(decisions((PAGE, NAME), (PAGE, Type(mark=0, text="Eve"))))) == [NAME]


def test_ticks_and_choices_are_entered_too() -> None:
    tick = Element(mark=0, key="check:News", role="checkbox", tag="input", name="News", checked=False, box=BOX)
    drop = Element(mark=1, key="drop", role="combobox", tag="select", name="For", options=("A", "B"), value="", box=BOX)
    seen = page("/form", "A form", elements=(tick, drop, SEND))
    done = decisions((seen, Select(mark=1, option="B")), (seen, Click(mark=0)))
    assert list(as_well(done)) == [Select(mark=1, option="B"), Click(mark=0)]


def test_an_example_holds_every_candidate_that_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "varied", lambda said, actions, site, seed: as_it_was(said, site))
    named = page("/form", "A form", elements=(field(0, "Name", value="Ada"), field(1, "Town"), SEND))
    full = page("/form", "A form", elements=(field(0, "Name", value="Ada"), field(1, "Town", value="Whitby"), SEND))
    walk = trajectory([(PAGE, NAME), (named, TOWN), (full, Answer())], full)
    walk = walk.model_copy(update={"instruction": "Sign up as “Ada” from “Whitby”"})
    first, second, last = from_success(walk, SiteIndex(site_map()), max_steps=9).examples
    assert len(first.right) == 2 * len(second.right) == 2
    assert set(second.right) < set(first.right)
    assert set(last.right).isdisjoint(first.right)
