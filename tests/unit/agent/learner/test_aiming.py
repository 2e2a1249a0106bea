"""Which page the decisions of an episode led to, and that the network learns to tell it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from agent.learner import varying
from agent.learner.destinations import UNKNOWN, destinations
from agent.learner.examples import from_hindsight, from_success
from agent.learner.objectives import FilteredCloning
from agent.learner.trainer import ElementTrainer
from agent.policy.base import Turn
from agent.policy.encoding import encode
from agent.policy.matching import Matcher
from agent.policy.network import collate
from agent.policy.site import SiteIndex
from agent.policy.weights import fresh
from infra.contracts.action import Answer, Back, Click, Scroll, Type
from infra.contracts.messages import Relabel
from infra.contracts.sitemap import Form, FormField
from infra.contracts.task import TaskKind
from tests.unit.agent.learner.walks import HOME, LAMPS, WALK, trajectory
from tests.unit.agent.making import SITE, field, link, page, site_map

INDEX = SiteIndex(site_map())
PAGES = dict(INDEX.pages)


def test_the_aim_is_the_page_where_something_else_than_a_link_was_followed() -> None:
    relabel = Relabel(instruction="Warranty of the cobalt lamp?", kind=TaskKind.FIND, steps=2, answer="2 years")
    episode = from_hindsight(WALK, relabel, INDEX, max_steps=9)
    meant = [int(example.encoded.aim_pages[example.aim]) for example in episode.examples]
    assert meant == [PAGES[SITE + "/lamps/2"]] * 3


def test_a_page_that_the_instruction_names_on_the_way_is_led_to_before_the_last_one() -> None:
    relabel = Relabel(instruction="Open Lamps, then the cobalt lamp", kind=TaskKind.COMPOSE, steps=2)
    meant = [int(one.encoded.aim_pages[one.aim]) for one in from_hindsight(WALK, relabel, INDEX, max_steps=9).examples]
    assert meant == [PAGES[SITE + "/lamps"], PAGES[SITE + "/lamps/2"], PAGES[SITE + "/lamps/2"]]


def test_without_a_map_no_aim_is_known() -> None:
    assert {one.aim for one in from_success(WALK, SiteIndex(None), max_steps=9).examples} == {UNKNOWN}


def test_training_teaches_which_page_is_meant() -> None:
    trainer = ElementTrainer(fresh(0), FilteredCloning(), learning_rate=5e-3)
    relabels = [
        Relabel(instruction="Open the cobalt lamp", kind=TaskKind.NAVIGATE, steps=2),
        Relabel(instruction="Go to Lamps", kind=TaskKind.NAVIGATE, steps=1),
    ]
    examples = [e for relabel in relabels for e in from_hindsight(WALK, relabel, INDEX, max_steps=9).examples]
    first = trainer.update(examples)["aim_likelihood"]
    for _ in range(60):
        last = trainer.update(examples)["aim_likelihood"]
    assert first < 0.6 < 0.9 < last
    ask = "Take me to the amber lamp"
    _, amber = encode(Turn(ask, HOME, INDEX), Matcher(ask, INDEX))
    with torch.inference_mode():
        _, aimed = trainer.network.read(collate([amber]))
    assert amber.aim_pages[int(np.argmax(aimed[0].numpy()))] == PAGES[SITE + "/lamps/1"], "never named in training"


def test_going_back_and_scrolling_are_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "OVERLOOKING", 0.0)
    chairs = page("/chairs", "Chairs", elements=(link(0, "Home", "/"),))
    walk = trajectory(
        [(HOME, Click(mark=1)), (chairs, Back()), (HOME, Scroll()), (HOME, Click(mark=0)), (LAMPS, Answer())], LAMPS
    )
    asked = walk.model_copy(update={"instruction": "Show the lamps"})
    examples = from_success(asked, INDEX, max_steps=9).examples
    meant = {int(one.encoded.aim_pages[one.aim]) for one in examples}
    assert meant == {PAGES[SITE + "/lamps"]}


def test_searching_the_website_is_on_the_way_and_leads_to_what_it_found() -> None:
    box = field(2, "Search")
    everywhere = (
        Form(index=0, method="GET", action="/s", fields=(FormField(key=box.key, name="", role="searchbox"),)),
    )
    pages = tuple(page.model_copy(update={"forms": everywhere}) for page in site_map().pages)
    home = HOME.model_copy(update={"elements": (*HOME.elements, box)})
    results = page("/s?q=amber", "Results", elements=(link(0, "Amber lamp", "/lamps/1"),))
    lamp = page("/lamps/1", "Amber lamp")
    search = Type(mark=2, text="amber", submit=True)
    steps = trajectory([(home, search), (results, Click(mark=0)), (lamp, Answer())], lamp).steps
    decisions = [(step, step.action) for step in steps]
    amber, start = PAGES[SITE + "/lamps/1"], PAGES[SITE + "/"]
    searched = SiteIndex(site_map().model_copy(update={"pages": pages}))
    assert destinations(decisions, searched, frozenset()) == [amber] * 3
    assert destinations(decisions, INDEX, frozenset())[0] == start, "a field that only one page has is that page's own"
    read = lamp.model_copy(update={"elements": (box,)})
    chairs = page("/chairs", "Chairs")
    steps = trajectory(
        [(home, Click(mark=0)), (read, search), (results, Click(mark=0)), (chairs, Answer(text="4"))], chairs
    ).steps
    on = destinations([(step, step.action) for step in steps], searched, frozenset())
    assert on == [amber, *[PAGES[SITE + "/chairs"]] * 3], "who searches on from a page had come for it"


def test_who_gives_up_at_once_meant_no_page() -> None:
    step = trajectory([(HOME, Answer(impossible=True))], HOME).steps[0]
    assert destinations([(step, Answer(impossible=True))], INDEX, frozenset()) == [None]
    went = trajectory([(HOME, Click(mark=0)), (LAMPS, Answer(impossible=True))], LAMPS).steps
    lamps = PAGES[SITE + "/lamps"]
    assert destinations([(one, one.action) for one in went], INDEX, frozenset()) == [lamps, lamps], (
        "it was missed there"
    )
