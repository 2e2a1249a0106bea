"""Attempts as lessons: the sampler's prompts and tokens, and nothing that was not seen."""

from __future__ import annotations

import pytest

from agent.learner.vlm.lessons import VlmTeaching
from agent.rendering.prompts import Budget
from infra.blobs import Blobs
from infra.contracts.action import Answer, Click, Scroll
from infra.contracts.attempt import Step, Trajectory, Written
from infra.contracts.messages import Relabel
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.errors import NotFound
from tests.unit.agent.learner.walks import COBALT, HOME, LAMPS, trajectory
from tests.unit.agent.making import SITE

TASK = Task(
    id="tsk_1", website_id="web_1", instruction="Open the cobalt lamp", start_url=SITE + "/", skill="navigate:/",
    kind=TaskKind.NAVIGATE, origin=Origin.GROUNDED, evidence=Evidence(answer="x"), max_steps=9,
)  # fmt: skip
BUDGET = Budget(reply_thought=20, reply_text=20)


def walked() -> Trajectory:
    """Home, a scroll that changed nothing, lamps, answer: the second step was not photographed."""
    made = trajectory([(HOME, Scroll(direction="down")), (HOME, Click(mark=0)), (LAMPS, Answer(text="9"))], COBALT)
    seen = ["s/0.jpg", "s/1.jpg", None]
    steps = [
        Step(
            index=i,
            observation=step.observation.model_copy(update={"screenshot": seen[i]}),
            action=step.action,
            thought=f"Thought {i}.",
            log_prob=-3.0,
            written=Written(tokens=(5, 6 + i, 2), log_probs=(-1.0, -1.5, -0.5)),
        )
        for i, step in enumerate(made.steps)
    ]
    final = COBALT.model_copy(update={"screenshot": "s/3.jpg"})
    return made.model_copy(update={"steps": tuple(steps), "final": final, "temperature": 0.8})


@pytest.fixture
async def teaching(folder_blobs: Blobs) -> VlmTeaching:
    for number in (0, 1, 3):
        await folder_blobs.put(f"s/{number}.jpg", b"jpeg %d" % number)
    return VlmTeaching(folder_blobs, BUDGET)


async def test_a_success_is_told_whole_and_learnt_where_it_mattered(teaching: VlmTeaching) -> None:
    episode = await teaching.success(walked(), TASK)
    (example,) = episode.examples  # the scroll was useless, the answer's page was not seen
    shot = example.encoded
    assert (shot.jpeg, shot.tokens, shot.reply) == (b"jpeg 1", (5, 7, 2), "Thought: Thought 1.\nAction: click [0]")
    assert "1. Thought 0. → scroll down" in shot.prompt.text
    assert shot.prompt.budget == BUDGET
    assert (episode.source, episode.website, episode.nbytes > 500) == ("success", "web_1", True)


async def test_what_was_sampled_comes_with_its_tokens(teaching: VlmTeaching) -> None:
    first, second = await teaching.acted(walked(), TASK, -0.5)
    assert (first.encoded.tokens, second.encoded.tokens) == ((5, 6, 2), (5, 7, 2))
    assert first.log_probs.tolist() == [-1.0, -1.5, -0.5]
    assert (first.temperature, first.advantage, first.version) == (0.8, -0.5, 7)
    greedy = walked().model_copy(update={"temperature": 0.0})
    assert await teaching.acted(greedy, TASK, 1.0) == ()


async def test_hindsight_has_its_own_words_and_no_thoughts(teaching: VlmTeaching) -> None:
    relabels = (
        Relabel(instruction="Go to Lamps", kind=TaskKind.NAVIGATE, steps=2, skip=(0,)),
        Relabel(instruction="See it all", kind=TaskKind.NAVIGATE, steps=3),
    )
    episode, whole = await teaching.hindsight(walked(), relabels)
    (example,) = episode.examples
    assert example.encoded.reply == "Thought: …\nAction: click [0]"
    assert example.encoded.tokens is None
    assert "Instruction: Go to Lamps" in example.encoded.prompt.text
    assert "So far" not in example.encoded.prompt.text
    assert whole.examples[-1].encoded.reply == "Thought: …\nAction: done"
    assert whole.examples[-1].encoded.jpeg == b"jpeg 3"
    assert episode.source == "hindsight:navigate"


async def test_hindsight_does_not_say_that_an_action_failed_because_one_that_was_cut_out_did(
    teaching: VlmTeaching,
) -> None:
    failed = LAMPS.model_copy(update={"error": "nothing to scroll"})
    scroll, answer = Scroll(direction="down"), Answer()
    made = trajectory([(HOME, Click(mark=0)), (LAMPS, scroll), (failed, Click(mark=1)), (COBALT, answer)], COBALT)
    seen = [
        one.model_copy(update={"observation": one.observation.model_copy(update={"screenshot": "s/1.jpg"})})
        for one in made.steps
    ]
    told = made.model_copy(update={"steps": tuple(seen)})
    cut = Relabel(instruction="Go to the cobalt lamp", kind=TaskKind.NAVIGATE, steps=3, skip=(1,))
    whole = Relabel(instruction="Go to the cobalt lamp", kind=TaskKind.NAVIGATE, steps=3)
    first, second = await teaching.hindsight(told, (cut, whole))
    assert [one.encoded.reply.split(": ")[-1] for one in first.examples] == ["click [0]", "click [1]", "done"]
    assert not any("failed" in one.encoded.prompt.text.split("Instruction:")[1] for one in first.examples)
    assert "failed: nothing to scroll" in second.examples[2].encoded.prompt.text  # where nothing is cut, it is told


async def test_a_deleted_website_teaches_nothing(folder_blobs: Blobs) -> None:
    with pytest.raises(NotFound):
        await VlmTeaching(folder_blobs, BUDGET).success(walked(), TASK)
