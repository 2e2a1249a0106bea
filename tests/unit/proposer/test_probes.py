"""Probes: which controls are tried, how often, and in what order."""

from __future__ import annotations

from collections import Counter
from random import Random

from infra.contracts.observation import Element, FormShape, Observation
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Website
from proposer.controls import controls
from proposer.effects import Effect
from proposer.probes import TRIALS, Prober
from proposer.sitemap import build_sitemap
from proposer.survey import Seen, Survey
from tests.unit.proposer import observed as o
from tests.unit.proposer.visitors import HandMade

HOST = "http://a.test"
SITE = Website(id="web", url=f"{HOST}/", name="a", allowed_hosts=("a.test",))
SAVE = FormShape(index=0, method="POST", action=f"{HOST}/save")
PAGE = o.page(
    f"{HOST}/",
    [o.heading("Desk")],
    [
        *(o.button(f"By {name}", None).model_copy(update={"input_type": None}) for name in ("name", "date")),
        o.button("Menu", None).model_copy(update={"expanded": False}),
        o.field("Note"),
        o.button("Save"),
    ],
    [SAVE],
)


class Desk(HandMade):
    """A page that says what was saved; its other buttons do nothing."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def run(self, route: Route) -> RouteReport:
        seen: list[Observation] = [PAGE]
        sent: list[tuple[str, ...]] = [()]
        said = ""
        for step in route.steps:
            said = step.value or said
            saved = step.key.startswith("button|Save")
            chunks = (*PAGE.chunks, o.message(f"Saved: {said}")) if saved else PAGE.chunks
            seen.append(PAGE.model_copy(update={"chunks": chunks}))
            sent.append(("POST /save",) if saved else ())
        self.tried.append(route.steps[-1].key.split("|")[1])
        return RouteReport(route=route, observations=tuple(seen), requests=tuple(sent))


async def probed() -> tuple[list[Effect], Desk]:
    survey = Survey(SITE, f"{HOST}/", pages={f"{HOST}/": Seen(f"{HOST}/", 0, PAGE)})
    desk = Desk()
    prober = Prober(survey, build_sitemap(survey), desk, Random(0), seconds=60)  # noqa: S311
    return await prober.run(), desk


async def test_what_changes_nothing_is_tried_once_and_after_the_forms() -> None:
    effects, desk = await probed()
    assert [effect.lines for effect in effects] == [("Saved: ⟦0.note⟧",)]
    assert Counter(desk.tried) == {"Save": TRIALS, "By name": 1, "By date": 1}
    assert desk.tried[0] == "Save"


def form(*elements: Element, page: str = f"{HOST}/", action: str = f"{HOST}/save") -> str:
    shown = o.page(page, elements=elements, forms=[SAVE.model_copy(update={"action": action})])
    return controls(shown, {})[0].signature


def test_a_form_is_sent_by_the_button_that_opens_nothing_and_follows_its_fields() -> None:
    plain = {"input_type": None}
    choose, pick, send = (o.button(name).model_copy(update=plain) for name in ("Choose labels", "Calendar", "Send it"))
    assert "[send it]" in form(choose.model_copy(update={"expanded": False}), o.field("Title"), send)
    assert "[send it]" in form(pick, o.field("Day"), send)
    assert "[choose labels]" in form(choose, o.field("Title"), o.field("Day"))


def test_forms_of_things_are_alike_wherever_the_things_are() -> None:
    note, send = o.field("Note"), o.button("Send")

    def on(page: str, action: str) -> str:
        return form(note, send, page=f"{HOST}{page}", action=f"{HOST}{action}")

    assert on("/ann/lamp/issues/12", "/ann/lamp/issues/12/comments") == on(
        "/bo/oak/issues/7", "/bo/oak/issues/7/comments"
    )
    assert on("/posts", "/posts/alpha/approve") == on("/posts", "/posts/beta/approve")
    assert on("/posts", "/posts/alpha/approve") != on("/posts", "/posts/alpha/reject")
    assert on("/lamps/oslo", "/cart/oslo") == on("/lamps/porto", "/cart/porto")
    assert on("/lamps/oslo", "/cart/oslo") != on("/lamps/oslo", "/wishlist/oslo")
    assert on("/", "/newsletter") == on("/lamps", "/newsletter")


def test_numbers_and_digests_make_no_other_control() -> None:
    def button(name: str) -> str:
        return controls(o.page(f"{HOST}/", elements=[o.button(name, None)]), {})[0].signature

    assert button("Star 1,065") == button("Star 7")
    assert button("Copy c733a0d9") == button("Copy 926dec8e")
    assert button("Star 7") != button("Fork 7")
