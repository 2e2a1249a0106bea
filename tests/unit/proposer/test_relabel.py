"""Hindsight on trajectories made by hand."""

from __future__ import annotations

from random import Random

import pytest

from infra.contracts.action import Action, Answer, Back, Click, Scroll, Type
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.messages import Relabel
from infra.contracts.observation import FormShape, Observation
from infra.contracts.sitemap import Fact, Page, SiteMap
from infra.contracts.task import TaskKind
from proposer.atlas import Atlas
from proposer.demonstrations import Demonstration
from proposer.reading import fold
from proposer.relabel import relabels
from proposer.rewording import WORDINGS, in_other_words
from tests.unit.proposer import observed as o
from tests.unit.proposer.test_compare import asks_for_less

B = "http://a.test"
FRAME = [o.link("Home", f"{B}/"), o.link("Help", f"{B}/help"), o.field("q", 1, role="searchbox"), o.button("Search", 1)]
GET = FormShape(index=1, method="GET", action=f"{B}/search")
POST = FormShape(index=0, method="POST", action=f"{B}/add")

HOME = o.page(f"{B}/", [o.heading("Welcome")], [*FRAME, o.link("Lamp", f"{B}/lamp")], [GET])
HELP = o.page(f"{B}/help", [o.heading("Help")], FRAME, [GET])
LAMP = o.page(
    f"{B}/lamp",
    [o.heading("Oslo lamp"), o.row("Price", "$25.00"), o.row("Colour", "black")],
    [*FRAME, o.field("Quantity", role="spinbutton", input_type="number", value="1"), o.button("Add to cart")],
    [GET, POST],
)
CART = o.page(f"{B}/cart", [o.heading("Your cart"), o.text("Oslo lamp x 1")], FRAME, [GET])
RESULTS = o.page(f"{B}/search?q=lamp", [o.heading("Results for lamp")], [*FRAME, o.link("Lamp", f"{B}/lamp")], [GET])


@pytest.fixture
def atlas() -> Atlas:
    lamp = Page(
        url=LAMP.url,
        title="",
        heading="Oslo lamp",
        headings=("Oslo lamp",),
        facts=(Fact(label="Price", value="$25.00", subject="Oslo lamp"),),
    )
    pages = (
        Page(url=HOME.url, title="", heading="Welcome"),
        Page(url=HELP.url, title="", heading="Help"),
        lamp,
        Page(url=CART.url, title="", heading="Your cart"),
    )
    return Atlas(SiteMap(website_id="web", start_url=HOME.url, pages=pages))


def mark(observation: Observation, name: str) -> int:
    return next(element.mark for element in observation.elements if element.name == name)


def walk(*parts: tuple[Observation, Action] | tuple[Observation, Action, str], final: Observation) -> Trajectory:
    steps = tuple(
        Step(index=i, observation=part[0], action=part[1], requests=tuple(part[2:])) for i, part in enumerate(parts)
    )
    return Trajectory(
        attempt_id="att",
        task_id="task",
        website_id="web",
        instruction="something else",
        start_url=HOME.url,
        steps=steps,
        final=final,
        stop_reason=StopReason.MAX_STEPS,
        policy_version=0,
    )


def every(trajectory: Trajectory, atlas: Atlas) -> list[Relabel]:
    """Return what comes up over many draws."""
    found = {
        (r.kind, r.steps, r.skip, r.answer): r
        for seed in range(60)
        for r in relabels(trajectory, atlas, Random(seed))  # noqa: S311
    }
    return list(found.values())


def test_a_page_reached_by_a_failed_attempt_is_a_demonstration(atlas: Atlas) -> None:
    trajectory = walk((HOME, Click(mark=mark(HOME, "Lamp"))), (LAMP, Click(mark=mark(LAMP, "Help"))), final=HELP)
    found = every(trajectory, atlas)
    visits = {(r.steps, r.skip) for r in found if r.kind is TaskKind.NAVIGATE}
    assert visits == {(1, ()), (2, ())}
    facts = {(r.steps, r.answer) for r in found if r.kind is TaskKind.FIND}
    assert facts == {(1, "$25.00"), (1, "black")}
    composed = {(r.steps, r.answer) for r in found if r.kind is TaskKind.COMPOSE}
    assert composed == {(2, None)}


