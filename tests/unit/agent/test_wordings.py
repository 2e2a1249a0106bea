"""Direct words of people that are read as what they are: values, names, ends of lists, forms of words."""

from __future__ import annotations

import pytest

from agent.policy.comparing import names
from agent.policy.directions import directions, said_ends
from agent.policy.field_features import _type_fit
from agent.policy.meaning import clauses
from agent.policy.spans import Span, spans
from agent.policy.stated import value_clauses
from agent.policy.text import stem, words
from tests.unit.proposer import observed as o


def strong(instruction: str) -> list[str]:
    return [span.text for span in spans(instruction) if span.is_strong]


def span(instruction: str, text: str) -> Span:
    return next(one for one in spans(instruction) if one.text == text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("saved", "save"), ("rated", "rate"), ("ratings", "rating"), ("rating", "rate"), ("starred", "star"),
        ("pinned", "pin"), ("planned", "plan"), ("shipping", "ship"), ("settings", "setting"), ("boxes", "box"),
        ("addresses", "address"), ("categories", "category"), ("merged", "merge"), ("searches", "search"),
    ],
)  # fmt: skip
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_that_only_look_like_forms_stay() -> None:
    assert len({stem(word) for word in ("evening", "even", "news", "new", "status", "stat", "string")}) == 7


def test_words_are_the_same_however_they_are_written() -> None:
    assert words("Stapler—then women’s E-mail, two stars") == words("stapler then women's email 2 stars")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("cost 60 dollars at most", ()),
        ("at least 4 stars, dearest first", (1,)),
        ("no more than 60, lowest price first", (-1,)),
        ("the cheapest at the top", (-1,)),
        ("most affordable first", (-1,)),
        ("least expensive first", (-1,)),
        ("most expensive first", (1,)),
        ("Price: high to low", (1, -1)),
    ],
)
def test_which_end_is_spoken_of(text: str, ends: tuple[int, ...]) -> None:
    assert said_ends(text) == ends


def test_a_bound_asks_for_no_order() -> None:
    assert directions("Price: high to low", "sports items that cost 60 dollars at most") == [0.0, 1.0, 0.0, 0.0]
    assert directions("Price: low to high", "most affordable first")[2:] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("instruction", "name"),
    [
        ("Go to Ruby Baths. Give it two stars.", "Ruby Baths"),
        ("Hi there. Bookmark Ruby Baths for me", "Ruby Baths"),
        ("I'm Robin Sommer now", "Robin Sommer"),
        ("My parcel is at Quay Lane. Where is that?", "Quay Lane"),
    ],
)
def test_a_name_is_whole_beside_full_stops_and_orders(instruction: str, name: str) -> None:
    assert name in strong(instruction)


@pytest.mark.parametrize(
    "instruction",
    [
        "Compare Summit Lamp with Cobalt Suitcase. Which costs less?",
        "Take Summit Lamp and Cobalt Suitcase. Tell me which is cheaper",
        "Summit Lamp or Cobalt Suitcase: whichever is cheaper",
    ],
)
def test_the_things_compared_are_named_without_the_order(instruction: str) -> None:
    assert names(spans(instruction)) == ["Summit Lamp", "Cobalt Suitcase"]


def test_numbers_are_read_whole_and_bare() -> None:
    found = {one.text for one in spans("under $60 or 1,200 at 18:30, see https://a.test/x")}
    assert {"60", "1,200", "1200", "18:30", "https://a.test/x"} <= found


def test_a_courtesy_is_no_part_of_a_value() -> None:
    assert span("search for garden pls", "garden").joined == (False, False)
    assert "WillowOskar" in {one.text for one in spans("WillowOskar's profile")}


def test_what_is_quoted_comes_first() -> None:
    said = 'title "crash on start", body "It dies with Error 12 on Debian 12", for Ann Lee and Fedora 40'
    assert [one.quoted for one in spans(said)][:3] == [True, True, False]
    assert span("Titled „Warm the cache“ please", "Warm the cache").quoted


def test_every_clause_is_heard() -> None:
    said = "Hi there, I moved house, the street is X road, the town is Ashby, and the postcode is FW2."
    assert clauses(said)[1:] == ["Hi there", "I moved house", "the street is X road", "the town is Ashby",
                                 "and the postcode is FW2."]  # fmt: skip
    assert clauses("Cart: Summit Lamp. Thanks a lot")[1:] == ["Cart: Summit Lamp.", "Thanks a lot"]


@pytest.mark.parametrize("name", ["E-mail", "Your email", "Mail address"])
def test_an_address_fits_a_field_for_it(name: str) -> None:
    said = "I'm Robin Sommer now, and my email address is robin@sommer.example"
    assert _type_fit(o.field(name), span(said, "robin@sommer.example")) == (1.0, 0.0)
    assert _type_fit(o.field(name), span(said, "Robin Sommer")) == (0.0, 1.0)
    assert _type_fit(o.field("Town"), span(said, "robin@sommer.example")) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("instruction", "text"),
    [
        (
            "Post a reply: Thanks, that worked for me. It was worn.",
            "Thanks, that worked for me. It was worn",
        ),
        ("Post a reply: Thanks, that worked for me. Then go back", "Thanks, that worked for me"),
        ("Make a list called The Long Way Home please", "The Long Way Home"),
        ("write below it: I could not agree more", "I could not agree more"),
    ],
)
def test_texts_that_nobody_quoted_can_be_entered(instruction: str, text: str) -> None:
    assert text in {one.text for one in spans(instruction)}


def test_of_two_dates_each_has_its_own_clause() -> None:
    said = "Book it from 6 October 2025, and I leave on 9 October 2025"
    assert value_clauses(said)["2025-10-06"] == "Book it from it"
    assert value_clauses(said)["2025-10-09"] == "and I leave on it"
