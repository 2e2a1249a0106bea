"""Comparisons made of the little shop, and of lists made by hand: the right answer, and the way that earns it."""

from __future__ import annotations

import asyncio
import re
from random import Random

import pytest

from infra.contracts.observation import Element, Observation, TextChunk
from infra.contracts.sitemap import Edge, Page, SiteMap
from infra.contracts.task import Task, TaskKind
from proposer.atlas import Atlas
from proposer.grounded import everyday
from proposer.grounded.ranking import Ranking, ask, rankings
from proposer.sitemap import page_of
from tests.unit.proposer import observed as o
from tests.unit.proposer.little_shop import HOST, PRODUCTS, Product
from tests.unit.proposer.test_generation import make, website

CHEAP = re.compile(r"cheap|costs (?:the )?le|lowe(?:r|st)|light|weighs (?:the )?le", re.IGNORECASE)


def asks_for_less(instruction: str) -> bool:
    """Return whether an instruction asks for the lower price or the lesser weight, in whatever words."""
    text = instruction.lower()
    if any(said in text for label in ("Price", "Weight") for said in everyday.leaning(label, more=True)):
        return False
    less = any(said in text for label in ("Price", "Weight") for said in everyday.leaning(label, more=False))
    return less or CHEAP.search(instruction) is not None


@pytest.fixture(scope="module")
def comparisons() -> list[Task]:
    return [task for task in asyncio.run(make()).tasks if task.kind is TaskKind.COMPARE]


def named(task: Task) -> list[Product]:
    """Return the products that an instruction names, in its order; people may begin it without a capital."""
    text = task.instruction.lower()
    return sorted((p for p in PRODUCTS.values() if p.name.lower() in text), key=lambda p: text.index(p.name.lower()))


def test_the_answer_is_the_one_that_wins(comparisons: list[Task]) -> None:
    assert len(comparisons) >= 20
    for task in comparisons:
        assert task.evidence is not None
        products = named(task)
        assert len(products) in (2, 3), task.instruction
        wanted = (min if asks_for_less(task.instruction) else max)(products, key=lambda p: p.price)
        assert task.evidence.answer == wanted.name, task.instruction  # the heavier, the dearer


def test_looking_at_one_page_only_is_not_enough(comparisons: list[Task]) -> None:
    for task in comparisons:
        assert task.evidence is not None
        assert set(task.evidence.visited) == {product.name for product in named(task)}
        assert task.evidence.visited_any_order
        assert task.depth >= len(task.evidence.visited)


def test_the_first_wins_as_often_as_the_last() -> None:
    sites = [website().model_copy(update={"id": f"web_{number}"}) for number in range(5)]
    tasks = [task for site in sites for task in asyncio.run(make(site)).tasks if task.kind is TaskKind.COMPARE]
    pairs = [task.evidence for task in tasks if task.evidence and len(task.evidence.visited) == 2]
    first = sum(evidence.answer == evidence.visited[0] for evidence in pairs)
    assert 0.35 * len(pairs) < first < 0.65 * len(pairs)


def test_things_of_different_kinds_are_not_compared(comparisons: list[Task]) -> None:
    # A product is never compared with the contact page, nor by its colour.
    assert {task.skill.partition(":")[2] for task in comparisons} <= {"/product/*"}
    assert not any("colour" in task.instruction.lower() for task in comparisons)


def test_a_category_of_many_pages_is_not_asked_for_its_cheapest(comparisons: list[Task]) -> None:
    assert not [task for task in comparisons if task.skill.startswith("compare-list")]


def listing(chunks: list[TextChunk], elements: list[Element] | None = None) -> tuple[Page, Observation]:
    seen = o.page(f"{HOST}/list", [o.heading("Islands"), *chunks], elements or [])
    return page_of(seen.url, seen, depth=1), seen


def found(
    chunks: list[TextChunk], elements: list[Element] | None = None, pages: tuple[Page, ...] = ()
) -> list[Ranking]:
    page, seen = listing(chunks, elements)
    edges = tuple(Edge(source=page.url, target=other.url, key="k", name=other.heading) for other in pages)
    atlas = Atlas(SiteMap(website_id="w", start_url=f"{HOST}/", pages=(page, *pages), edges=edges))
    return rankings(atlas, page, seen)