def test_loops_are_cut(atlas: Atlas) -> None:
    trajectory = walk(
        (HOME, Click(mark=mark(HOME, "Help"))),
        (HELP, Scroll()),
        (HELP, Back()),
        (HOME, Click(mark=mark(HOME, "Lamp"))),
        (LAMP, Answer(text="$25.00")),
        final=LAMP,
    )
    found = every(trajectory, atlas)
    lamps = {(r.steps, r.skip) for r in found if r.kind in (TaskKind.NAVIGATE, TaskKind.FIND) and r.steps == 4}
    assert lamps == {(4, (0, 1, 2))}
    both = {(r.steps, r.skip) for r in found if r.kind is TaskKind.COMPOSE and r.steps == 4}
    assert (4, (1,)) in both  # "open Help, then …" keeps the way over Help, but not the scrolling there


def test_values_that_were_never_sent_are_cut(atlas: Atlas) -> None:
    typed = LAMP.model_copy(
        update={
            "elements": tuple(e.model_copy(update={"value": "junk"}) if e.name == "q" else e for e in LAMP.elements)
        }
    )
    trajectory = walk(
        (HOME, Click(mark=mark(HOME, "Lamp"))),
        (LAMP, Type(mark=mark(LAMP, "q"), text="junk")),
        (typed, Click(mark=mark(LAMP, "Help"))),
        final=HELP,
    )
    helps = {(r.steps, r.skip) for r in every(trajectory, atlas) if r.kind is TaskKind.NAVIGATE and r.steps == 3}
    assert helps == {(3, (1,))}


def test_a_submit_says_what_it_was_for(atlas: Atlas) -> None:
    three = [e.model_copy(update={"value": "3"}) if e.name == "Quantity" else e for e in LAMP.elements]
    trajectory = walk(
        (HOME, Click(mark=mark(HOME, "Lamp"))),
        (LAMP, Type(mark=mark(LAMP, "Quantity"), text="3")),
        (LAMP.model_copy(update={"elements": tuple(three)}), Click(mark=mark(LAMP, "Add to cart")), "POST /add"),
        final=CART,
    )
    changes = [r for r in every(trajectory, atlas) if r.kind is TaskKind.CHANGE]
    assert {(r.steps, r.skip, r.answer) for r in changes} == {(3, (), None)}
    assert all("oslo lamp" in fold(r.instruction) and "3" in r.instruction for r in changes)
    # Pages seen only after a change are no mere navigation.
    assert not [r for r in every(trajectory, atlas) if r.kind is TaskKind.NAVIGATE and r.steps == 3]


def test_a_demonstration_is_also_told_in_other_words(atlas: Atlas) -> None:
    trajectory = walk(
        (HOME, Click(mark=mark(HOME, "Lamp"))), (LAMP, Click(mark=mark(LAMP, "Add to cart")), "POST"), final=CART
    )
    own = Relabel(instruction="Add the Oslo lamp to my cart", kind=TaskKind.CHANGE, steps=2)
    shown = in_other_words(Demonstration(trajectory, own), atlas, Random(0))  # noqa: S311
    said = [own.instruction, *(other.instruction for other in shown.others)]
    assert len(set(said)) == len(said) == 1 + WORDINGS
    assert {(other.kind, other.steps) for other in shown.others} == {(TaskKind.CHANGE, 2)}
    assert all("Oslo lamp" in text for text in said)
    nothing = Trajectory.model_validate({**trajectory.model_dump(), "steps": (), "final": None})
    assert in_other_words(Demonstration(nothing, own), atlas, Random(0)).others == ()  # noqa: S311


def test_a_refused_submit_says_nothing(atlas: Atlas) -> None:
    refused = LAMP.model_copy(update={"chunks": (*LAMP.chunks, o.message("Quantity must be a number"))})
    trajectory = walk((LAMP, Click(mark=mark(LAMP, "Add to cart")), "POST /add"), final=refused)
    assert not [r for r in every(trajectory, atlas) if r.kind is TaskKind.CHANGE]


