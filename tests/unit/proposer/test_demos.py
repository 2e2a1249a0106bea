"""Demonstrations of people: how they are followed, and the tasks that they become."""

from __future__ import annotations

import pytest

from infra.contracts.observation import Element, FormShape, Observation
from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Evidence, Origin, TaskKind
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Demo, Safety
from infra.demonstration import decode
from proposer.atlas import Atlas
from proposer.demonstrations import shown
from proposer.demos.finding import CannotFollow
from proposer.demos.following import follow
from proposer.demos.tasks import Taken, asks, take
from tests.unit.proposer import observed as o
from tests.unit.proposer.little_shop import HOST, LittleShop, Session, website
from tests.unit.proposer.test_generation import make

LAMP = (
    "open /",
    "click the link “Lamps”",
    "click the link “Oslo lamp”",
    "enter “3” into “Quantity”",
    "click the button “Add to cart”",
)


async def never() -> bool:
    return False


async def taken(*demos: Demo, shop: LittleShop | None = None, **changes: object) -> Taken:
    site = website(demos=demos, **changes)
    empty = SiteMap(website_id=site.id, start_url=site.url, pages=(), edges=())
    return await take(site, Atlas(empty), shop or LittleShop(), never)


async def test_a_change_becomes_a_task_in_the_persons_words_with_a_demonstration() -> None:
    shop = LittleShop()
    found = await taken(Demo(instruction="I'd love three of those Norwegian capital lights", steps=LAMP), shop=shop)
    (task,), (demonstration,) = found.tasks, found.demonstrations
    assert (task.instruction, task.origin, task.kind) == (
        "I'd love three of those Norwegian capital lights",
        Origin.HUMAN,
        TaskKind.FILL,
    )
    assert task.evidence == Evidence(
        url=f"{HOST}/cart",
        heading="Your cart",
        lines=("Oslo lamp x 3", "Total $75.00"),
        fields=(("Quantity", "3"),),
        max_submits=1,
    )
    assert [(step.value, step.submit) for step in decode(task.demonstration)] == [
        (None, False),
        (None, False),
        ("3", False),
        (None, False),
    ]
    assert demonstration.relabel.instruction == task.instruction
    assert [step.action.type for step in demonstration.trajectory.steps] == ["click", "click", "type", "click"]
    assert len(shop.loads) == 6  # the start, two pages, what is entered, the change, and all of it once more
    assert found.causes == ()


async def test_searches_answers_and_pages_become_tasks_too() -> None:
    found = await taken(
        Demo(instruction="Show me all there is from Porto", steps=("search for Porto",)),
        Demo(
            instruction="What would the Faro one cost me?",
            steps=("open /category/chairs", "click “Faro chair”", "answer $39.00"),
        ),
        Demo(instruction="Dearest lamps on top", steps=("open Lamps", "choose Highest price in Sort", "click Apply")),
    )
    search, find, order = found.tasks
    assert search.evidence == Evidence(url=f"{HOST}/search?q=Porto", heading="Results for Porto")
    assert (search.kind, search.start_url) == (TaskKind.SEARCH, f"{HOST}/")
    assert find.evidence == Evidence(answer="$39.00", visited=("Faro chair",))
    assert (find.kind, find.start_url) == (TaskKind.FIND, f"{HOST}/category/chairs")
    assert order.evidence is not None
    assert order.evidence.url == f"{HOST}/category/lamps?sort=Highest+price"
    assert found.demonstrations[1].relabel.answer == "$39.00"


@pytest.mark.parametrize(
    ("steps", "cause"),
    [
        (("open Lamps", "wiggle"), "cannot be told what “wiggle” does"),
        (("click “Basket”",), "nothing to click “Basket”"),
        (("enter “•••” into “q”",), "a secret"),
        (("open http://other.test/",), "other.test is not among the website's allowed hosts"),
        (("open file:///etc/passwd",), "nothing to click “file:///etc/passwd”"),
        (("open /nowhere",), "status 404"),
        (("open /loop",), "too many redirects"),
        (("click Home",), "shows it done"),
        (("open http://[",), "is no address"),
        (("open /account/delete?confirm=1",), "may change or end something"),
        (("open /logout",), "may change or end something"),
        (("click Lamps",) * 200, "200 steps or more"),
        (("answer “ ”",), "its answer is empty"),
        (("press Enter",), "nothing was entered"),
        ((*LAMP, "click Chairs", "open it"), "cannot be told"),
        (("answer 42",), "its steps lead nowhere"),
        (("answer yes", "click Lamps"), "answers before its end"),
        ((*LAMP, "open /category/chairs/9"), "no link leads from"),
    ],
)
async def test_what_cannot_be_followed_is_said_and_the_others_are_kept(steps: tuple[str, ...], cause: str) -> None:
    found = await taken(
        Demo(instruction="Do it", steps=steps), Demo(instruction="Go to the lamps", steps=("open Lamps",))
    )
    assert [task.instruction for task in found.tasks] == ["Go to the lamps"]
    assert found.note.startswith("demonstration 1, “Do it”, is not practised: ")
    assert cause in found.note


class WithForm(LittleShop):
    """Has one form on every page."""

    def __init__(self, *elements: Element) -> None:
        super().__init__()
        self._elements = elements

    def show(self, session: Session) -> Observation:
        form = FormShape(index=0, method="POST", action=f"{HOST}/x")
        return o.page(session.url, [o.heading("Account")], self._elements, [form])


