"""Each part of the evidence has a case that passes and one that fails; known exploits fail."""

from __future__ import annotations

import pytest

from evaluator.evidence import judge, same_page
from infra.contracts.action import Answer, Click, Select, Type
from infra.contracts.attempt import StopReason, Trajectory
from infra.contracts.observation import Element, Observation
from infra.contracts.task import Task
from infra.contracts.verdict import Outcome
from tests.unit.evaluator.builders import (
    SITE,
    button,
    field,
    heading,
    line,
    page,
    row,
    task,
    trajectory,
)

HOME = page(
    "/", heading("Welcome"), line("Fresh every day"), row("Open", "9–17"), elements=(button(0, "Go", form=None),)
)
LAMP = page(
    "/product/3?b=2&a=1", heading("Desk Lamp"), heading("Also liked", 2), row("Price", "$12.00"), line("In stock")
)
DONE = Answer()


def outcome(task_: Task, trajectory_: Trajectory) -> Outcome:
    return judge(task_, trajectory_).outcome


def went_to_lamp(answer: str | None = None) -> Trajectory:
    return trajectory((HOME, Click(mark=0)), (LAMP, Answer(text=answer)))


@pytest.mark.parametrize(
    ("evidence", "answer", "expected"),
    [
        ({"url": f"{SITE}/product/3?a=1&b=2"}, None, Outcome.SUCCESS),
        ({"url": "/product/3?a=1&b=2"}, None, Outcome.SUCCESS),
        ({"url": f"{SITE}/product/4"}, None, Outcome.FAILURE),
        ({"url": "http://127.0.0.1:9/product/3?a=1&b=2"}, None, Outcome.FAILURE),
        ({"heading": "desk  lamp"}, None, Outcome.SUCCESS),
        ({"heading": "Also liked"}, None, Outcome.FAILURE),  # on the page, but not what the page is about
        ({"heading": "Desk Lamp", "url": f"{SITE}/compare?id=3"}, None, Outcome.FAILURE),  # right heading, wrong page
        ({"facts": [("price:", "12 USD")]}, None, Outcome.SUCCESS),
        ({"facts": [("Price", "$13.00")]}, None, Outcome.FAILURE),
        ({"facts": [("Weight", "$12.00")]}, None, Outcome.FAILURE),  # the value under another label
        ({"lines": ["in stock"]}, None, Outcome.SUCCESS),
        ({"lines": ["in stock", "Fresh every day"]}, None, Outcome.FAILURE),  # every line, not the best ones
        ({"visited": ["Welcome", "Desk Lamp"]}, None, Outcome.SUCCESS),
        ({"visited": ["Desk Lamp", "Welcome"]}, None, Outcome.FAILURE),
        ({"answer": "$12.00"}, "12.00", Outcome.SUCCESS),
        ({"answer": "$12.00"}, "Price: $12.00", Outcome.SUCCESS),
        ({"answer": "$12.00"}, "13.00", Outcome.FAILURE),
        ({"answer": "$12.00"}, None, Outcome.FAILURE),
        ({"answer": "$12.00"}, "N/A", Outcome.FAILURE),
        ({"answer": "$12.00"}, "Desk Lamp Price $12.00 In stock", Outcome.FAILURE),  # a dump of the page
        ({"answer": "$12.00", "heading": "Welcome"}, "12", Outcome.FAILURE),
        ({"heading": "Desk Lamp"}, "$12.00", Outcome.FAILURE),  # an answer that nobody asked for
        ({"heading": "Desk Lamp"}, "  ", Outcome.SUCCESS),
    ],
)
def test_parts(evidence: dict[str, object], answer: str | None, expected: Outcome) -> None:
    verdict = judge(task(**evidence), went_to_lamp(answer))
    assert verdict.outcome is expected, verdict.reason
    assert all(held for _, held in verdict.criteria) == (expected is Outcome.SUCCESS)


def test_a_line_that_was_there_at_the_start_is_no_evidence() -> None:
    stays = trajectory((HOME, DONE))
    assert outcome(task(lines=["Fresh every day"]), stays) is Outcome.FAILURE


