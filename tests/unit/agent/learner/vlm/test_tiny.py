"""The tiny model: made alike by seed, found offline by the usual names, and teachable."""

from __future__ import annotations

import importlib.util
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from agent.learner.vlm.adapters import load_base
from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.likelihood import likelihood
from agent.learner.vlm.sampling import Written
from agent.learner.vlm.tiny import teaching
from agent.learner.vlm.tiny.lessons import Lesson, lesson
from agent.learner.vlm.tiny.model import processor, save, untaught
from agent.learner.vlm.tiny.teaching import examine, teach
from agent.learner.vlm.tokens import collate
from agent.rendering.replies import read


def test_lessons_are_right_by_the_grammar_and_alike_by_seed() -> None:
    one, two = random.Random(1), random.Random(1)  # noqa: S311 - not for secrets
    for _ in range(60):
        made = lesson(one)
        assert made == lesson(two)
        assert re.fullmatch(made.prompt.grammar, made.reply)
        assert read(made.reply).action == made.action


def test_it_is_loaded_offline_as_any_model_is(
    fresh: Callable[[], Any], parts: Any, lessons: list[Lesson], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import AutoModelForImageTextToText

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    model = fresh()
    save(model, parts, tmp_path)
    again = AutoModelForImageTextToText.from_pretrained(tmp_path)
    one = lessons[0]
    mine, theirs = (
        encoder.sample(one.prompt, one.jpeg, one.reply) for encoder in (Encoder(parts), Encoder.load(tmp_path))
    )
    assert theirs.prompt.equal(mine.prompt)
    assert theirs.reply.equal(mine.reply)
    assert theirs.pictures["pixel_values"].equal(mine.pictures["pixel_values"])
    with torch.no_grad():
        before, after = (likelihood(which.eval(), collate([mine], 0)).log_probs for which in (model, again))
    assert before.equal(after)
    assert sum(weight.numel() for weight in again.parameters()) < 5_000_000


def test_frozen_weights_are_whole_on_a_cpu_and_four_bits_need_bitsandbytes(
    fresh: Callable[[], Any], parts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(fresh(), parts, tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", {}.get)
    assert load_base(tmp_path, "cpu").dtype == torch.float32
    with pytest.raises(RuntimeError, match="need bitsandbytes"):
        load_base(tmp_path, "cpu", four_bit=True)


def test_tokens_spell_any_text_and_end_the_reply(encoder: Encoder, lessons: list[Lesson]) -> None:
    one = lessons[0]
    reply = 'Thought: Größe 漢字 ✓.\nAction: type [10] "naïve \\"x\\""'
    sample = encoder.sample(one.prompt, one.jpeg, reply)
    assert encoder.text(sample.reply) == reply
    assert sample.reply[-1] == encoder.end
    assert encoder.count(reply) == len(sample.reply) - 1
    assert one.prompt.text in encoder.text(sample.prompt)


def test_teaching_is_alike_by_seed_and_takes(parts: Any) -> None:
    encoder, count = Encoder(parts), len(parts.tokenizer)
    models = [untaught(count, seed=4) for _ in range(2)]
    losses = [teach(model, encoder, steps=25, batch=2, seed=4) for model in models]
    assert losses[0] == losses[1]
    assert all(torch.equal(a, b) for a, b in zip(*(m.state_dict().values() for m in models), strict=True))
    assert losses[0] < 3.5  # ln 817 = 6.7 is a guess among all tokens


def test_the_processor_is_alike_by_seed(parts: Any) -> None:
    assert processor(seed=0).tokenizer.get_vocab() == parts.tokenizer.get_vocab()


class Repeats:
    """Stands for a model that gives one reply, whatever it is asked."""

    def __init__(self, reply: str) -> None:
        self.reply = reply

    def __call__(self, model: object, encoder: Encoder, *_: object, **__: object) -> Written:
        return Written(self.reply, torch.zeros(1), torch.zeros(1))


@pytest.mark.parametrize(
    ("reply", "says", "fits"),
    [("click it", 0.0, 0.0), ("Thought: a\nAction: click [99]", 1.0, 0.0), ("Thought: a\nAction: back", 1.0, 1.0)],
)
def test_an_examination_counts_what_is_well_formed(
    reply: str, says: float, fits: float, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching, "write", Repeats(reply))
    found = examine(None, encoder, lessons=30, seed=0)
    assert (found.says, found.fits) == (says, fits)
    assert (0 < found.right < 0.2) == (fits == 1.0)  # some of the lessons are to go back