@pytest.mark.parametrize(
    "steps",
    [("click Delete account",), ("enter “DELETE” into “Type DELETE”", "press Enter"), ("click Close",), ("open Bye",)],
)
async def test_what_ends_things_is_not_followed(steps: tuple[str, ...]) -> None:
    shop = WithForm(
        o.field("Type DELETE"),
        o.button("Delete account"),
        o.link("Close", f"{HOST}/account/delete"),
        o.link("Bye", f"{HOST}/logout"),
    )
    found = await taken(Demo(instruction="Get rid of me", steps=steps), shop=shop)
    assert "may end or destroy something" in found.note


@pytest.mark.parametrize("field", [o.field("Word", input_type="password"), o.field("Card number")])
async def test_secrets_are_not_entered(field: Element) -> None:
    steps = (f"enter “hunter2” into “{field.name}”", "click Go")
    found = await taken(Demo(instruction="Let me in", steps=steps), shop=WithForm(field, o.button("Go")))
    assert f"“{field.name}” takes a secret" in found.note


async def test_a_website_that_is_not_to_be_changed_is_not() -> None:
    read_only = Safety(pages_per_second=1000, submit_forms=False)
    found = await taken(Demo(instruction="Three lights", steps=LAMP), safety=read_only)
    assert "changes something, which the website does not allow" in found.note


async def test_a_halted_website_is_left_alone() -> None:
    async def halted() -> bool:
        return True

    shop = LittleShop()
    site = website(demos=(Demo(instruction="Three lights", steps=LAMP),))
    found = await take(site, Atlas(SiteMap(website_id=site.id, start_url=site.url, pages=(), edges=())), shop, halted)
    assert "halted" in found.note
    assert shop.loads == []


async def test_of_what_was_entered_only_what_was_sent_counts_and_only_the_last_value() -> None:
    steps = (
        "search for oslo", "click Oslo lamp", "enter 1 into Quantity", "enter 3 into Quantity", "click Add to cart",
    )  # fmt: skip
    (task,) = (await taken(Demo(instruction="Three lights", steps=steps))).tasks
    assert task.evidence is not None
    assert task.evidence.fields == (("Quantity", "3"),)
    assert [step.value for step in decode(task.demonstration)] == ["oslo", None, "3", None]


async def test_what_was_said_to_a_change_counts_where_it_went_on_afterwards() -> None:
    (task,) = (await taken(Demo(instruction="Three lights, then the chairs", steps=(*LAMP, "click Chairs")))).tasks
    assert task.evidence == Evidence(
        url=f"{HOST}/category/chairs",
        heading="Chairs",
        said=("Oslo lamp x 3", "Total $75.00"),
        fields=(("Quantity", "3"),),
        max_submits=1,
    )


async def test_the_same_twice_is_taken_once() -> None:
    demo = Demo(instruction="Go to the lamps", steps=("open Lamps",))
    found = await taken(demo, demo)
    assert len(found.tasks) == len(found.demonstrations) == 1
    assert "another one asks for the same" in found.note


async def test_a_question_without_its_answer_is_not_practised() -> None:
    found = await taken(Demo(instruction="How much is the Faro chair?", steps=("open Chairs", "open Faro chair")))
    assert found.tasks == ()
    assert "let its last step be “answer …”" in found.note
    asking = ("Please tell me its price", "could you find out who wrote it", "Find the price of a spade")
    assert all(map(asks, asking))
    assert not any(map(asks, ("Tidy my cart up", "Name my list Summer", "Find the dearest lamp")))


async def test_what_comes_out_otherwise_the_second_time_is_no_evidence() -> None:
    class Numbered(LittleShop):
        def _run(self, route: Route) -> RouteReport:
            report = super()._run(route)
            if len(route.steps) < len(LAMP) - 1:
                return report
            *before, last = report.observations
            number = f"{HOST}/order/{len(self.loads)}"
            last = last.model_copy(
                update={"url": number, "chunks": (o.heading("Done"), o.text(number), o.text("Placed at 10:04"))}
            )
            return report.model_copy(update={"observations": (*before, last)})

    found = await taken(Demo(instruction="Three lights", steps=LAMP), shop=Numbered())
    assert found.tasks[0].evidence == Evidence(heading="Done", fields=(("Quantity", "3"),), max_submits=1)


async def test_surveys_take_demonstrations_up() -> None:
    given = website(
        safety=Safety(pages_per_second=1000),
        demos=(Demo(instruction="I'd love three lights", steps=LAMP), Demo(instruction="Guess", steps=("guess",))),
    )
    made = await make(given)
    own = [task for task in made.tasks if task.origin is Origin.HUMAN]
    assert [(task.instruction, task.skill, shown(task)) for task in own] == [
        ("I'd love three lights", "fill-demo:/cart", True)
    ]
    assert made.demonstrations[0].trajectory.task_id == own[0].id
    assert "“Guess”, is not practised" in made.warning
    assert len(made.tasks) > 50


async def test_pages_are_counted() -> None:
    site = website()
    demo = Demo(instruction="Round and round", steps=("click Lamps", "click Chairs") * 25)
    with pytest.raises(CannotFollow, match="more than 40 visits"):
        await follow(demo, site, LittleShop(), never)