def test_more_submits_than_the_proposer_needed_fail() -> None:
    done = page("/cart", heading("Cart"), line("1 item"))
    once = trajectory((HOME, Click(mark=0), "POST /cart/add"), (done, DONE))
    twice = trajectory((HOME, Click(mark=0), "POST /cart/add"), (HOME, Click(mark=0), "POST /cart/add"), (done, DONE))
    wanted = task(lines=["1 item"], max_submits=1)
    assert outcome(wanted, once) is Outcome.SUCCESS
    assert outcome(wanted, twice) is Outcome.FAILURE
    assert outcome(task(lines=["1 item"]), once) is Outcome.FAILURE


def test_what_was_said_on_the_way_counts_though_it_is_gone() -> None:
    added = page("/cart", heading("Cart"), line("Lamp was added"))
    way = trajectory((HOME, Click(mark=0)), (added, Click(mark=0)), (LAMP, Answer()))
    assert outcome(task(said=["lamp was added"]), way) is Outcome.SUCCESS
    assert outcome(task(said=["Mat was added"]), way) is Outcome.FAILURE
    assert outcome(task(said=["Fresh every day"]), way) is Outcome.FAILURE, "the first page said it already"


def test_an_impossible_task_is_called_so_or_failed() -> None:
    asked = task(impossible=True, visited=["Desk Lamp"])
    assert outcome(asked, trajectory((HOME, Click(mark=0)), (LAMP, Answer(impossible=True)))) is Outcome.SUCCESS
    assert outcome(asked, went_to_lamp()) is Outcome.FAILURE
    assert outcome(asked, went_to_lamp("no")) is Outcome.FAILURE
    assert outcome(asked, trajectory((HOME, Answer(impossible=True)))) is Outcome.FAILURE, "nobody looked"
    changed = trajectory((HOME, Click(mark=0)), (LAMP, Answer(impossible=True)))
    steps = (changed.steps[0].model_copy(update={"requests": ("POST /cart",)}), changed.steps[1])
    assert outcome(asked, changed.model_copy(update={"steps": steps})) is Outcome.FAILURE, "something was changed"


def test_a_comparison_wants_both_pages_looked_at_in_any_order() -> None:
    mat = page("/product/4", heading("Door Mat"), row("Price", "$9.00"))
    cheaper = task(answer="Door Mat", visited=["Desk Lamp", "Door Mat"], visited_any_order=True)
    right = Answer(text="Door Mat")
    assert outcome(cheaper, trajectory((HOME, Click(mark=0)), (LAMP, Click(mark=0)), (mat, right))) is Outcome.SUCCESS
    assert outcome(cheaper, trajectory((HOME, Click(mark=0)), (mat, Click(mark=0)), (LAMP, right))) is Outcome.SUCCESS
    assert outcome(cheaper, trajectory((HOME, Click(mark=0)), (mat, right))) is Outcome.FAILURE, "a toss of a coin"
    assert outcome(cheaper, trajectory((HOME, right))) is Outcome.FAILURE, "a toss of a coin"
    both = (HOME, Click(mark=0)), (mat, Click(mark=0))
    for wrong in ("Desk Lamp", "Desk Lamp or Door Mat", "$9.00", "yes"):
        assert outcome(cheaper, trajectory(*both, (LAMP, Answer(text=wrong)))) is Outcome.FAILURE
    ordered = task(answer="Door Mat", visited=["Desk Lamp", "Door Mat"])
    assert outcome(ordered, trajectory(*both, (LAMP, right))) is Outcome.FAILURE


def test_calling_it_impossible_fails() -> None:
    assert outcome(task(heading="Welcome"), trajectory((HOME, Answer(impossible=True)))) is Outcome.FAILURE


@pytest.mark.parametrize(
    ("stop_reason", "expected"),
    [
        (StopReason.MAX_STEPS, Outcome.FAILURE),
        (StopReason.TIME_LIMIT, Outcome.FAILURE),
        (StopReason.CRASHED, Outcome.UNSCORED),
        (StopReason.BLOCKED, Outcome.BLOCKED),
        (StopReason.STOPPED, Outcome.STOPPED),
    ],
)
def test_endings_that_are_not_the_agents_own(stop_reason: StopReason, expected: Outcome) -> None:
    there = trajectory((HOME, Click(mark=0)), final=LAMP, stop_reason=stop_reason)
    assert outcome(task(heading="Desk Lamp"), there) is expected
    unseen = there.model_copy(update={"final": None})
    assert outcome(task(heading="Desk Lamp"), unseen) is (Outcome.UNSCORED if expected is Outcome.FAILURE else expected)


