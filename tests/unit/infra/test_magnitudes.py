"""What is read as an amount, and what is left alone because nobody could be sure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from infra.magnitudes import magnitude


@pytest.mark.parametrize(
    ("value", "amount", "unit"),
    [
        ("$41.90", "41.90", "$"),
        ("1,299.50 €", "1299.50", "€"),
        ("€12 per night", "12", "€/night"),
        ("14,197", "14197", ""),
        ("0", "0", ""),
        ("1.8 kg", "1.8", "kg"),
        ("1 year", "1", "year"),
        ("9 years", "9", "year"),
        ("2 h 15 min", "135", "minute"),
        ("45 minutes", "45", "minute"),
        ("758 km²", "758", "km²"),
        ("61 m³/s", "61", "m³/s"),
        ("4.5 / 5", "4.5", "of 5"),
        ("4.5 out of 5 stars", "4.5", "of 5"),
        ("30.4%", "30.4", "%"),
        ("12 in stock", "12", "in stock"),
    ],
)
def test_amounts(value: str, amount: str, unit: str) -> None:
    read = magnitude(value)
    assert read is not None
    assert (read.amount, read.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    "value",
    [
        "LP-20417", "No. 20", "007", "+351 21 555 0100", "01555 8146 15", "8:00 to 21:00", "10–12", "12 May", "9 am",
        "12 Mill Lane", "33 Orchard Lane", "15 glass panes, some chipped", "1free", "1.299 €", "3,5 kg", "12/05/2024",
        "3 of 12", "Step-free", "",
    ],
)  # fmt: skip
def test_what_is_no_amount_for_certain(value: str) -> None:
    assert magnitude(value) is None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("13 April 2019", "1 May 2019"),
        ("31 January 2024", "1 February 2024"),
        ("2023-12-31", "2024-01-01"),
        ("Mon, 3 Mar 2025", "March 4, 2025"),
        ("June 2023", "May 2024"),
        ("11 March 2024, 18:26", "11 March 2024, 18:27"),
        ("1204", "1999"),
    ],
)
def test_dates_keep_their_order(earlier: str, later: str) -> None:
    first, second = magnitude(earlier), magnitude(later)
    assert first is not None
    assert second is not None
    assert first.alike(second)
    assert first.amount < second.amount


def test_only_one_unit_compares() -> None:
    kilos, grams, pounds, dollars, plain, day, month = (
        magnitude(value) for value in ("2 kg", "900 g", "£5", "$5", "5", "1 May 2024", "May 2024")
    )
    assert None not in (kilos, grams, pounds, dollars, plain, day, month)
    for one, other in ((kilos, grams), (pounds, dollars), (dollars, plain), (day, month)):
        assert one is not None
        assert other is not None
        assert not one.alike(other)
