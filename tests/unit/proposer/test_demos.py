"""Demonstrations of people: what their steps say, how they are followed, and the tasks that they become."""

from __future__ import annotations

import pytest

from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Evidence, Origin, TaskKind
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Demo, Safety
from infra.demonstration import decode
from proposer.atlas import Atlas
from proposer.demonstrations import shown
from proposer.demos.finding import CannotFollow, element_for
from proposer.demos.following import follow
from proposer.demos.said import Said, Verb, said
from proposer.demos.tasks import Taken, asks, take
from tests.unit.proposer import observed as o
from tests.unit.proposer.little_shop import HOST, LittleShop, website
from tests.unit.proposer.test_generation import make

LAMP = (
    "open /",
    "click the link “Lamps”",
    "click the link “Oslo lamp”",
    "enter “3” into “Quantity”",
    "click the button “Add to cart”",
)


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
        ("type Ann in the name field", Said(Verb.ENTER, "name", "textbox", "Ann")),
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
    with pytest.raises(CannotFollow, match="2 things of the name “Add”"):
        element_for(Said(Verb.CLICK, "Add", "button"), page)
    with pytest.raises(CannotFollow, match="nothing to click “Basket”"):
        element_for(Said(Verb.CLICK, "Basket"), page)


async def taken(*demos: Demo, shop: LittleShop | None = None, **changes: object) -> Taken:
    site = website(demos=demos, **changes)
    empty = SiteMap(website_id=site.id, start_url=site.url, pages=(), edges=())
    return await take(site, Atlas(empty), shop or LittleShop())


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
    assert len(shop.loads) == 5  # the start, two pages, the change, and all of it once more
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
        (("open it", "wiggle"), "cannot be told what “wiggle” does"),
        (("click “Basket”",), "nothing to click “Basket”"),
        (("enter “•••” into “q”",), "a secret"),
        (("open http://other.test/",), "other.test is not among the website's allowed hosts"),
        (("open file:///etc/passwd",), "nothing to click “file:///etc/passwd”"),
        (("open /nowhere",), "status 404"),
        (("open /loop",), "too many redirects"),
        (("click Home",), "shows it done"),
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


async def test_what_ends_things_is_not_followed() -> None:
    class WithDelete(LittleShop):
        def _run(self, route: Route) -> RouteReport:
            report = super()._run(route)
            pages = [
                page.model_copy(update={"elements": (o.button("Delete account"),)}) for page in report.observations
            ]
            return report.model_copy(update={"observations": tuple(pages)})

    found = await taken(Demo(instruction="Get rid of me", steps=("click Delete account",)), shop=WithDelete())
    assert "may end or destroy something" in found.note


async def test_a_question_without_its_answer_is_not_practised() -> None:
    found = await taken(Demo(instruction="How much is the Faro chair?", steps=("open Chairs", "open Faro chair")))
    assert found.tasks == ()
    assert "let its last step be “answer …”" in found.note
    said = ("Please tell me its price", "could you find out who wrote it", "Tidy my cart up", "Name my list Summer")
    assert [asks(words) for words in said] == [True, True, False, False]


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
    demo = Demo(instruction="Round and round", steps=("open Lamps", "open Chairs") * 15)
    with pytest.raises(CannotFollow, match="more than 20 pages"):
        await follow(demo, site, LittleShop())
