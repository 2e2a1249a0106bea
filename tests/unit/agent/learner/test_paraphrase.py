"""Instructions in other words: what is said otherwise, and what must stay."""

from __future__ import annotations

from random import Random

import pytest

from agent.learner import paraphrase, varying
from agent.learner.examples import from_hindsight
from agent.learner.paraphrase import thesaurus
from agent.policy.site import SiteIndex
from agent.policy.text import stem
from infra.contracts.messages import Relabel
from infra.contracts.task import TaskKind
from tests.unit.agent.learner.walks import WALK
from tests.unit.agent.making import site_map

ASK = 'Change the address to 12 Mill Road, and write "Great price" as the title for Alpine Basket.'


def several(instruction: str, *, kept: tuple[str, ...] = (), count: int = 200) -> list[str]:
    return [paraphrase.paraphrase(instruction, Random(i), kept=kept) for i in range(count)]  # noqa: S311


def test_the_thesaurus_relates_common_words() -> None:
    assert len(thesaurus()) > 5000
    assert "cost" in thesaurus()[stem("price")]
    assert all(0 < len(others) <= 6 and word not in map(stem, others) for word, others in thesaurus().items())


def test_ordinary_words_are_often_said_otherwise() -> None:
    said = several("Please tell me the price of it")
    assert 0.35 < sum("price" not in one for one in said) / len(said) < 0.65


def test_names_are_mostly_kept_numbers_and_quotations_always() -> None:
    said = several(ASK)
    assert all("12" in one and '"Great price"' in one for one in said)
    assert sum("Basket" in one for one in said) / len(said) > 0.7
    assert any("Basket" not in one for one in said)


def test_what_is_entered_stays() -> None:
    said = several(ASK, kept=("12 Mill Road",))
    assert all("12 Mill Road" in one for one in said)
    assert len(set(said)) > 20


def test_spaces_and_marks_stay_where_they_were() -> None:
    said = several("Price, please:  the   lamp's!", count=30)
    assert all(one.count(",") == 1 and ":  the   " in one and one.endswith("!") for one in said)


def test_the_same_draw_gives_the_same_words() -> None:
    assert several(ASK, count=5) == several(ASK, count=5)


def test_paraphrased_episodes_still_find_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "PARAPHRASED", 1.0)
    monkeypatch.setattr(paraphrase, "REPLACED", 1.0)
    relabel = Relabel(instruction="Tell me the warranty of the lamp", kind=TaskKind.FIND, steps=2, answer="2 years")
    site = SiteIndex(site_map())
    episode = from_hindsight(WALK, relabel, site, max_steps=9)
    monkeypatch.setattr(varying, "PARAPHRASED", 0.0)
    monkeypatch.setattr(varying, "OVERLOOKING", 0.0)
    plain = from_hindsight(WALK, relabel, site, max_steps=9)
    assert len(episode.examples) == len(plain.examples) == 3
    assert episode.examples[0].encoded.instruction.tolist() != plain.examples[0].encoded.instruction.tolist()
    assert [one.right for one in episode.examples] == [one.right for one in plain.examples]


def test_some_episodes_are_learnt_without_the_map_and_few_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "MAPLESS", 0.15)
    monkeypatch.setattr(varying, "PARAPHRASED", 0.35)
    site = SiteIndex(site_map())
    drawn = [varying.varied("Tell me the price of the lamp", [], site, seed=str(i)) for i in range(1000)]
    assert 0.1 < sum(one.site.size == 0 for one in drawn) / 1000 < 0.2
    assert 0.25 < sum(one.instruction != "Tell me the price of the lamp" for one in drawn) / 1000 < 0.4
    assert not any(one.overlooked and one.instruction != "Tell me the price of the lamp" for one in drawn)
