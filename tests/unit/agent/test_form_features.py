"""A form's button is told what was entered in its form, and what is yet to be."""

from __future__ import annotations

from agent.policy.base import Past, Turn
from agent.policy.element_features import ELEMENT_FEATURES
from agent.policy.encoding import encode
from agent.policy.form_features import FORM_FEATURES, wanted_choices
from agent.policy.matching import Matcher
from agent.policy.progress import Progress
from agent.policy.site import SiteIndex
from infra.contracts.action import Click, Type
from infra.contracts.observation import Element, Observation
from tests.unit.agent.making import BOX, field, page

SAYING = "Set my city to Lisbon and my email to ann@example.org"
BUTTON = Element(mark=2, key="button:save", role="button", tag="button", name="Save", form=0, box=BOX)
FORM = page("/profile", "Profile", elements=(field(0, "City"), field(1, "Email"), BUTTON))


def turn(*past: Past, observation: Observation = FORM) -> Turn:
    return Turn(SAYING, observation, SiteIndex(None), past, 10)


def row(given: Turn) -> dict[str, float]:
    _, encoded = encode(given, Matcher(SAYING, given.site))
    own = dict(zip(ELEMENT_FEATURES, encoded.elements[BUTTON.mark].tolist(), strict=True))
    return {name: own[name] for name in FORM_FEATURES}


def typed(mark: int, text: str, *requests: str) -> Past:
    return Past(FORM, Type(mark=mark, text=text), requests)


def test_what_is_yet_to_be_entered_speaks_against_sending() -> None:
    empty, half = row(turn()), row(turn(typed(0, "Lisbon")))
    assert (empty["form_entered"], empty["form_entered_any"]) == (0.0, 0.0)
    assert (half["form_entered"], half["form_entered_any"]) == (0.25, 1.0)
    assert empty["form_wants_label"] == half["form_wants_label"] == 1.0, "the address is still to come"
    full = row(turn(typed(0, "Lisbon"), typed(1, "ann@example.org")))
    assert full["form_entered"] == 0.5
    assert full["form_wants_label"] == 0.0


def test_what_was_sent_is_no_longer_pending() -> None:
    matcher = Matcher(SAYING, SiteIndex(None))

    def pending(*past: Past) -> frozenset[str]:
        return frozenset(Progress.of(turn(*past), matcher).pending)

    assert pending(typed(0, "Lisbon")) == {"field:City"}
    assert pending(typed(0, "Lisbon"), Past(FORM, Click(mark=2), ("POST /save",))) == frozenset()
    assert pending(Past(FORM, Type(mark=0, text="Lisbon", submit=True), ())) == frozenset()
    other = FORM.model_copy(update={"url": FORM.url + "/other"})
    assert pending(typed(0, "Lisbon"), Past(other, Click(mark=2), ())) == frozenset(), "the page was left meanwhile"


def option(mark: int, name: str, role: str, **more: object) -> Element:
    known = {"mark": mark, "key": f"{role}:{name}", "role": role, "tag": "input", "name": name, "form": 0, "box": BOX}
    return Element.model_validate({**known, **more})


def test_what_is_picked_in_a_list_of_the_pages_own_making_is_entered() -> None:
    form = page("/list", "List", elements=(option(0, "Cafés", "option"), BUTTON))
    left = Past(form, Click(mark=0), ())
    assert Progress.of(turn(left, observation=form), Matcher(SAYING, SiteIndex(None))).pending == {"option:Cafés": 0}
    closed = form.model_copy(update={"elements": (option(0, "Closed", "button"), option(1, "Open", "button"), BUTTON)})
    assert row(turn(left, observation=closed))["form_entered_any"] == 1.0


def wants(instruction: str, *elements: Element) -> dict[int, float]:
    observation = page("/list", "List", elements=elements)
    turn = Turn(instruction, observation, SiteIndex(None), (), 10)
    matcher = Matcher(instruction, turn.site)
    found = wanted_choices(observation, matcher, Progress.of(turn, matcher))
    return {mark: wanted.words for mark, wanted in found.items()}


def test_a_list_wants_nothing_else_once_the_best_is_chosen() -> None:
    choices = ("Any colour", "Light green", "Dark green")
    drop = option(0, "Colour", "combobox", tag="select", options=choices, value="Any colour")
    assert wants("Show what is light green", drop)[0] > 0
    assert wants("Show what is light green", drop.model_copy(update={"value": "Light green"}))[0] == 0
    assert wants("Show what is light green", drop.model_copy(update={"value": "Dark green"}))[0] > 0


def test_of_radio_buttons_that_stand_together_only_a_better_one_is_wanted() -> None:
    dark = option(0, "Dark green", "radio", checked=True, nearby="Colour")
    light = option(1, "Light green", "radio", checked=False, nearby="Colour")
    elsewhere = light.model_copy(update={"mark": 2, "key": "other", "nearby": "Border"})
    assert wants("Make it light green", dark, light)[1] > 0
    assert wants("Make it dark green", dark, light, elsewhere)[1] == 0
    assert wants("Make it dark green", dark, light, elsewhere)[2] > 0, "of another group nothing is chosen"


def element_row(element: Element) -> dict[str, float]:
    given = turn(observation=page("/x", "X", elements=(element,)))
    _, encoded = encode(given, Matcher(SAYING, given.site))
    return dict(zip(ELEMENT_FEATURES, encoded.elements[0].tolist(), strict=True))


def test_a_button_that_sends_is_told_from_one_that_opens() -> None:
    sends = element_row(option(0, "Save", "button", tag="button", input_type="submit"))
    opens = element_row(option(0, "Colour", "button", tag="button", input_type="button", expanded=False))
    assert (sends["submits"], sends["folds"]) == (1.0, 0.0)
    assert (opens["submits"], opens["folds"]) == (0.0, 1.0)


def test_a_switch_is_like_a_tick_box() -> None:
    switch = element_row(option(0, "News", "switch"))
    assert (switch["checkbox"], switch["other_role"]) == (1.0, 0.0)
    assert element_row(option(0, "News", "slider"))["other_role"] == 1.0


def test_once_entered_it_is_told_so_until_it_is_sent() -> None:
    news = option(0, "News", "checkbox")
    form = page("/x", "X", elements=(news,))
    pressed = Past(form, Click(mark=0), ())
    _, encoded = encode(turn(pressed, observation=form), Matcher(SAYING, SiteIndex(None)))
    assert encoded.elements[0][ELEMENT_FEATURES.index("entered")] == 1.0
    sent = Past(form, Click(mark=0), ("POST /news",))
    _, encoded = encode(turn(sent, observation=form), Matcher(SAYING, SiteIndex(None)))
    assert encoded.elements[0][ELEMENT_FEATURES.index("entered")] == 0.0
