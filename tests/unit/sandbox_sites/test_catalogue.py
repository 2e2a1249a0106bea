"""The shop's goods and lists."""

from __future__ import annotations

import pytest

from sandbox_sites.shop.listing import PER_PAGE, Listing
from sandbox_sites.shop.seed import NOUNS, catalogue


@pytest.mark.parametrize("seed", range(6))
def test_goods_are_distinct_and_repeatable(seed: int) -> None:
    products = catalogue(seed).products
    assert len(products) >= 60
    assert len(NOUNS) >= 6
    assert len({product.name for product in products}) == len({product.slug for product in products}) == len(products)
    assert any(product.stock == 0 for product in products)
    catalogue.cache_clear()
    assert catalogue(seed).products == products


def test_another_seed_gives_another_shop() -> None:
    assert {p.name for p in catalogue(0).products} != {p.name for p in catalogue(1).products}


def test_a_list_filters_sorts_and_pages() -> None:
    goods = catalogue(0).products
    first, last = Listing.of(goods, {"sort": "price"}), Listing.of(goods, {"sort": "price", "page": "999"})
    assert len(first.products) == PER_PAGE
    assert last.page == last.pages
    assert first.products[0].price == min(product.price for product in goods)
    assert last.products[-1].price == max(product.price for product in goods)
    cheap = Listing.of(goods, {"most": "40", "stock": "1"})
    assert cheap.count == sum(product.price <= 4000 and product.stock > 0 for product in goods)


def test_nonsense_counts_as_not_given() -> None:
    goods = catalogue(0).products
    nonsense = {"sort": "upwards", "brand": "Nobody", "most": "cheap", "page": "-3"}
    assert Listing.of(goods, nonsense).products == Listing.of(goods, {}).products


def test_a_search_wants_every_word() -> None:
    goods = catalogue(0).products
    assert [p.name for p in Listing.matching(goods, "desk LAMP")] == [p.name for p in goods if "Desk Lamp" in p.name]
    assert Listing.matching(goods, " ") == []
