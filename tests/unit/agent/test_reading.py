"""Words, spans, matches and the site's index: what the policy's features are made of."""

from __future__ import annotations

import math

import pytest

from agent.policy.base import Turn
from agent.policy.encoding import STATE_FEATURES, encode
from agent.policy.field_features import SPAN_FEATURES, span_rows
from agent.policy.matching import Matcher
from agent.policy.progress import Progress
from agent.policy.site import HORIZON, SiteIndex
from agent.policy.spans import MAX_SPANS, spans
from agent.policy.text import words
from tests.unit.agent.making import SITE, page, site_map


def test_words_fold_case_accents_and_endings() -> None:
    assert words("Reviews of the Café") == (*words("review"), "of", "the", "cafe")
    assert words("batteries") == words("battery")
    assert words("1,299.00") == ("1,299.00",)


def test_spans_hold_what_a_person_would_enter() -> None:
    found = {span.text: span for span in spans('Search for "desk lamp" and send it to ann@example.org, two of them')}
    assert found["desk lamp"].quoted
    assert found["ann@example.org"].email
    assert found["2"].numeric
    assert "ann@example.org, two" not in found, "a span does not cross a comma"


def test_a_value_ends_before_what_only_ends_the_clause() -> None:
    found = [span.text for span in spans("My home is 70 Foundry Road from now on, the film is Apocalypse Now")]
    assert "70 Foundry Road" in found
    assert "70 Foundry Road from now" not in found
    assert "Apocalypse Now" in found, "a name"


def test_span_knows_the_words_before_it() -> None:
    found = {span.text: span for span in spans("Set my city to Lisbon please")}
    assert found["Lisbon"].before[-2:] == ("city", "to")
    assert found["Lisbon"].capitalised


def test_span_knows_whether_it_begins_a_sentence_or_follows_a_colon() -> None:
    found = {span.text: span for span in spans("Search for cafés. Title: Blue door, author = Ann")}
    begins = {text for text, span in found.items() if span.begins}
    assert {"Search", "Title"} <= begins
    assert not {"cafés", "Blue door", "Ann"} & begins
    assert found["Blue door"].introduced
    assert found["Ann"].introduced
    assert not found["cafés"].introduced


def test_plain_words_beside_a_value_are_features_of_it() -> None:
    saying = "Search for cafés in Lisbon"
    matcher = Matcher(saying, SiteIndex(None))
    turn = Turn(saying, page("/", "Home"), SiteIndex(None))
    found = [span for span in spans(saying) if span.text in ("cafés", "Lisbon")]
    rows = span_rows(found, matcher, Progress.of(turn, matcher))
    told = {span.text: dict(zip(SPAN_FEATURES, row, strict=True)) for span, row in zip(found, rows, strict=True)}
    assert (told["cafés"]["before_for"], told["cafés"]["after_in"]) == (1.0, 1.0)
    assert (told["Lisbon"]["before_in"], told["Lisbon"]["before_for"]) == (1.0, 0.0)


def test_a_question_is_heard_whatever_stands_next_to_its_word() -> None:
    def asks(saying: str) -> set[str]:
        turn = Turn(saying, page("/", "Home"), SiteIndex(None))
        _, encoded = encode(turn, Matcher(saying, turn.site))
        told = dict(zip(STATE_FEATURES, encoded.state.tolist(), strict=True))
        return {name for name, value in told.items() if name.startswith("asks_") and value}

    assert asks("Who's on duty?") == {"asks_who"}
    assert asks("Lamps: which, and when?") == {"asks_which", "asks_when"}
    assert asks("Open the lamps") == set()


def test_a_number_in_several_groups_is_one_value() -> None:
    found = {span.text: span for span in spans("I've got a new phone: 555 0199. Please note it.")}
    assert found["555 0199"].is_value
    assert not found["555"].is_value
    assert not found["0199"].is_strong
    apart = {span.text: span for span in spans("Room 4, 5 people")}
    assert apart["4"].is_value
    assert apart["5"].is_value


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("by 6 October 2025", "2025-10-06"),
        ("from May 3rd, 2026", "2026-05-03"),
        ("on the 1st of Sept 2024", "2024-09-01"),
    ],
)
def test_a_date_in_words_is_also_what_a_date_field_takes(said: str, date: str) -> None:
    assert {span.text: span.is_value for span in spans(f"Book it {said} please")}[date]


