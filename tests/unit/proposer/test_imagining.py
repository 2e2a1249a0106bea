"""A page is told with other names and values than it was seen with."""

from __future__ import annotations

from infra.contracts.visit import ScriptStep
from proposer.imagining import Names, changed, element_of, entered, takes
from tests.unit.proposer import observed as o

FIRST = o.page(
    "http://shop.test/oslo",
    [o.heading("Oslo lamp"), o.text("Home is where it stands")],
    [o.field("Name"), o.field("Deliver to", role="combobox", value="Home", options=("Home", "Work")), o.button("Add")],
)
AFTER = o.page(
    "http://shop.test/cart",
    [o.message("Oslo lamp was added"), o.text("Oslo lamps are lovely"), o.cell("Price", "$20.00", "Oslo lamp")],
    [o.link("Oslo lamp", "http://shop.test/oslo"), o.field("For", value="Ada Park")],
)
OLD = {"heading": "Oslo lamp", "fact:price": "$20.00", "fact:stock": "12", "fact:colour": "black"}
NEW = {"heading": "Bergen lamp", "fact:price": "$27.00", "fact:stock": "9"}


def said(names: Names) -> list[str]:
    seen = names.put_into(AFTER)
    cells = [chunk.subject or "" for chunk in seen.chunks if chunk.subject]
    return [chunk.text for chunk in seen.chunks] + cells + [one.name for one in seen.elements]


def test_names_and_facts_of_one_page_give_way_to_those_of_another() -> None:
    assert said(Names(FIRST, OLD, NEW, ())) == [
        "Bergen lamp was added",
        "Oslo lamps are lovely",  # another word
        "$27.00",
        "Bergen lamp",
        "Bergen lamp",
        "For",
    ]


def test_what_was_entered_gives_way_to_what_is_entered_instead() -> None:
    names = Names(FIRST, OLD, OLD, [("Ada Park", "Ben Sommer")])
    assert [one.value for one in names.put_into(AFTER).elements] == [None, "Ben Sommer"]


def test_what_the_page_said_before_stays_and_so_do_short_words_and_numbers() -> None:
    after = o.page("http://shop.test/cart", [o.text("Home, 12 of them, at 9001, by ad")])
    pairs = [("Home", "Work"), ("12", "13"), ("ad", "ed"), ("9001", "8001"), (None, "x"), ("by ad", None)]
    assert Names(FIRST, {}, {}, pairs).put_into(after).chunks[0].text == "Home, 12 of them, at 9001, by ad"


def test_a_value_is_seen_in_its_field_once_entered() -> None:
    filled = entered(FIRST, ScriptStep(key="textbox|Name|0", value="Ada"))
    assert [one.value for one in filled.elements] == ["Ada", "Home", None]
    assert entered(FIRST, ScriptStep(key="button|Add|0")) == FIRST
    assert entered(FIRST, ScriptStep(key="nothing", value="Ada")) == FIRST


def test_a_box_is_ticked_and_a_radio_unsets_its_like() -> None:
    boxes = [o.field(name, role="checkbox", checked=ticked) for name, ticked in (("Gift", False), ("News", True))]
    radios = [
        o.field(name, role="radio", checked=name == "Post").model_copy(update={"key": f"radio|{name}|||by"})
        for name in ("Post", "Van")
    ]
    page = o.page("http://shop.test/", (), [*boxes, *radios])
    for key in ("checkbox|Gift|0", "checkbox|News|0", "radio|Van|||by"):
        page = entered(page, ScriptStep(key=key))
    assert [one.checked for one in page.elements] == [True, False, False, True]


def test_a_drop_down_takes_its_options_alone() -> None:
    key = "combobox|Deliver to|0"
    assert takes(FIRST, ScriptStep(key=key, value="Work"))
    assert not takes(FIRST, ScriptStep(key=key, value="Moon"))
    assert takes(FIRST, ScriptStep(key="textbox|Name|0", value="Moon"))
    assert takes(FIRST, ScriptStep(key="not here yet", value="Moon"))


def test_an_element_is_found_by_its_key() -> None:
    assert element_of(FIRST, "button|Add|0") == FIRST.elements[2]
    assert element_of(FIRST, "button|Drop|0") is None


def test_a_value_that_cannot_be_exchanged_is_noticed_where_it_stands() -> None:
    after = o.page("http://shop.test/cart", [o.text("3 of them"), o.text("Home is where it stands")])
    assert Names(FIRST, {}, {}, [("3", "4")]).wanting(FIRST, after)
    assert not Names(FIRST, {}, {}, [("5", "4")]).wanting(FIRST, after)
    assert not Names(FIRST, {}, {}, [("Home", "Work")]).wanting(FIRST, after)  # it stood there before


def test_a_box_that_is_ticked_already_does_not_take_the_click() -> None:
    ticked, empty = (o.field("Gift", role="checkbox", checked=state) for state in (True, False))
    page = o.page("http://shop.test/", (), [ticked])
    assert takes(page, ScriptStep(key=ticked.key), ticked)
    assert not takes(page, ScriptStep(key=ticked.key), empty)


def test_what_was_done_on_one_page_is_seen_on_another_that_keeps_its_own() -> None:
    at = o.page("http://shop.test/bergen", [o.heading("Bergen lamp"), o.text("Blue")], [o.button("Follow")])
    first = o.page("http://shop.test/oslo", [o.heading("Oslo lamp"), o.text("Red")], [o.button("Follow")])
    after = o.page(
        "http://shop.test/oslo",
        [o.message("You follow it"), o.heading("Oslo lamp"), o.text("Red")],
        [o.button("Unfollow"), o.link("List", "http://shop.test/list")],
    )
    seen = changed(at, first, after)
    assert seen.url == at.url
    assert [chunk.text for chunk in seen.chunks] == ["You follow it", "Bergen lamp", "Blue"]
    assert [(one.name, one.mark) for one in seen.elements] == [("Unfollow", 0), ("List", 1)]
