"""What a prompt tells, how long it gets, and that sampler and learner make the same one."""

from __future__ import annotations

import subprocess
import sys

from agent.policy.base import Past, Turn
from agent.policy.site import SiteIndex
from agent.rendering.attempts import of_trajectory, of_turn
from agent.rendering.elements import describe, estimate, listed
from agent.rendering.prompts import Budget, Done, render
from infra.contracts.action import Answer, Click, Type
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.observation import Box, Element, Observation
from tests.unit.agent.making import field, link, page, site_map


def many(count: int) -> tuple[Element, ...]:
    """Links below one another; every second one is outside the viewport."""
    return tuple(
        link(mark, f"Lamp number {mark}", f"/{mark}").model_copy(
            update={"in_viewport": mark % 2 == 0, "box": Box(x=0, y=30.0 * mark, width=9, height=9)}
        )
        for mark in range(count)
    )


def test_a_line_tells_an_element_from_others() -> None:
    element = field(4, "Size", value="M", placeholder="choose", options=("S", "M"), required=True, in_viewport=False)
    assert describe(element) == ('[4] textbox "Size" hint="choose" value="M" options="S" | "M" required off-screen')


def test_all_elements_are_listed_where_there_is_room() -> None:
    elements = many(6)
    lines, shown = listed(elements, 10_000)
    assert shown == elements
    assert lines == [describe(one) for one in elements]


def test_the_budget_holds_and_the_screen_comes_first() -> None:
    elements = many(40)
    for budget in (60, 100, 180):
        lines, shown = listed(elements, budget)
        assert sum(estimate(line + "\n") for line in lines) <= budget
        assert 0 < len(shown) < 40
        assert [one.mark for one in shown] == sorted(one.mark for one in shown)
        assert all(one.in_viewport for one in shown)  # 20 are, and they do not fit
        assert lines[-1].startswith(f"({40 - len(shown)} more")
    _, shown = listed(elements, 400)
    assert {one.mark for one in shown if one.in_viewport} == set(range(0, 40, 2))
    assert {one.mark for one in shown if not one.in_viewport} == set(range(1, 2 * (len(shown) - 20), 2))


def test_the_tokens_are_counted_as_asked() -> None:
    by_words, by_bytes = (listed(many(40), 60, count)[1] for count in (lambda text: len(text.split()), estimate))
    assert len(by_words) > len(by_bytes)


def test_the_prompt_tells_what_was_done_and_what_failed() -> None:
    now = page("/lamps", "Lamps", elements=(link(0, "Amber", "/1"),)).model_copy(
        update={"error": "covered by a dialog"}
    )
    history = [
        Done(Click(mark=3), "The lamps are there.", target="Lamps"),
        Done(Type(mark=1, text="amber"), None, error="no such field"),
    ]
    text = render("Open the amber lamp.", now, history).text
    assert "Instruction: Open the amber lamp." in text
    assert "1. The lamps are there. → click [3] (Lamps)" in text
    assert '2. type [1] "amber"\n   failed: no such field' in text
    assert "The last action failed: covered by a dialog" in text
    assert '[0] link "Amber"' in text


def test_only_the_last_steps_are_told() -> None:
    history = [Done(Click(mark=number)) for number in range(20)]
    text = render("x", page("/", "Home"), history, budget=Budget(steps=3)).text
    assert "So far (20 steps):\n18. click [17]\n19. click [18]\n20. click [19]\n\n" in text


def test_the_grammar_follows_what_is_listed() -> None:
    prompt = render("x", page("/", "Home", elements=many(40)), budget=Budget(elements=60))
    assert f"(?:{'|'.join(str(one.mark) for one in prompt.marked)})" in prompt.grammar
    assert "select" not in prompt.grammar


def test_a_request_carries_the_picture() -> None:
    prompt = render("x", page("/", "Home"))
    picture, text = prompt.request(b"\xff\xd8")[0]["content"]
    assert picture["image_url"]["url"] == "data:image/jpeg;base64,/9g="
    assert text["text"] == prompt.text
    assert [part["type"] for part in prompt.messages()[0]["content"]] == ["image", "text"]


def walked() -> tuple[list[Observation], list[tuple[Click | Type | Answer, str | None]]]:
    seen = [
        page("/", "Home", elements=(link(0, "Lamps", "/lamps"),)),
        page("/lamps", "Lamps", elements=(field(0, "Search"),)).model_copy(update={"error": "it was slow"}),
        page("/lamps/1", "Amber lamp"),
    ]
    return seen, [
        (Click(mark=0), "Lamps it is."),
        (Type(mark=0, text="amber"), None),
        (Answer(text="$9"), "It says so."),
    ]


def test_the_learner_sees_what_the_sampler_saw() -> None:
    seen, done = walked()
    steps = tuple(
        Step(
            index=index, observation=now.model_copy(update={"screenshot": f"s/{index}"}), action=action, thought=thought
        )
        for index, (now, (action, thought)) in enumerate(zip(seen, done, strict=True))
    )
    trajectory = Trajectory(
        attempt_id="a",
        task_id="t",
        website_id="w",
        instruction="What does the amber lamp cost?",
        start_url=seen[0].url,
        steps=steps,
        final=None,
        stop_reason=StopReason.ANSWERED,
        policy_version=0,
    )
    rendered = of_trajectory(trajectory)
    for index, one in enumerate(rendered):
        past = [Past(seen[i], done[i][0], (), done[i][1]) for i in range(index)]
        turn = Turn(trajectory.instruction, seen[index], SiteIndex(site_map()), past)
        assert of_turn(turn).text == one.prompt.text
    assert [one.reply for one in rendered] == [
        "Thought: Lamps it is.\nAction: click [0]",
        'Thought: …\nAction: type [0] "amber"',
        'Thought: It says so.\nAction: answer "$9"',
    ]
    assert [one.screenshot for one in rendered] == ["s/0", "s/1", "s/2"]
    assert "1. Lamps it is. → click [0] (Lamps)\n   failed: it was slow" in rendered[2].prompt.text


def test_rendering_needs_neither_torch_nor_a_browser() -> None:
    names = ("attempts", "elements", "marks", "prompts", "replies")
    code = "import sys\n" + "".join(f"import agent.rendering.{name}\n" for name in names)
    code += "sys.exit(' '.join({'torch', 'transformers', 'playwright'} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
