"""Demonstrations of people: what their steps say, and which elements they mean."""

from __future__ import annotations

import pytest

from infra.contracts.observation import FormShape
from proposer.demos.finding import CannotFollow, element_for
from proposer.demos.said import Said, Verb, said
from tests.unit.proposer import observed as o
from tests.unit.proposer.little_shop import HOST


@pytest.mark.parametrize(
    ("step", "means"),
    [
        ("open /find?q=a b", Said(Verb.OPEN, "/find?q=a b")),
        ("open /find?q=lamp", Said(Verb.OPEN, "/find?q=lamp")),
        ("go to https://shop.test/a", Said(Verb.OPEN, "https://shop.test/a")),
        ("click the button “Go”", Said(Verb.CLICK, "Go", "button")),
        ("Click on the Orders link.", Said(Verb.CLICK, "Orders", "link")),
        ("open the cart", Said(Verb.CLICK, "cart")),
        ("press Add to basket", Said(Verb.CLICK, "Add to basket")),
        ('click "Add" beside "Oslo lamp"', Said(Verb.CLICK, "Add", within="Oslo lamp")),
        ("enter “in or into a lamp” into “Search”", Said(Verb.ENTER, "Search", value="in or into a lamp")),
        ("type Ann in the name field", Said(Verb.ENTER, "name", value="Ann")),
        ("fill in E-mail with ann@post.test", Said(Verb.ENTER, "E-mail", value="ann@post.test")),
        ("choose “Price” in #sort", Said(Verb.CHOOSE, "#sort", value="Price")),
        ("select Highest price from Sort", Said(Verb.CHOOSE, "Sort", value="Highest price")),
        ("untick “Gift”", Said(Verb.UNTICK, "Gift")),
        ("press Enter in “Search”", Said(Verb.SUBMIT, "Search")),
        ("press Enter", Said(Verb.SUBMIT)),
        ("search for spades", Said(Verb.SEARCH, value="spades")),
        ("answer: £49.00", Said(Verb.ANSWER, value="£49.00")),
        ("load the page again", Said(Verb.NOTHING)),
        ("scroll down a bit", Said(Verb.NOTHING)),
        ("send POST /cart with qty = 2", None),
        ("then it is done", None),
        ("open it", None),
        ("move “Lamp” to “Wishlist”", None),
        ("look up order 12", None),
        ("upload a file", None),
        ("choose" + 990 * " " + "x", Said(Verb.CLICK, "x")),
    ],
)
def test_what_a_step_says(step: str, means: Said | None) -> None:
    if means is None:
        assert said(step) is None
    else:
        assert said(step) == means


def test_an_element_is_found_by_its_name_its_role_and_its_row() -> None:
    rows = [
        o.button("Add").model_copy(update={"key": key, "nearby": f"{name} $9.00"})
        for key, name in (("a", "Oslo lamp"), ("b", "Bergen lamp"))
    ]
    page = o.page(f"{HOST}/", [], [o.link("Add a review", f"{HOST}/review"), *rows])
    assert element_for(Said(Verb.CLICK, "add", within="bergen lamp"), page).key == "b"
    assert element_for(Said(Verb.CLICK, "review"), page).role == "link"
    with pytest.raises(CannotFollow, match="nothing to click “view”"):
        element_for(Said(Verb.CLICK, "view"), page)
    with pytest.raises(CannotFollow, match="2 things of the name “Add”"):
        element_for(Said(Verb.CLICK, "Add", "button"), page)
    with pytest.raises(CannotFollow, match="nothing to click “Basket”"):
        element_for(Said(Verb.CLICK, "Basket"), page)


def test_a_search_box_is_known_by_its_role_or_by_being_the_only_field_of_a_search() -> None:
    find = Said(Verb.SEARCH, value="spade")
    email, word = o.field("Your e-mail", 0), o.field("Word", 1)
    newsletter, search = (
        FormShape(index=index, method=method, action=f"{HOST}/x") for index, method in enumerate(("POST", "GET"))
    )
    with pytest.raises(CannotFollow, match="nothing to search"):
        element_for(find, o.page(f"{HOST}/", [], [email], [newsletter]))
    assert element_for(find, o.page(f"{HOST}/", [], [email, word], [newsletter, search])).name == "Word"
