"""Candidates, encoding and the scorer."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from agent.policy import network as network_module
from agent.policy.base import Past, Turn
from agent.policy.candidates import Kind, list_candidates
from agent.policy.element import ElementPolicy
from agent.policy.encoding import ELEMENT_FEATURES, STATE_FEATURES, encode
from agent.policy.matching import Matcher
from agent.policy.network import PRIOR, collate, log_softmax
from agent.policy.site import SiteIndex
from agent.policy.weights import dump, fresh, restore
from infra.contracts.action import Answer, Back, Click, Select, Type
from infra.contracts.observation import Observation
from infra.errors import PolicyError
from tests.unit.agent.making import field, link, page, row, site_map

ASK = 'Search for "cobalt lamp" and tell me its warranty'


def shop() -> Observation:
    sort = field(3, "Sort", options=("Newest", "Cheapest"), tag="select", role="combobox")
    elements = (link(0, "Lamps", "/lamps"), link(1, "Chairs", "/chairs"), field(2, "Search", role="searchbox"), sort)
    return page("/", "Home", elements=elements, chunks=(row("Warranty", "2 years"), row("Price", "$9.00")))


def test_candidates_cover_every_family_once() -> None:
    observation = shop()
    found = list_candidates(ASK, observation, history=True)
    actions = [found.action(i) for i in range(len(found))]
    assert Click(mark=0) in actions
    assert Type(mark=2, text="cobalt lamp", submit=True) in actions
    assert Select(mark=3, option="Cheapest") in actions
    assert Answer(text="2 years") in actions
    assert Answer() in actions
    assert Answer(impossible=True) in actions
    assert Back() in actions
    assert not any(isinstance(a, Click) and a.mark in (2, 3) for a in actions), "fields are entered, not clicked"


def test_find_is_the_inverse_of_action() -> None:
    found = list_candidates(ASK, shop(), history=True)
    for i in range(len(found)):
        assert i in found.find(found.action(i))
    assert found.find(Click(mark=99)) == ()
    assert found.find(Answer(text="never shown")) == ()


def test_links_to_the_same_page_are_equally_right() -> None:
    observation = page("/", "Home", elements=(link(0, "Lamps", "/lamps"), link(1, "Picture of a lamp", "/lamps")))
    assert list_candidates("Lamps", observation, history=False).find(Click(mark=1)) == (0, 1)


def test_encoding_is_finite_and_as_wide_as_its_names() -> None:
    turn = Turn(ASK, shop(), SiteIndex(site_map()), [Past(shop(), Click(mark=0))])
    candidates, encoded = encode(turn, Matcher(ASK, turn.site))
    assert encoded.size == len(candidates) == len(encoded.kinds())
    assert encoded.state.shape == (len(STATE_FEATURES),)
    assert encoded.elements.shape == (4, len(ELEMENT_FEATURES))
    for name in ("state", "elements", "spans", "pairs", "options", "answers"):
        values = getattr(encoded, name)
        assert np.isfinite(values).all()
        assert np.abs(values).max() <= 2.5, name


def test_map_features_point_towards_the_goal() -> None:
    turn = Turn("Open the cobalt lamp", shop(), SiteIndex(site_map()))
    _, encoded = encode(turn, Matcher(turn.instruction, turn.site))
    gain = ELEMENT_FEATURES.index("gain_total")
    assert encoded.elements[0][gain] > 0, "lamps is on the way"
    assert encoded.elements[1][gain] <= 0, "chairs is not"


def test_scores_of_a_turn_do_not_depend_on_its_company() -> None:
    network = fresh(0).eval()
    site = SiteIndex(site_map())
    plain = page("/chairs", "Chairs", elements=(link(0, "Home", "/"),))
    turns = [Turn(ASK, shop(), site), Turn("Go home", plain, site), Turn("Amber?", shop(), site)]
    encoded = [encode(turn, Matcher(turn.instruction, site))[1] for turn in turns]
    with torch.inference_mode():
        together = network(collate(encoded)).split(list(collate(encoded).sizes))
        for one, scores in zip(encoded, together, strict=True):
            assert torch.allclose(network(collate([one])), scores, atol=1e-5)


@pytest.mark.parametrize("constant", ["DROPPED", "UNHEARD"])
def test_units_and_words_are_dropped_of_the_first_turns_alone(constant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DROPPED", "UNHEARD"):
        monkeypatch.setattr(network_module, name, 0.5 if name == constant else 0.0)
    network = fresh(0)
    site = SiteIndex(site_map())
    _, one = encode(Turn(ASK, shop(), site), Matcher(ASK, site))
    batch = collate([one] * 9)
    random = torch.Generator().manual_seed(1)
    with torch.inference_mode():
        whole = network(batch).split(list(batch.sizes))
        scores, _ = network.read(batch, varied=8, random=random)
    dropped = scores.split(list(batch.sizes))
    assert torch.equal(dropped[8], whole[8])
    changed = [not torch.allclose(some, whole[0], atol=1e-6) for some in dropped[:8]]
    assert all(changed) if constant == "DROPPED" else 0 < sum(changed) < 8


def test_log_softmax_normalises_each_turn() -> None:
    scores = torch.tensor([0.0, math.log(3.0), 5.0])
    log_probs = log_softmax(scores, torch.tensor([0, 0, 1]), 2)
    assert log_probs.exp().tolist() == pytest.approx([0.25, 0.75, 1.0])


def test_untrained_policy_explores_by_the_prior() -> None:
    turn = Turn(ASK, shop(), SiteIndex(site_map()))
    _, encoded = encode(turn, Matcher(ASK, turn.site))
    with torch.inference_mode():
        batch = collate([encoded])
        probabilities = log_softmax(fresh(0)(batch), batch.turn, 1).exp().numpy()
    shares = np.bincount(encoded.kinds(), weights=probabilities, minlength=len(Kind))
    total = sum(PRIOR[Kind(k)] for k in set(encoded.kinds()))
    assert shares[Kind.CLICK] == pytest.approx(PRIOR[Kind.CLICK] / total, abs=0.12)
    assert shares[Kind.DONE] < 0.25


async def test_greedy_takes_the_most_probable_and_sampling_varies() -> None:
    turn = Turn(ASK, shop(), SiteIndex(site_map()))
    policy = ElementPolicy(fresh(0), 3, seed=1)
    greedy = await policy.decide(Turn(ASK, shop(), turn.site, temperature=0))
    assert greedy.action == greedy.top[0].action
    sampled = {str((await policy.decide(turn)).action) for _ in range(40)}
    assert len(sampled) > 5
    assert policy.version == 3


def test_weights_survive_the_round_trip_and_bad_ones_are_refused() -> None:
    network = fresh(5)
    again = restore(dump(network.state_dict()))
    assert all(torch.equal(a, b) for a, b in zip(network.parameters(), again.parameters(), strict=True))
    with pytest.raises(PolicyError, match="cannot be read"):
        restore(b"not a checkpoint")
    with pytest.raises(PolicyError, match="another shape"):
        restore(dump({"words.weight": torch.zeros(1)}))


def test_same_seed_same_weights() -> None:
    assert torch.equal(fresh(1).score.weight, fresh(1).score.weight)
    assert not torch.equal(fresh(1).score.weight, fresh(2).score.weight)
