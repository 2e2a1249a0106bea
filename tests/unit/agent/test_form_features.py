"""A form's button is told what was entered in its form, and what is yet to be."""

from __future__ import annotations

from agent.policy.base import Past, Turn
from agent.policy.element_features import ELEMENT_FEATURES
from agent.policy.encoding import encode
from agent.policy.form_features import FORM_FEATURES
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
        return Progress.of(turn(*past), matcher).pending

    assert pending(typed(0, "Lisbon")) == {"field:City"}
    assert pending(typed(0, "Lisbon"), Past(FORM, Click(mark=2), ("POST /save",))) == frozenset()
    assert pending(Past(FORM, Type(mark=0, text="Lisbon", submit=True), ())) == frozenset()
    other = FORM.model_copy(update={"url": FORM.url + "/other"})
    assert pending(typed(0, "Lisbon"), Past(other, Click(mark=2), ())) == frozenset(), "the page was left meanwhile"
