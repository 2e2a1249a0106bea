"""Lists with a button in every row: what tells the rows apart, what is tried, asked for, and told in hindsight."""

from __future__ import annotations

from random import Random

from infra.contracts.action import Click
from infra.contracts.attempt import Step
from infra.contracts.observation import Element, FormShape, Observation
from infra.contracts.sitemap import Page
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Website
from proposer.atlas import Atlas
from proposer.controls import controls
from proposer.deeds import done_by
from proposer.grounded.change import goals
from proposer.grounded.goal import World
from proposer.probes import Prober
from proposer.rows import row_of
from proposer.sitemap import build_sitemap
from proposer.survey import Seen, Survey
from tests.unit.proposer import observed as o
from tests.unit.proposer.visitors import HandMade

HOST = "http://a.test"
SITE = Website(id="web", url=f"{HOST}/", name="a", allowed_hosts=("a.test",))
WAITING = ("Zebra crossing", "Quince jelly", "Larch offcuts", "Fern house")


def pause(i: int, name: str) -> Element:
    more = {"nearby": f"{name} waiting Pause", "key": f"button|Pause|||{i}"}
    return o.button("Pause", i).model_copy(update=more)


def queue(*, links: bool = True, said: str = "") -> Observation:
    elements: list[Element] = []
    for i, name in enumerate(WAITING):
        if links:
            elements.append(o.link(name, f"{HOST}/posts/{i}").model_copy(update={"nearby": f"{name} waiting Pause"}))
        elements.append(pause(i, name))
    forms = [FormShape(index=i, method="POST", action=f"{HOST}/posts/p{i}/pause") for i in range(len(WAITING))]
    chunks = [o.heading("Waiting"), *(o.cell("State", "waiting", name) for name in (() if links else WAITING))]
    return o.page(f"{HOST}/", [*chunks, *([o.message(said)] if said else [])], elements, forms)


class Queue(HandMade):
    """Pauses what the pressed button's row is about."""

    def run(self, route: Route) -> RouteReport:
        seen = [queue(), *(queue(said=f"{WAITING[int(step.key[-1])]} is paused.") for step in route.steps)]
        sent: list[tuple[str, ...]] = [(), *[("POST /posts",)] * len(route.steps)]
        return RouteReport(route=route, observations=tuple(seen), requests=tuple(sent))


def test_rows_are_told_apart_by_links_cells_and_headings() -> None:
    for page in (queue(), queue(links=False)):
        found = controls(page, {})
        assert [control.row for control in found] == list(WAITING)
        assert len({control.signature for control in found}) == 1
    above = [o.button("Pause", i).model_copy(update={"context": name}) for i, name in enumerate(WAITING)]
    page = o.page(f"{HOST}/", elements=above, forms=queue().forms)
    assert [control.row for control in controls(page, {})] == list(WAITING)


def test_rows_that_nothing_tells_apart_are_left_alone() -> None:
    alike = [o.button("Pause", i).model_copy(update={"context": "Posts", "nearby": "Pause"}) for i in range(3)]
    page = o.page(f"{HOST}/", elements=alike, forms=queue().forms)
    assert controls(page, {}) == []
    assert row_of(page, page.elements[0]) == ""
    assert row_of(queue(), queue().elements[0]) is None


async def test_tasks_name_the_row_and_press_its_button() -> None:
    survey = Survey(SITE, f"{HOST}/", pages={f"{HOST}/": Seen(f"{HOST}/", 0, queue())})
    sitemap = build_sitemap(survey)
    rng = Random(0)  # noqa: S311
    effects = await Prober(survey, sitemap, Queue(), rng, seconds=60).run()
    assert [effect.lines for effect in effects] == [("⟦row⟧ is paused.",)]
    world = World(SITE, Atlas(sitemap), {f"{HOST}/": queue()}, effects, (), rng)
    made = list(goals(world))
    assert len({goal.steps for goal in made}) > 1
    for goal in made:
        name = WAITING[int(goal.steps[-1].key[-1])]
        assert name in goal.clause
        assert goal.evidence.lines == (f"{name} is paused.",)


def test_in_hindsight_the_row_is_told() -> None:
    page = queue()
    mark = next(one.mark for one in page.elements if one.key == "button|Pause|||2")
    steps = [Step(index=0, observation=page, action=Click(mark=mark), requests=("POST /posts",))]
    pages = [Page(url=f"{HOST}/", title="", heading="Waiting")] * 2
    (done,) = done_by(steps, [page, queue(said="Done.")], pages, Random(1))  # noqa: S311
    assert WAITING[2] in done.clause
