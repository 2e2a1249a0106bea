"""Facts, forms, controls and entries read from observations."""

from __future__ import annotations

from random import Random

import pytest

from infra.contracts.observation import FormShape, TextChunk
from proposer.controls import controls, entries, field_sets, script
from proposer.grounded import find
from proposer.reading import main_heading
from proposer.sitemap import facts_of, forms_of, page_of
from proposer.values import value_for
from tests.unit.proposer import observed as o

POST = FormShape(index=0, method="POST", action="http://a.test/order/17", name="Delivery")
RNG = Random(3)  # noqa: S311


def test_the_main_heading_is_the_first_of_the_highest_level() -> None:
    chunks = [o.heading("News", 2), o.heading("Lamps", 1), o.heading("Chairs", 1)]
    assert main_heading(o.page("http://a.test/", chunks)) == "Lamps"
    assert main_heading(o.page("http://a.test/", title="A title")) == "A title"


def test_the_sites_name_is_no_pages_heading() -> None:
    chunks = [o.heading("My shop", 1), o.heading("Oslo lamp", 1)]
    page = page_of("http://a.test/x", o.page("http://a.test/x", chunks), depth=1, frame=frozenset({"My shop"}))
    assert page.heading == "Oslo lamp"


def test_a_repeated_label_is_about_its_section() -> None:
    def hours(place: str, value: str) -> TextChunk:
        return o.row("Hours", value).model_copy(update={"subject": place})

    chunks = [hours("Leeds", "9-17"), hours("York", "10-16"), o.row("Phone:", "555")]
    facts = {(fact.label, fact.value): fact.subject for fact in facts_of(chunks, "Contact")}
    assert facts == {("Hours", "9-17"): "Leeds", ("Hours", "10-16"): "York", ("Phone", "555"): "Contact"}
    fact = next(fact for fact in facts_of(chunks, "Contact") if fact.value == "10-16")
    contact = page_of(
        "http://a.test/contact", o.page("http://a.test/contact", [o.heading("Contact"), *chunks]), depth=1
    )
    clause, question = find.words(RNG, fact, contact)
    assert "York" in clause and "Contact" in clause  # noqa: PT018
    assert "hours" in question


def test_forms_keep_their_visible_fields() -> None:
    page = o.page("http://a.test/", elements=[o.field("City", required=True), o.button("Send")], forms=[POST])
    (form,) = forms_of(page)
    assert (form.method, form.name, form.submit_name) == ("POST", "Delivery", "Send")
    assert [(field.name, field.required) for field in form.fields] == [("City", True)]
    assert list(forms_of(o.page("http://a.test/", forms=[POST]))) == []


def test_a_control_is_the_same_on_other_pages() -> None:
    def signature(number: int, name: str) -> str:
        form = POST.model_copy(update={"action": f"http://a.test/order/{number}"})
        page = o.page("http://a.test/", elements=[o.button(f"Add {name} to cart")], forms=[form])
        (control,) = controls(page, {"heading": name})
        return control.signature

    assert signature(17, "Oslo lamp") == signature(18, "Porto chair")


@pytest.mark.parametrize(
    "elements",
    [
        [o.field("Password", input_type="password"), o.button("Log in")],
        [o.button("Delete account")],
        [o.button("Add"), o.button("Add")],
        [o.field("Quantity"), o.button("Sold out").model_copy(update={"disabled": True})],
    ],
)
def test_controls_that_are_left_alone(elements: list[object]) -> None:
    shapes = [POST, POST.model_copy(update={"index": 1})]
    second = [element for element in elements[1:] if len(elements) == 2 and elements[0] == elements[1]]
    moved = [element.model_copy(update={"form": 1}) for element in second]  # type: ignore[attr-defined]
    page = o.page("http://a.test/", elements=[*elements[: len(elements) - len(moved)], *moved], forms=shapes)  # type: ignore[list-item]
    assert controls(page, {}) == []


def test_the_least_and_all_fields_are_filled() -> None:
    fields = [
        o.field("Name", required=True),
        o.field("Phone", input_type="tel"),
        o.field("Country", role="combobox", options=("Choose…", "Norway", "Italy"), value="Choose…", required=True),
    ]
    terms = o.field("Terms", role="checkbox", input_type="checkbox", required=True, checked=False)
    page = o.page("http://a.test/", elements=[*fields, terms, o.button("Send")], forms=[POST])
    (control,) = controls(page, {})
    least, everything = field_sets(control)
    assert [field.name for field in everything] == ["Name", "Phone", "Country"]
    assert [field.name for field in least] == ["Name", "Country"]
    made = entries(control, everything, RNG)
    assert made is not None
    assert [(entry.field, entry.stated) for entry in made] == [
        ("Name", True),
        ("Phone", True),
        ("Country", True),
        ("Terms", False),
    ]
    assert made[2].value in ("Norway", "Italy")
    steps = script(control, made)
    assert [step.value for step in steps][-2:] == [None, None]


def test_one_radio_of_each_group_is_chosen() -> None:
    radios = [
        o.field(name, role="radio", input_type="radio", checked=False).model_copy(
            update={"key": f"radio|{name}|{name}||{group}"}
        )
        for group, name in (("speed", "Standard"), ("speed", "Express"), ("wrap", "Gift"), ("wrap", "Plain"))
    ]
    page = o.page("http://a.test/", elements=[o.field("Name", required=True), *radios, o.button("Send")], forms=[POST])
    (control,) = controls(page, {})
    made = entries(control, control.fields, RNG)
    assert made is not None
    chosen = {entry.field for entry in made if entry.click}
    assert len(chosen) == 2
    assert len(chosen & {"Standard", "Express"}) == 1


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (o.field("E-mail"), "@example.com"),
        (o.field("Anything", input_type="date"), "2027-"),
        (o.field("Country", role="combobox", options=("Select…", "Italy"), value="Select…"), "Italy"),
    ],
)
def test_values_fit_their_fields(element: object, expected: str) -> None:
    value = value_for(element, RNG)  # type: ignore[arg-type]
    assert value is not None
    assert expected in value


def test_what_cannot_be_invented() -> None:
    assert value_for(o.field("Secret", input_type="password"), RNG) is None
    assert value_for(o.field("Upload", input_type="file"), RNG) is None
