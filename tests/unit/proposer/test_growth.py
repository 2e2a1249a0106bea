"""Tasks grown out of mastered ones: feasible, new, deeper from time to time, and with evidence that wants all of it."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from infra.contracts.task import Evidence, Task, TaskKind
from infra.contracts.visit import Route
from infra.demonstration import decode
from proposer.atlas import Atlas
from proposer.generation import Generated
from proposer.grounded.compose import chain
from proposer.growth import LEAST, PARTS, grow, grown
from proposer.reading import fold
from proposer.verify import follow, holds
from tests.unit.proposer.little_shop import LittleShop, website
from tests.unit.proposer.test_generation import make


@pytest.fixture(scope="module")
def generated() -> Generated:
    return asyncio.run(make())


@pytest.fixture(scope="module")
def atlas(generated: Generated) -> Atlas:
    return Atlas(generated.sitemap)


def shallow(generated: Generated, seed: int = 0, count: int = 40) -> list[Task]:
    """Return some tasks as if they were mastered."""
    easy = [task for task in generated.tasks if task.depth <= 4 and task.kind is not TaskKind.COMPOSE]
    return Random(seed).sample(easy, count)  # noqa: S311


def grown_from(mastered: list[Task], known: list[Task], atlas: Atlas, seed: int = 0, count: int = 20) -> list[Task]:
    return grow(mastered, known, atlas, Random(seed), count)  # noqa: S311


async def test_what_is_grown_can_be_done(generated: Generated, atlas: Atlas) -> None:
    made = grown_from(shallow(generated), list(generated.tasks), atlas)
    assert len(made) >= 10
    reports = await follow(made, website(), LittleShop())
    fine = [report for report in reports if report is not None]
    assert len(fine) >= 0.9 * len(made), [t.instruction for t, r in zip(made, reports, strict=True) if r is None]
    for task in made:
        assert task.kind is TaskKind.COMPOSE
        assert grown(task)
        assert task.depth == len(task.demonstration)
        assert task.max_steps >= 2 * task.depth
        assert task.skill.startswith("compose:")


async def test_half_of_it_is_not_enough(generated: Generated, atlas: Atlas) -> None:
    known = {task.id: task for task in generated.tasks}
    mastered = shallow(generated)
    shop, site = LittleShop(), website()
    for task in grown_from(mastered, list(known.values()), atlas):
        assert task.evidence is not None
        for half in mastered:
            if half.kind is TaskKind.COMPARE or half.start_url != task.start_url:
                continue
            steps = decode(half.demonstration)
            (report,) = await shop.visit(site, [Route(url=half.start_url, steps=steps)])
            submits = sum(len(requests) for requests in report.requests)
            entered = {value for _, value in task.evidence.fields} <= {step.value for step in steps}
            holding = entered and holds(task.evidence, report.observations, submits)
            assert not holding, (task.instruction, half.instruction)


def test_it_gets_deeper_and_stops_at_three_things(generated: Generated, atlas: Atlas) -> None:
    mastered, known = shallow(generated), list(generated.tasks)
    depths, parts = [], []
    for generation in range(6):
        made = grown_from(mastered, known, atlas, seed=generation)
        depths.append(sum(task.depth for task in made) / len(made))
        parts += [len(task.metadata["clauses"]) for task in made]
        mastered += made
        known += made
    assert sum(depths[-3:]) / 3 > depths[0] + 1.0
    assert set(parts) == {2, PARTS}


def test_nothing_is_made_twice(generated: Generated, atlas: Atlas) -> None:
    mastered, known = shallow(generated), list(generated.tasks)
    for generation in range(4):
        known += grown_from(mastered, known, atlas, seed=generation)
    assert len({task.id for task in known}) == len(known)
    assert len({fold(task.instruction) for task in known}) == len(known)
    made = [task for task in known if grown(task)]
    assert len({(task.evidence.model_dump_json(), task.start_url) for task in made if task.evidence}) == len(made)
    for task in made:
        assert len(set(task.metadata["made_of"])) == len(task.metadata["clauses"]), "the same thing twice in one"


def test_few_mastered_tasks_are_not_enough(generated: Generated, atlas: Atlas) -> None:
    assert grown_from(shallow(generated, count=LEAST - 1), [], atlas) == []
    foreign = [task.model_copy(update={"metadata": {}}) for task in shallow(generated)]
    assert grown_from(foreign, [], atlas) == []  # tasks of people's own say nothing of their parts


def test_a_question_is_never_the_first_of_two(generated: Generated, atlas: Atlas) -> None:
    asked = [task for task in generated.tasks if task.kind is TaskKind.FIND][:40]
    assert grown_from(asked, [], atlas) == []


ADDED = Evidence(heading="Your cart", lines=("Oslo lamp was added", "Total $25.00"), max_submits=1)


def test_the_chain_wants_both() -> None:
    both = chain(ADDED, Evidence(answer="black", visited=("Narvik lamp",)), about=("Narvik lamp",))
    assert both == Evidence(
        answer="black",
        visited=("Your cart", "Narvik lamp"),
        said=("Oslo lamp was added", "Total $25.00"),
        max_submits=1,
    )


def test_a_sum_is_no_longer_expected_once_something_else_was_added() -> None:
    second = Evidence(heading="Your cart", lines=("Narvik lamp was added", "Total $19.00"), max_submits=1)
    both = chain(ADDED, second, about=("Narvik lamp",))
    assert both is not None
    assert both.lines == ("Narvik lamp was added",)
    assert both.max_submits == 2
    saved = Evidence(heading="Settings", lines=("Saved",), max_submits=1)
    assert chain(saved, saved, about=("Settings",)) is None, "said once is not said twice"


def test_what_leaves_no_trace_cannot_come_first() -> None:
    then = Evidence(url="http://a.test/x", heading="X")
    assert chain(Evidence(url="http://a.test/list?sort=price"), then, about=()) is None
    assert chain(Evidence(answer="5", visited=("A",)), then, about=()) is None
    assert chain(Evidence(impossible=True), then, about=()) is None