def test_without_anything_to_judge_by_there_is_no_score() -> None:
    assert outcome(task(), went_to_lamp()) is Outcome.UNSCORED
    assert outcome(task().model_copy(update={"evidence": None}), went_to_lamp()) is Outcome.UNSCORED


def test_a_website_in_trouble_is_not_the_agents_failure() -> None:
    broken = page("/product/3", heading("Internal error"), status=503)
    wanted = task(url=f"{SITE}/product/3", heading="Desk Lamp")
    assert outcome(wanted, trajectory((HOME, Click(mark=0)), (broken, DONE))) is Outcome.UNSCORED
    elsewhere = page("/broken", heading("Internal error"), status=503)
    assert outcome(wanted, trajectory((HOME, Click(mark=0)), (elsewhere, DONE))) is Outcome.FAILURE
    assert outcome(wanted, trajectory((broken, DONE))) is Outcome.BLOCKED


def test_an_error_page_at_the_right_address_is_no_success() -> None:
    missing = page("/product/3", heading("Not found"), status=404)
    assert outcome(task(url=f"{SITE}/product/3"), trajectory((HOME, Click(mark=0)), (missing, DONE))) is Outcome.FAILURE


def test_a_page_too_long_to_be_seen_in_full_leaves_no_telling() -> None:
    long = LAMP.model_copy(update={"truncated": True})
    wanted = task(url="/product/3?a=1&b=2", lines=["1 item in your cart"])
    assert outcome(wanted, trajectory((HOME, Click(mark=0)), (long, DONE))) is Outcome.UNSCORED
    assert outcome(wanted, trajectory((HOME, Click(mark=0)), (long, Answer(text="x")))) is Outcome.FAILURE


def _form(name: str = "", size: str = "Small", email: str = "") -> tuple[Element, ...]:
    return (
        field(0, "Full name *", name),
        field(1, "Size", size, role="combobox", options=("Small", "Large")),
        button(2, "Send"),
        field(3, "Email", email, form=1),
        button(4, "Subscribe", form=1),
        field(5, "Gift wrap", role="checkbox", checked=False),
    )


def _order(*, name: str, size: str, then: str = "POST /order", send: Click | None = None) -> Trajectory:
    thanks = page("/thanks", heading("Thank you"))
    return trajectory(
        (page("/order", heading("Order"), elements=_form()), Type(mark=0, text=name)),
        (page("/order", heading("Order"), elements=_form(name)), Select(mark=1, option=size)),
        (page("/order", heading("Order"), elements=_form(name, size)), send or Click(mark=2), then),
        (thanks, DONE),
    )


ORDER = {"heading": "Thank you", "fields": [("full name", "Ann Lee"), ("Size", "Large")], "max_submits": 1}


def test_fields_must_hold_the_values_when_the_form_is_sent() -> None:
    assert outcome(task(**ORDER), _order(name="ann lee", size="Large")) is Outcome.SUCCESS
    assert outcome(task(**ORDER), _order(name="Ann", size="Large")) is Outcome.FAILURE
    assert outcome(task(**ORDER), _order(name="Ann Lee", size="Small")) is Outcome.FAILURE


def test_values_typed_but_never_sent_do_not_count() -> None:
    other_form = _order(name="Ann Lee", size="Large", send=Click(mark=4))
    assert outcome(task(**ORDER), other_form) is Outcome.FAILURE


def test_a_value_overwritten_before_sending_does_not_count() -> None:
    filled = page("/order", heading("Order"), elements=_form("Ann Lee", "Large"))
    changed = page("/order", heading("Order"), elements=_form("Bob", "Large"))
    thanks = page("/thanks", heading("Thank you"))
    overwritten = trajectory(
        (filled, Type(mark=0, text="Bob")), (changed, Click(mark=2), "POST /order"), (thanks, DONE)
    )
    assert outcome(task(**ORDER), overwritten) is Outcome.FAILURE


