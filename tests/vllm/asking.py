"""Questions to vLLM that only tests have: made-up turns, and how probable a given action is."""

from __future__ import annotations

import math
import random
import re

import httpx

from agent.learner.vlm.tiny.lessons import Lesson, lesson
from agent.policy.vlm.replica import Question
from agent.rendering.marks import draw_marks
from agent.rendering.prompts import Prompt


def lessons(count: int, seed: int) -> list[Lesson]:
    """Return made-up turns."""
    generator = random.Random(seed)  # noqa: S311 - not for secrets
    return [lesson(generator) for _ in range(count)]


def question(one: Lesson, *, temperature: float = 1.0) -> Question:
    """Return what is asked of a turn."""
    marked = draw_marks(one.jpeg, one.prompt.marked)
    return Question(one.prompt.request(marked), one.prompt.grammar, temperature, one.prompt.budget.reply_tokens)


async def clicks(url: str, adapter: str, prompt: Prompt, jpeg: bytes, thought: str) -> dict[int, float]:
    """Return how probable vLLM finds it to click on each element, given this thought and that something is clicked.

    The grammar leaves nothing open but the mark, which the tiny model writes as one token.
    """
    begin = f"Thought: {thought}\nAction: click ["
    marks = [one.mark for one in prompt.marked]
    assert max(marks) < 10
    body = {
        "model": adapter,
        "messages": prompt.request(draw_marks(jpeg, prompt.marked)),
        "max_tokens": 200,
        "logprobs": True,
        "top_logprobs": len(marks),
        "structured_outputs": {"regex": re.escape(begin) + f"[{''.join(map(str, marks))}]" + re.escape("]")},
    }
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        answer = (await client.post(f"{url}/v1/chat/completions", json=body)).raise_for_status().json()
    said = ""
    for token in answer["choices"][0]["logprobs"]["content"]:
        if said == begin:
            return {int(one["token"]): math.exp(one["logprob"]) for one in token["top_logprobs"]}
        said += token["token"]
    raise AssertionError(said)
