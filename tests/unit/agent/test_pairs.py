"""Which value belongs into which field."""

from __future__ import annotations

from agent.policy.base import Turn
from agent.policy.encoding import Encoded, encode
from agent.policy.field_features import PAIR_FEATURES
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from agent.policy.spans import Span, spans
from infra.contracts.observation import Observation
from tests.unit.agent.making import field, page

SAYING = 'Enter the home town, which is "Cork", and the favourite tool, which is "Spade"'
FORM = page("/profile", "Profile", elements=(field(0, "Home town"), field(1, "Favourite tool")))


def pairs(saying: str, observation: Observation) -> dict[tuple[str, str], dict[str, float]]:
    """Return the features of each (field, value)."""
    turn = Turn(saying, observation, SiteIndex(None))
    candidates, encoded = encode(turn, Matcher(saying, turn.site))
    found: Encoded = encoded
    return {
        (observation.elements[row].name, candidates.spans[span].text): dict(
            zip(PAIR_FEATURES, values.tolist(), strict=True)
        )
        for (row, span), values in zip(candidates.pairs, found.pairs, strict=True)
    }


def span(saying: str, text: str) -> Span:
    return next(one for one in spans(saying) if one.text == text)


def test_a_label_is_found_across_the_words_that_say_nothing() -> None:
    assert span(SAYING, "Cork").before == ("town", "which", "is")
    assert span(SAYING, "Cork").lead[-2:] == ("home", "town")
    assert pairs(SAYING, FORM)["Home town", "Cork"]["lead"] == 1.0
    assert pairs(SAYING, FORM)["Favourite tool", "Cork"]["lead"] == 0.0


def test_each_value_fits_one_field_best_and_each_field_one_value() -> None:
    found = pairs(SAYING, FORM)
    for right in (("Home town", "Cork"), ("Favourite tool", "Spade")):
        assert (found[right]["below_fields_best"], found[right]["below_spans_best"]) == (0.0, 0.0)
    for wrong in (("Home town", "Spade"), ("Favourite tool", "Cork")):
        assert found[wrong]["below_fields_best"] < 0.0
        assert found[wrong]["below_spans_best"] < 0.0


def test_a_part_of_a_value_is_joined_to_the_rest() -> None:
    saying = "my street and number 50 Mill Lane, my postcode 72382"
    assert span(saying, "50").joined == (True, True)
    assert not span(saying, "50 Mill Lane").joined[1]
    assert span("sent by Ann", "Ann").joined == (False, False)


def test_what_follows_a_colon_ends_with_its_sentence() -> None:
    texts = {one.text for one in spans("Your name: Maya Vogel. Mark it 3. Don't ask me why")}
    assert "Maya Vogel" in texts
    assert not any(text.startswith("Maya Vogel. ") for text in texts)