def test_no_date_that_is_in_no_calendar() -> None:
    assert all(not span.text.startswith("2025-") for span in spans("on 31 February 2025"))


def test_spans_are_bounded_on_a_hostile_instruction() -> None:
    assert len(spans("Word" + " Word7" * 400)) <= MAX_SPANS


def test_rare_words_weigh_more_than_common_ones() -> None:
    index = SiteIndex(site_map())
    assert index.weight("amber") > index.weight("lamp") > index.weight("zebra")
    # "lamp" is on 3 of 5 pages, "amber" on one: log(1 + N/df) / log(1 + N)
    assert index.weight("amber") == pytest.approx(1.0)
    assert index.weight("lamp") == pytest.approx(math.log1p(5 / 3) / math.log1p(5))


def test_a_thinned_index_lacks_pages_far_from_the_start_and_no_others() -> None:
    known = site_map()
    far = known.model_copy(update={"pages": tuple(p.model_copy(update={"depth": 2}) for p in known.pages)})
    assert SiteIndex(known).thinned().size == SiteIndex(known).size, "all are near the start"
    index = SiteIndex(far)
    assert 0 < index.thinned().size < index.size
    assert set(index.thinned().pages) < set(index.pages)
    assert index.thinned() is index.thinned()
    assert SiteIndex(None).thinned().size == 0


def test_empty_index_knows_nothing_and_says_so() -> None:
    index = SiteIndex(None)
    assert index.page(SITE + "/") is None
    assert index.goals({"lamp": 1.0}) is None


def test_mentions_are_the_pages_that_an_instruction_names_in_its_order() -> None:
    index = SiteIndex(site_map())
    first, second = index.mentions(words("See the cobalt lamp first, then the chairs"))
    assert first.pages == {index.pages[SITE + "/lamps/2"]}
    assert second.pages == {index.pages[SITE + "/chairs"]}
    assert first.distances[index.pages[SITE + "/"]] == 2
    assert index.mentions(words("Open something nice")) == ()


def test_overlooked_words_match_nothing() -> None:
    index = SiteIndex(site_map())
    assert Matcher("Open the cobalt lamp", index).match("Cobalt")[1] == pytest.approx(1.0)
    blind = Matcher("Open the cobalt lamp", index, overlooked=frozenset(words("cobalt")))
    assert blind.match("Cobalt")[:3] == (0.0, 0.0, 0.0)
    assert [mention.pages for mention in blind.mentions] == [{index.pages[SITE + "/lamps"]}], "lamp is a name too"


def test_goal_distances_lead_to_the_best_page() -> None:
    index = SiteIndex(site_map())
    matcher = Matcher("Open the cobalt lamp", index)
    goals = matcher.goals()
    assert goals is not None
    best = index.pages[SITE + "/lamps/2"]
    assert int(goals.heading.argmax()) == best
    by_total = goals.distances[2]
    assert by_total[best] == 0
    assert by_total[index.pages[SITE + "/lamps"]] == 1
    assert by_total[index.pages[SITE + "/"]] == 2
    assert by_total[index.pages[SITE + "/lamps/1"]] == HORIZON


def test_match_counts_weight_not_words() -> None:
    matcher = Matcher("Open the cobalt lamp", SiteIndex(site_map()))
    of_instruction, of_text, rarest, whole, close = matcher.match("Cobalt lamp")
    assert of_text == pytest.approx(1.0)
    assert 0.5 < of_instruction < 1
    assert rarest == pytest.approx(1.0)
    assert whole == 1.0
    assert close == pytest.approx(1.0)
    assert matcher.match("Chairs")[:4] == (0.0, 0.0, 0.0, 0.0)


def test_rest_leaves_out_what_is_consumed() -> None:
    matcher = Matcher("Open the cobalt lamp", SiteIndex(site_map()))
    assert matcher.rest("Cobalt lamp", matcher.shared("Cobalt lamp")) == 0.0
    assert 0 < matcher.rest("Cobalt lamp", matcher.shared("lamp")) < matcher.match("Cobalt lamp")[0]