TABLE = [
    *(
        o.cell("Area", value, name)
        for name, value in (("Norrick", "758 km²"), ("Jurra", "61 km²"), ("Pellan", "61 km²"))
    ),
    *(o.cell("Motto", "Row together", name) for name in ("Norrick", "Jurra", "Pellan")),
]


def test_a_table_has_a_largest_and_no_smallest_where_two_are_equal() -> None:
    (one,) = found(TABLE)
    assert (one.most, one.least) == ("Norrick", None)
    for seed in range(20):
        words = ask(Random(seed), "Islands", one)  # noqa: S311
        assert words.answer == "Norrick"
        assert any(said in words.question for said in ("largest", "biggest", *everyday.leaning("Area", more=True)))
        assert "Islands" in words.clause


@pytest.mark.parametrize(
    "chunks",
    [
        TABLE[:2],  # two rows
        [*TABLE, o.cell("Motto", "Salt keeps", "Fairholm")],  # a row without an area
        [o.cell("Area", v, n) for n, v in (("Norrick", "7 km²"), ("Jurra", "61 ha"), ("Pellan", "9 km²"))],  # two units
        [o.cell("Area", "7 km²", name) for name in ("Norrick", "Jurra", "Pellan")],  # all the same
        [o.cell("Inhabitants", v, n) for n, v in (("1851", "9"), ("1901", "12"), ("1951", "7"))],  # no names
        [o.cell("Rank", v, n) for n, v in (("Norrick", "1"), ("Jurra", "2"), ("Pellan", "3"))],  # the first is the best
        [o.cell("Code", v, n) for n, v in (("Norrick", "9"), ("Jurra", "12"), ("Pellan", "7"))],  # no amounts
    ],
)
def test_what_cannot_be_ranked(chunks: list[TextChunk]) -> None:
    assert found(chunks) == []


def test_sums_are_no_entries() -> None:
    (one,) = found([*TABLE, o.cell("Area", "880 km²", "Total"), o.cell("Motto", "-", "Total")])
    assert one.most == "Norrick"


@pytest.mark.parametrize(
    "more", [o.link("Next", f"{HOST}/other"), o.link("2", f"{HOST}/list?page=2"), o.button("Load more")]
)
def test_a_list_that_goes_on_has_no_largest(more: Element) -> None:
    assert found(TABLE, [more]) == []


def test_cards_are_ranked_by_what_they_show() -> None:
    products = [
        page_of(seen.url, seen, depth=2).model_copy(update={"template": "/product/*"})
        for seen in (
            o.page(
                f"{HOST}/product/{name.split()[0]}", [o.heading(name), o.row("Price", price), o.row("Rating", "4.5")]
            )
            for name, price in (("Oslo lamp", "$25.00"), ("Narvik lamp", "$19.00"), ("Tromso lamp", "$31.50"))
        )
    ]
    shown = ("$25.00", "$19.00", "$31.50")
    cards = [
        o.link(page.heading, page.url).model_copy(update={"nearby": f"{page.heading} {price}"})
        for page, price in zip(products, shown, strict=True)
    ]
    (one,) = found([], cards, tuple(products))
    assert (one.most, one.least) == ("Tromso lamp", "Narvik lamp")
    unseen = o.link("Bergen lamp", f"{HOST}/product/Bergen").model_copy(update={"nearby": "Bergen lamp $45.00"})
    assert found([], [*cards, unseen], tuple(products)) == [], "the dearest is one that the survey did not see"
    hidden = [cards[0], cards[1], cards[2].model_copy(update={"nearby": "Tromso lamp"})]
    assert found([], hidden, tuple(products)) == []


def test_names_with_prices_are_a_list() -> None:
    pages = tuple(
        Page(url=f"{HOST}/product/{name}", title="", heading=f"{name} lamp") for name in ("Oslo", "Narvik", "Tromso")
    )
    rows = [o.row(page.heading, price) for page, price in zip(pages, ("$25.00", "$19.00", "$31.50"), strict=True)]
    (one,) = found(rows, pages=pages)
    assert (one.most, one.least) == ("Tromso lamp", "Narvik lamp")
