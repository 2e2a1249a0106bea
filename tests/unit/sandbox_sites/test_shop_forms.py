"""What the shop reads in its forms, and what it tells of its goods."""

from __future__ import annotations

import pytest

from sandbox_sites.shop.account import wrong_with
from sandbox_sites.shop.checks import cents, is_email
from sandbox_sites.shop.extras import CARE, questions
from sandbox_sites.shop.seed import MATERIALS, catalogue

HOME = {"label": "Home", "recipient": "Ada Holt", "street": "5 Quay Street", "postcode": "4050-253", "city": "Porto"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12", 1200), ("$12.5", 1250), (" 12,05 ", 1205), ("0", 0), ("12 $", 1200), ("999999", 99_999_900)],
)
def test_an_amount_is_read(text: str, amount: int) -> None:
    assert cents(text) == amount


@pytest.mark.parametrize("text", ["", "-1", "1e5", "nan", "²", "٣", "1.234", "12.50.1", "1000000", "twelve", "\x00"])
def test_what_is_no_amount_is_not_read(text: str) -> None:
    assert cents(text) is None


def test_e_mail_addresses_are_told_from_other_texts() -> None:
    assert is_email("ada@mail.example")
    assert not any(map(is_email, ("", "ada", "ada@mail", "ada holt@mail.example", "@mail.example")))


def test_an_address_is_complete_and_has_a_real_postcode() -> None:
    assert wrong_with(HOME) == {}
    assert set(wrong_with({})) == set(HOME)
    assert set(wrong_with({**HOME, "postcode": "Porto"})) == {"postcode"}


@pytest.mark.parametrize("seed", range(3))
def test_all_goods_have_details_of_their_instance(seed: int) -> None:
    goods = catalogue(seed)
    assert set(CARE) == set(MATERIALS)
    assert set(goods.details) == {product.slug for product in goods.products}
    assert questions(seed) == goods.questions != questions(seed + 1)
