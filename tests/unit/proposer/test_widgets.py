"""Lists that websites build themselves: what opening one shows, what a choice is called, and how it is made again."""

from __future__ import annotations

from random import Random

from infra.contracts.action import Click, Type
from infra.contracts.attempt import Step
from infra.contracts.observation import Element, FormShape, Observation
from infra.contracts.sitemap import Form, Page
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Website
from proposer.atlas import Atlas
from proposer.controls import submit_of
from proposer.deeds import done_by
from proposer.generation import extended
from proposer.grounded.change import goals
from proposer.grounded.goal import World
from proposer.probes import Prober
from proposer.sitemap import build_sitemap
from proposer.survey import Seen, Survey
from proposer.widgets import label_of, offered, openers
from tests.unit.proposer import observed as o
from tests.unit.proposer.visitors import HandMade

HOST = "http://a.test"
SITE = Website(id="web", url=f"{HOST}/", name="a", allowed_hosts=("a.test",))
OPEN = FormShape(index=0, method="POST", action=f"{HOST}/threads", name="New thread")
BOARDS = ("Soil", "Seeds", "Tools")


def opener(chosen: str = "Choose a board", *, expanded: bool = False) -> Element:
    return o.button(f"Board: {chosen}").model_copy(update={"expanded": expanded, "input_type": None})


def option(name: str) -> Element:
    return o.button(name).model_copy(update={"role": "option", "tag": "li", "key": f"option|{name}"})


def page(chosen: str = "", title: str = "", *, expanded: bool = False, said: str = "") -> Observation:
    lists = [option("Choose a board"), *map(option, BOARDS)] if expanded else []
    elements = [
        o.field("Title", required=True, value=title),
        opener(chosen or "Choose a board", expanded=expanded),
        *lists,
        o.button("Publish"),
    ]
    return o.page(f"{HOST}/", [o.heading("New"), *([o.message(said)] if said else [])], elements, [OPEN])


class Board(HandMade):
    """A form that is accepted only with a board chosen from a list of the site's own making."""

    def run(self, route: Route) -> RouteReport:
        title = chosen = ""
        expanded, seen = False, [page()]
        sent: list[tuple[str, ...]] = [()]
        requests: tuple[str, ...]
        for step in route.steps:
            said, requests = "", ()
            if step.value is not None:
                title = step.value
            elif step.key.startswith("option|"):
                chosen, expanded = step.key.partition("|")[2], False
            elif "Board" in step.key:
                expanded = True
            else:
                requests = ("POST /threads",)
                said = f"“{title}” was opened in {chosen}." if chosen else "A board is required."
            seen.append(page(chosen, title, expanded=expanded, said=said))
            sent.append(requests)
        return RouteReport(route=route, observations=tuple(seen), requests=tuple(sent))


def test_opening_shows_the_options_that_choose_something() -> None:
    assert [one.name for one in openers(page().elements)] == ["Board: Choose a board"]
    assert openers(page(expanded=True).elements) == []
    assert [name for _, name in offered(page(), page(expanded=True))] == list(BOARDS)


def test_what_opens_a_menu_of_deeds_is_left_alone() -> None:
    menu = [
        option("Delete this thread"),
        option("Log out"),
        option("Soil").model_copy(update={"href": f"{HOST}/soil"}),
        option("Lock").model_copy(update={"role": "menuitem"}),
    ]
    opened = o.page(f"{HOST}/", elements=[opener(expanded=True), *menu], forms=[OPEN])
    assert offered(page(), opened) == ()


def test_a_choice_is_known_where_the_button_says_it() -> None:
    assert label_of(opener(), "Seeds", page("Seeds")) == "Board"
    assert label_of(opener(), "Seeds", page("Tools")) == ""
    assert label_of(opener(), "Seeds", page()) == ""


async def test_probes_choose_and_tasks_ask_for_other_choices() -> None:
    survey = Survey(SITE, f"{HOST}/", pages={f"{HOST}/": Seen(f"{HOST}/", 0, page())})
    sitemap = build_sitemap(survey)
    rng = Random(0)  # noqa: S311
    prober = Prober(survey, sitemap, Board(), rng, seconds=60)
    effects = await prober.run()
    (effect,) = effects
    assert [(one.page, one.name, one.texts) for one in prober.lists] == [
        (f"{HOST}/", "Board: Choose a board", tuple(BOARDS))
    ], "the map keeps what the list offers"
    assert effect.lines == ("“⟦0.title⟧” was opened in ⟦0.board⟧.",)
    world = World(SITE, Atlas(extended(sitemap, survey, effects)), {f"{HOST}/": page()}, effects, (), rng)
    made = list(goals(world))
    boards = {dict(goal.evidence.fields)["Board"] for goal in made}
    assert boards == set(BOARDS)
    for goal in made:
        board = dict(goal.evidence.fields)["Board"]
        assert board in goal.clause
        assert [step.key for step in goal.steps][1:3] == ["button|Board: Choose a board|0", f"option|{board}"]
        assert all(board in line for line in goal.evidence.lines)


def test_in_hindsight_the_choice_is_told() -> None:
    looks = [page(), page(title="Slugs"), page(title="Slugs", expanded=True), page("Seeds", "Slugs")]
    marks = [one.name for one in looks[2].elements]
    actions = [Type(mark=0, text="Slugs"), Click(mark=1), Click(mark=marks.index("Seeds")), Click(mark=2)]
    steps = [
        Step(index=i, observation=look, action=action, requests=("POST /threads",) if i == 3 else ())
        for i, (look, action) in enumerate(zip(looks, actions, strict=True))
    ]
    form = Form(index=0, method="POST", action=OPEN.action, name="New thread")
    pages = [Page(url=f"{HOST}/", title="", heading="New", forms=(form,))] * 5
    (done,) = done_by(steps, [*looks, page(said="Opened.")], pages, Random(1))  # noqa: S311
    assert "Slugs" in done.clause
    assert "Seeds" in done.clause


async def test_what_is_the_case_already_is_not_asked_for() -> None:
    def stands(name: str) -> Observation:
        shown = page()
        return shown.model_copy(update={"chunks": (*shown.chunks, o.text(f"Front page › {name}"))})

    survey = Survey(SITE, f"{HOST}/", pages={f"{HOST}/": Seen(f"{HOST}/", 0, page())})
    sitemap = build_sitemap(survey)
    effects = await Prober(survey, sitemap, Board(), Random(0), seconds=60).run()  # noqa: S311
    asked: set[str] = set()
    for seed in range(20):
        there = {f"{HOST}/": stands("Seeds")}
        world = World(SITE, Atlas(extended(sitemap, survey, effects)), there, effects, (), Random(seed))  # noqa: S311
        asked |= {dict(goal.evidence.fields)["Board"] for goal in goals(world)}
    assert asked == set(BOARDS) - {"Seeds"}


def test_of_two_buttons_that_send_the_one_after_the_fields_is_meant() -> None:
    def made(mark: int, role: str, kind: str, **more: object) -> Element:
        known = {"mark": mark, "key": f"{role}:{mark}", "role": role, "tag": role, "name": f"{role} {mark}"}
        return Element.model_validate(
            {**known, "input_type": kind, "form": 0, "box": {"x": 0, "y": 0, "width": 9, "height": 9}, **more}
        )

    follow, text, save = made(0, "button", "submit"), made(1, "textbox", "text", value=""), made(2, "button", "submit")
    opener = made(3, "button", "button")
    assert submit_of((follow, text, save, opener)) == save
    assert submit_of((follow, text, opener)) == follow, "one that only acts on the page sends nothing"
    assert submit_of((opener,)) == opener, "unless there is no other"
