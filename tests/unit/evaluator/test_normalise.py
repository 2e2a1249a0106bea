"""Values that mean the same compare equal, and nothing else does."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluator.comparison import same_answer, same_label, same_value
from evaluator.normalise import fold, moments, number, quantity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  Solid   OAK. ", "solid oak"),
        ("Café crème", "cafe creme"),
        ("“Rock ‘n’ Roll”", "\"rock 'n' roll\""),
        ("$12.00", "12"),
        ("12.00 USD", "$12"),
        ("US$ 1,299.00", "$1299"),
        ("1.299,00 €", "EUR 1,299.00"),
        ("1.299 €", "1299"),
        ("1 299,50", "1299.5"),
        ("1'299.50", "1,299.50"),
        ("£3", "3 GBP"),
        ("-$5.00", "$-5"),
        ("1.2 kg", "1200 g"),
        ("75 centimetres", "75cm"),
        ("0.75 m", "75 cm"),
        ("2 hours", "120 min"),
        ("1 year", "12 months"),
        ("20 %", "20 percent"),
        ("12 reviews", "12 Review"),
        ("two", "2"),
        ('27"', "27 inches"),
        (".5 l", "500 ml"),
        ("5 March 2024", "2024-03-05"),
        ("Tue, 5 Mar 2024", "March 5th, 2024"),
        ("05.03.2024", "5 March 2024"),
        ("03/05/2024", "May 3, 2024"),
        ("2:30 pm", "14:30"),
        ("12:05 am", "00:05"),
        ("2024-03-05T14:30:00Z", "5 March 2024 at 2:30 pm"),
    ],
)
def test_ways_to_write_the_same(one: str, other: str) -> None:
    assert same_value(one, other)
    assert same_value(other, one)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("$12", "€12"),
        ("$12.01", "$12"),
        ("-5", "5"),
        ("5", "5 kg"),  # which of the page's fives?
        ("5 kg", "5"),
        ("5 kg", "5 lb"),
        ("12 reviews", "12"),
        ("12 reviews", "12 left"),
        ("007", "7"),
        ("1,29", "129"),
        ("1.299", "1299"),
        ("12 - 14", "12"),
        ("12 14", "12"),
        ("20%", "0.2"),
        ("5 March", "5 March 2024"),
        ("5 March 2024", "5 March 2024 at 14:30"),
        ("5 March 2024", "5 May 2024"),
        ("2:30 am", "2:30 pm"),
        ("N/A", "12"),
        ("", "12"),
        ("oak wood", "oak"),
        ("", "!"),
        ("C", "C++"),
    ],
)
def test_different_things_stay_different(given_: str, expected: str) -> None:
    assert not same_value(given_, expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,299", "1299"),
        ("12,50", "12.5"),
        ("1,234,567.89", "1234567.89"),
        ("0.5", "0.5"),
        ("3", "3"),
        ("1,2,3", None),
        ("12,34,567", None),
        ("1.2.3", None),
        ("seven", "7"),
        ("x", None),
    ],
)
def test_numbers(text: str, value: str | None) -> None:
    assert number(text) == (Decimal(value) if value is not None else None)


def test_a_date_that_can_be_read_two_ways_has_two_readings() -> None:
    assert len(moments("03/05/2024")) == 2
    assert len(moments("13/05/2024")) == 1
    assert moments("31/31/2024") == moments("Bay 12, 2024") == moments("25:00") == frozenset()


def test_labels_lose_the_marks_of_a_required_field() -> None:
    assert same_label("E-mail *", "e-mail:")
    assert same_label("Phone (optional)", "Phone")
    assert not same_label("", "*")
    assert not same_label("Price", "Unit price")


@pytest.mark.parametrize(
    "answer",
    ["12.00", "$12", "Price: $12.00", "The price is $12.00.", "It costs 12 USD", "price = 12"],
)
def test_an_answer_may_come_in_one_plain_wrapper(answer: str) -> None:
    assert same_answer(answer, "12.00")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Oak or Pine", "Oak"),
        ("Pine, Oak", "Oak"),
        ("It is not Oak", "Oak"),
        ("It isn't: Oak", "Oak"),
        ("Oak: Pine", "Oak"),
        ("Either Pine or: Oak", "Oak"),
        ("Oak or Pine: Oak", "Oak"),
        ("Pine: Birch: Oak", "Oak"),
        ("Price: $12.00 Weight: 5 kg", "$12.00"),
        ("Price 10: 12", "12"),
        ("10, 11: 12", "12"),
        ("Price: 12\nWeight: 5 kg", "12"),
        ("The price is", "12"),
        (": 12", "13"),
    ],
)
def test_a_list_a_hedge_or_a_dump_is_no_answer(answer: str, expected: str) -> None:
    assert not same_answer(answer, expected)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparison_never_raises_and_every_text_means_itself(one: str, other: str) -> None:
    same_answer(one, other)
    assert same_value(one, one)


@given(st.decimals(0, 10_000_000, places=2), st.sampled_from(["${}", "{} €", "USD {}", "{}", "£{}"]))
def test_money_is_the_same_with_and_without_separators(amount: Decimal, form: str) -> None:
    assert same_value(form.format(f"{amount:,.2f}"), form.format(f"{amount:.2f}"))
    european = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert same_value(form.format(european), form.format(f"{amount:.2f}"))


@given(st.decimals(0, 1_000_000, places=2), st.decimals(0, 1_000_000, places=2))
def test_other_amounts_are_other_amounts(one: Decimal, other: Decimal) -> None:
    assume(one != other)
    assert not same_value(f"${one:,.2f}", f"${other:.2f}")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_dates_in_every_format(day: date, other: date) -> None:
    forms = [f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%a, %d %b %Y}", f"{day:%Y/%m/%d}"]
    assert all(same_value(form, day.isoformat()) for form in forms)
    assert (day == other) == same_value(f"{day:%d %B %Y}", other.isoformat())


@given(
    st.text(string.ascii_lowercase, min_size=1, max_size=12),
    st.lists(st.text(string.ascii_lowercase, min_size=1), min_size=1),
)
def test_an_answer_with_further_words_after_the_value_fails(value: str, more: list[str]) -> None:
    assume(quantity(f"{value} {' '.join(more)}") is None)
    assert not same_answer(f"Answer: {value} {' '.join(more)}", value)