def test_enter_in_the_last_field_sends_its_value() -> None:
    start = page("/", elements=(field(0, "Search", role="searchbox"),))
    found = page("/search?q=lamp", heading("Results"))
    sent = trajectory((start, Type(mark=0, text="lamp", submit=True)), (found, DONE))
    assert outcome(task(url="/search?q=lamp", fields=[("search", "lamp")]), sent) is Outcome.SUCCESS
    assert outcome(task(url="/search?q=lamp", fields=[("search", "desk")]), sent) is Outcome.FAILURE


def test_a_list_of_the_sites_own_making_counts_as_its_button_says() -> None:
    def chosen(option: str) -> Trajectory:
        choice = button(5, f"Delivery time: {option}").model_copy(update={"expanded": False})
        filled = page(
            "/order", heading("Order"), elements=(field(0, "Full name", "Ann Lee"), choice, button(2, "Send"))
        )
        return trajectory((filled, Click(mark=2), "POST /order"), (page("/thanks", heading("Thank you")), DONE))

    wanted = task(heading="Thank you", fields=[("Delivery time", "In the evening")], max_submits=1)
    assert outcome(wanted, chosen("In the evening")) is Outcome.SUCCESS
    assert outcome(wanted, chosen("In the morning")) is Outcome.FAILURE
    assert outcome(wanted, chosen("Choose a time")) is Outcome.FAILURE


def test_a_button_that_opens_something_else_says_nothing_of_a_field() -> None:
    menu = button(5, "Tags help").model_copy(update={"expanded": False})
    state = button(6, "Status: Not available").model_copy(update={"expanded": False})
    filled = page("/order", heading("Order"), elements=(field(0, "Tags", "oak, ash"), menu, state, button(2, "Send")))
    sent = trajectory((filled, Click(mark=2), "POST /order"), (page("/thanks", heading("Thank you")), DONE))
    assert outcome(task(fields=[("Tags", "oak, ash")], max_submits=1), sent) is Outcome.SUCCESS
    assert outcome(task(fields=[("Status", "Not available")], max_submits=1), sent) is Outcome.SUCCESS
    assert outcome(task(fields=[("Status", "available")], max_submits=1), sent) is Outcome.FAILURE


def test_a_radio_button_goes_by_its_own_label() -> None:
    wide = field(0, "Wide", role="radio", label="Wide", context="Phone", checked=True, input_type="radio")
    filled = page("/prefs", heading("Layout"), elements=(wide, field(1, "Phone", "5"), button(2, "Save")))
    sent = trajectory((filled, Click(mark=2), "POST /prefs"), (page("/prefs", heading("Layout")), DONE))
    assert outcome(task(fields=[("Wide", "on"), ("Phone", "5")], max_submits=1), sent) is Outcome.SUCCESS


def test_a_checkbox_counts_as_it_stood() -> None:
    plain = page("/order", elements=(*_form("Ann Lee", "Large"),))
    ticked = page(
        "/order", elements=(*_form("Ann Lee", "Large")[:-1], field(5, "Gift wrap", role="checkbox", checked=True))
    )
    wanted = task(fields=[("Gift wrap", "on")], max_submits=1)
    assert outcome(wanted, trajectory((ticked, Click(mark=2), "POST /order"), (HOME, DONE))) is Outcome.SUCCESS
    assert outcome(wanted, trajectory((plain, Click(mark=2), "POST /order"), (HOME, DONE))) is Outcome.FAILURE


def test_a_radio_button_counts_by_its_group() -> None:
    def shipping(chosen: str) -> tuple[Element, ...]:
        options = (
            field(i, name, role="radio", label="Shipping", checked=name == chosen)
            for i, name in enumerate(("Post", "Courier"))
        )
        return (*options, button(2, "Send"))

    wanted = task(fields=[("Shipping", "Courier")], max_submits=1)
    right = trajectory((page("/o", elements=shipping("Courier")), Click(mark=2), "POST /o"), (HOME, DONE))
    wrong = trajectory((page("/o", elements=shipping("Post")), Click(mark=2), "POST /o"), (HOME, DONE))
    assert outcome(wanted, right) is Outcome.SUCCESS
    assert outcome(wanted, wrong) is Outcome.FAILURE


