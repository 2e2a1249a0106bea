"""Which pages an instruction could be about."""

from __future__ import annotations

import math

import pytest
import torch

from agent.policy.aim_network import AimReader, collate_aims, leads
from agent.policy.aims import AIM_FEATURES, MOST_AIMS, REACH, aims
from agent.policy.base import Past, Turn
from agent.policy.encoding import Encoded, encode
from agent.policy.matching import Matcher
from agent.policy.network import collate
from agent.policy.progress import Progress
from agent.policy.site import SiteIndex
from agent.policy.weights import fresh
from infra.contracts.action import Click
from tests.unit.agent.learner.walks import HOME, LAMPS
from tests.unit.agent.making import SITE, link, page, site_map

INDEX = SiteIndex(site_map())
PAGES = dict(INDEX.pages)
CHAIRS = page("/chairs", "Chairs", elements=(link(0, "Home", "/"),))


def encoded(instruction: str, turn: Turn | None = None) -> Encoded:
    turn = turn or Turn(instruction, HOME, INDEX)
    return encode(turn, Matcher(instruction, INDEX))[1]


def test_named_pages_come_first_and_none_twice() -> None:
    turn = Turn("Open the cobalt lamp", HOME, INDEX)
    matcher = Matcher(turn.instruction, INDEX)
    found = aims(matcher, Progress.of(turn, matcher))
    assert found[0] == PAGES[SITE + "/lamps/2"]
    assert len(found) == len(set(found)) <= MOST_AIMS
    assert PAGES[SITE + "/chairs"] not in found, "nothing of it matches"


def test_there_are_no_aims_without_a_map() -> None:
    turn = Turn("Open the cobalt lamp", HOME, SiteIndex(None))
    one = encode(turn, Matcher(turn.instruction, turn.site))[1]
    assert one.aims.shape == (0, len(AIM_FEATURES))
    with torch.inference_mode():
        scores, aimed = fresh(0).read(collate([one]))
    assert torch.isfinite(scores).all()
    assert float(aimed[0, -1].exp()) == pytest.approx(1.0), "it is none of them"


def test_reach_tells_how_far_a_link_brings_an_aim() -> None:
    one = encoded("Open the cobalt lamp")
    cobalt = one.aim_pages.tolist().index(PAGES[SITE + "/lamps/2"])
    by_name = {element.name: i for i, element in enumerate(HOME.elements)}
    lamps = one.reach[one.element_targets[by_name["Lamps"]], :, cobalt]
    assert dict(zip(REACH, lamps.tolist(), strict=True)) == pytest.approx(
        {"close": math.exp(-1), "gain": 1.0, "there": 0.0}, abs=1e-3
    )
    assert one.reach[0, REACH.index("close"), cobalt] == pytest.approx(math.exp(-2), abs=1e-3), "home itself"


def test_a_page_that_was_seen_is_marked() -> None:
    instruction = "Go to the lamps, then open the cobalt lamp"
    turn = Turn(instruction, LAMPS, INDEX, [Past(HOME, Click(mark=0))])
    one = encoded(instruction, turn)
    seen = one.aims[:, AIM_FEATURES.index("seen")]
    here = one.aims[:, AIM_FEATURES.index("here")]
    lamps = one.aim_pages.tolist().index(PAGES[SITE + "/lamps"])
    assert (seen[lamps], here[lamps], here.sum()) == (1.0, 1.0, 1.0)


def test_pages_have_their_turn_in_the_order_in_which_the_instruction_names_them() -> None:
    instruction = "Open the chairs, then the cobalt lamp"

    def told(turn: Turn, path: str) -> dict[str, float]:
        one = encoded(instruction, turn)
        row = one.aims[one.aim_pages.tolist().index(PAGES[SITE + path])]
        return dict(zip(AIM_FEATURES, row.tolist(), strict=True))

    start = Turn(instruction, HOME, INDEX)
    chairs, cobalt = told(start, "/chairs"), told(start, "/lamps/2")
    assert (chairs["turn"], cobalt["turn"]) == pytest.approx((1.0, 2 / 3), abs=1e-3)
    assert 0 < chairs["place"] < cobalt["place"]
    after = Turn(instruction, HOME, INDEX, [Past(CHAIRS, Click(mark=0), ("POST /chairs/sit",))])
    chairs, cobalt = told(after, "/chairs"), told(after, "/lamps/2")
    assert (chairs["turn"], cobalt["turn"]) == (0.0, 1.0), "the chairs were seen"
    assert chairs["ahead"] == 0.0 < cobalt["ahead"]
    assert (chairs["sent_from"], cobalt["sent_from"]) == (1.0, 0.0)


def test_leads_are_expectations_over_the_aims_and_what_holds_for_the_likeliest() -> None:
    batch = collate_aims([encoded("Open the cobalt lamp")])
    count = int(batch.there.sum())
    log_probs = torch.full((1, MOST_AIMS + 1), -1e9)
    log_probs[0, 0], log_probs[0, 1], log_probs[0, -1] = math.log(0.6), math.log(0.3), math.log(0.1)
    assert count >= 2
    lead = leads(batch, log_probs)
    expected = 0.6 * batch.reach[:, :, 0] + 0.3 * batch.reach[:, :, 1]
    assert torch.allclose(lead, torch.cat([expected, batch.reach[:, :, 0]], dim=1), atol=1e-6)


def test_what_is_padded_is_never_meant() -> None:
    batch = collate_aims([encoded("Open the cobalt lamp"), encoded("Go to the chairs")])
    log_probs = AimReader(4)(batch, torch.zeros(2, 4))
    assert torch.allclose(log_probs.exp().sum(dim=1), torch.ones(2))
    assert log_probs[:, :-1][~batch.there].exp().max() < 1e-6