def test_a_search_is_named_by_what_was_typed(atlas: Atlas) -> None:
    trajectory = walk(
        (HOME, Type(mark=mark(HOME, "q"), text="lamp", submit=True)),
        (RESULTS, Click(mark=mark(RESULTS, "Lamp"))),
        final=LAMP,
    )
    searches = [r for r in every(trajectory, atlas) if r.kind is TaskKind.SEARCH]
    assert {r.steps for r in searches} == {1, 2}
    assert all("lamp" in fold(r.instruction) for r in searches)
    assert all("oslo lamp" in fold(r.instruction) for r in searches if r.steps == 2)


def test_errors_and_empty_attempts_give_nothing(atlas: Atlas) -> None:
    missing = o.page(f"{B}/gone", [o.heading("Not found")], FRAME, status=404)
    assert every(walk((HOME, Click(mark=0)), final=missing), atlas) == []
    nothing = walk(final=HOME).model_copy(update={"final": None})
    assert relabels(nothing, atlas, Random(0)) == ()  # noqa: S311


def test_few_and_the_same_again_from_the_same_draw(atlas: Atlas) -> None:
    trajectory = walk((HOME, Click(mark=mark(HOME, "Lamp"))), (LAMP, Click(mark=mark(LAMP, "Help"))), final=HELP)
    first = relabels(trajectory, atlas, Random(5))  # noqa: S311
    assert first == relabels(trajectory, atlas, Random(5))  # noqa: S311
    assert len(first) <= 10


def product(name: str, price: str) -> Observation:
    links = [o.link(other, f"{B}/product/{other.lower()}") for other in ("Oslo", "Narvik") if other not in name]
    return o.page(
        f"{B}/product/{name.split()[0].lower()}",
        [o.heading(name), o.row("Price", price), o.row("Colour", "black")],
        [*FRAME, *links],
        [GET],
    )


OSLO, NARVIK = product("Oslo lamp", "$25.00"), product("Narvik lamp", "$19.00")


@pytest.fixture
def shop() -> Atlas:
    pages = tuple(
        Page(
            url=seen.url,
            title="",
            heading=seen.chunks[0].text,
            template="/product/*" if "product" in seen.url else seen.url,
            headings=(seen.chunks[0].text,),
        )
        for seen in (HOME, HELP, OSLO, NARVIK)
    )
    return Atlas(SiteMap(website_id="web", start_url=HOME.url, pages=pages))


def test_two_pages_of_one_kind_answer_which_is_cheaper(shop: Atlas) -> None:
    trajectory = walk(
        (HOME, Click(mark=0)),
        (OSLO, Click(mark=mark(OSLO, "Help"))),
        (HELP, Scroll()),
        (HELP, Back()),
        (OSLO, Click(mark=mark(OSLO, "Narvik"))),
        final=NARVIK,
    )
    made = [r for seed in range(60) for r in relabels(trajectory, shop, Random(seed))]  # noqa: S311
    found = [r for r in made if r.kind is TaskKind.COMPARE]
    # Either may win, the one that is looked at last or the one before; the page between them is cut out.
    assert {(r.steps, r.skip, r.answer) for r in found} == {
        (5, (1, 2, 3), "Oslo lamp"),
        (5, (1, 2, 3), "Narvik lamp"),
    }
    for r in found:
        cheap = asks_for_less(r.instruction)
        assert r.answer == ("Narvik lamp" if cheap else "Oslo lamp"), r.instruction


def test_the_way_over_the_first_page_is_never_cut(shop: Atlas) -> None:
    # From the start to the first lamp and back again is a loop, and yet it belongs to the comparison.
    trajectory = walk(
        (HOME, Click(mark=0)),
        (OSLO, Back()),
        (HOME, Click(mark=1)),
        final=NARVIK,
    )
    made = [r for seed in range(60) for r in relabels(trajectory, shop, Random(seed))]  # noqa: S311
    assert {r.skip for r in made if r.kind is TaskKind.COMPARE} == {()}
    assert {r.skip for r in made if r.kind is TaskKind.NAVIGATE and r.steps == 3} == {(0, 1)}


def test_pages_of_different_kinds_are_not_compared(atlas: Atlas) -> None:
    trajectory = walk((HOME, Click(mark=0)), (OSLO, Click(mark=0)), final=LAMP)
    assert not [r for r in every(trajectory, atlas) if r.kind is TaskKind.COMPARE]