def test_two_values_of_one_name_are_two_submissions() -> None:
    def add(quantity: str) -> Observation:
        return page(f"/p/{quantity}", elements=(field(0, "Quantity", quantity), button(1, "Add")))

    wanted = task(fields=[("Quantity", "2"), ("Quantity", "3")], max_submits=2)
    both = trajectory((add("3"), Click(mark=1), "POST /add"), (add("2"), Click(mark=1), "POST /add"), (HOME, DONE))
    same = trajectory((add("2"), Click(mark=1), "POST /add"), (add("2"), Click(mark=1), "POST /add"), (HOME, DONE))
    assert outcome(wanted, both) is Outcome.SUCCESS
    assert outcome(wanted, same) is Outcome.FAILURE


def test_a_filter_that_takes_effect_by_itself_counts() -> None:
    def shelf(colour: str, *names: str) -> Observation:
        chosen = field(0, "Colour", colour, role="combobox", options=("All", "Red", "Blue"), form=None)
        return page("/shelf", heading("Shelf"), *(line(name) for name in names), elements=(chosen,))

    wanted = task(heading="Shelf", fields=[("Colour", "Red")])
    right = trajectory((shelf("All", "Bowl", "Cup"), Select(mark=0, option="Red")), (shelf("Red", "Cup"), DONE))
    wrong = trajectory((shelf("All", "Bowl", "Cup"), Select(mark=0, option="Blue")), (shelf("Blue", "Bowl"), DONE))
    undone = trajectory(
        (shelf("All", "Bowl", "Cup"), Select(mark=0, option="Red")),
        (shelf("Red", "Cup"), Select(mark=0, option="All")),
        (shelf("All", "Bowl", "Cup"), DONE),
    )
    assert outcome(wanted, right) is Outcome.SUCCESS
    assert outcome(wanted, wrong) is Outcome.FAILURE
    assert outcome(wanted, undone) is Outcome.FAILURE


def test_the_form_that_is_sent_overrules_what_took_effect_before() -> None:
    def order(size: str, price: str) -> Observation:
        return page("/order", heading("Order"), line(price), elements=_form("Ann Lee", size))

    thanks = page("/thanks", heading("Thank you"))
    twice = {"fields": [("Size", "Large"), ("Size", "Small")], "max_submits": 2}
    both = trajectory(
        (order("Small", "5"), Select(mark=1, option="Large")),
        (order("Large", "9"), Click(mark=2), "POST /order"),
        (order("Large", "9"), Select(mark=1, option="Small")),
        (order("Small", "5"), Click(mark=2), "POST /order"),
        (thanks, DONE),
    )
    assert outcome(task(**twice), both) is Outcome.SUCCESS
    assert outcome(task(fields=[("Size", "Large")], max_submits=2), both) is Outcome.FAILURE


def test_the_reason_names_what_does_not_hold() -> None:
    verdict = judge(task(heading="Desk Lamp", answer="$12.00"), went_to_lamp("13"))
    assert "$12.00" in verdict.reason
    assert "Desk Lamp" not in verdict.reason
    assert verdict.evaluator == "evidence"


def test_same_page() -> None:
    assert same_page(f"{SITE}/a?utm_source=x#top", f"{SITE}/a")
    assert not same_page(f"{SITE}/a?page=2", f"{SITE}/a")


@pytest.mark.parametrize(
    ("url", "expected", "same"),
    [
        ("/list?q=&milestone=2.0&sort=", "/list?milestone=2.0", True),  # a form sends what was left empty as well
        ("/list?milestone=2.0", "/list?milestone=2.0&q=", True),
        ("/list?q=&sort=", "/list", True),
        ("/list?q=&milestone=2.0", "/list?milestone=2.1", False),
        ("/list?q=lamp&milestone=2.0", "/list?milestone=2.0", False),
        ("/list?milestone=", "/list?milestone=2.0", False),
        ("/page?edit", "/page", False),  # a bare name is a value of its own
    ],
)
def test_fields_left_empty_make_no_other_page(url: str, expected: str, same: bool) -> None:
    assert same_page(SITE + url, SITE + expected) is same
    assert same_page(SITE + url, expected) is same
