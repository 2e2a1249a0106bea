"""Ways over links that the survey saw come out as if they had been followed."""

from __future__ import annotations

import asyncio

import pytest

from infra.contracts.task import TaskKind
from infra.demonstration import decode
from proposer.demonstrations import demonstration
from proposer.generation import Generated
from proposer.recalling import recalled
from proposer.survey import Survey, Surveyor
from proposer.verify import follow
from tests.unit.proposer.little_shop import LittleShop, website
from tests.unit.proposer.test_generation import make


async def quiet(_: str) -> None: ...


async def never() -> bool:
    return False


@pytest.fixture(scope="module")
def survey() -> Survey:
    return asyncio.run(Surveyor(website(), LittleShop(), own=True, halted=never, progress=quiet).run())


@pytest.fixture(scope="module")
def generated() -> Generated:
    return asyncio.run(make())


async def test_what_is_recalled_is_what_following_shows(survey: Survey, generated: Generated) -> None:
    tasks = [task for task in generated.tasks if task.kind in (TaskKind.NAVIGATE, TaskKind.FIND)][:120]
    told = [(task, report) for task in tasks if (report := recalled(task, survey)) is not None]
    assert len(told) > len(tasks) / 2
    for (task, mine), theirs in zip(
        told, await follow([task for task, _ in told], website(), LittleShop()), strict=True
    ):
        assert theirs is not None, task.instruction
        assert [seen.url for seen in mine.observations] == [seen.url for seen in theirs.observations]
        own, other = demonstration(task, mine), demonstration(task, theirs)
        assert own is not None
        assert other is not None
        assert own.relabel == other.relabel
        assert [step.action for step in own.trajectory.steps] == [step.action for step in other.trajectory.steps]


async def test_what_enters_or_changes_something_is_not_recalled(survey: Survey, generated: Generated) -> None:
    entering = [task for task in generated.tasks if any(step.value is not None for step in decode(task.demonstration))]
    changes = [task for task in generated.tasks if task.evidence is not None and task.evidence.max_submits]
    assert entering
    assert changes
    assert not any(recalled(task, survey) for task in (*entering, *changes))


async def test_an_unknown_page_is_not_recalled(survey: Survey, generated: Generated) -> None:
    task = next(task for task in generated.tasks if recalled(task, survey) is not None)
    assert recalled(task.model_copy(update={"start_url": "http://elsewhere.test/"}), survey) is None
