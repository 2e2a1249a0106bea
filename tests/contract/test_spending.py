"""What chat models cost is kept within bounds, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest
from pydantic import BaseModel

from infra.chat import Prompt
from infra.chat.base import M, Said, Usage
from infra.chat.budget import Budgeted
from infra.contracts.chat import Price
from infra.errors import ChatUnreachable, NotFound
from infra.settings_chat import ChatSettings
from infra.store import Store
from tests.contract.test_store import website


async def test_spending_is_held_within_bounds_and_settled(store: Store) -> None:
    await store.add_website(website())

    def hold(tokens: int, cost: int, role: str = "judge") -> Awaitable[bool]:
        return store.hold_spending("web_1", role, Price(tokens=tokens, cost=cost), most_tokens=100, most_cost=50)

    assert await store.spending("web_1") == []
    assert sum(await asyncio.gather(*(hold(30, 10) for _ in range(5)))) == 3
    held = Price(tokens=30, cost=10)
    await store.settle_spending("web_1", "judge", held, calls=1, input_tokens=5, output_tokens=2, cost=3)
    await store.settle_spending("web_1", "judge", held, calls=0, input_tokens=0, output_tokens=0, cost=0)
    assert not await hold(10, 38, "proposer")  # all roles share the bounds
    assert await hold(63, 37, "proposer")
    judge, proposer = await store.spending("web_1")
    assert (judge.calls, judge.input_tokens, judge.output_tokens, judge.cost) == (1, 5, 2, 3)
    assert (judge.held, judge.total) == (held, Price(tokens=37, cost=13))
    assert proposer.total == Price(tokens=63, cost=37)
    with pytest.raises(NotFound):
        await store.hold_spending("web_9", "judge", held, most_tokens=None, most_cost=None)
    await store.delete_website("web_1")
    await store.settle_spending("web_1", "judge", held, calls=1, input_tokens=5, output_tokens=2, cost=3)
    assert await store.spending("web_1") == []


class Word(BaseModel):
    """What is asked for."""

    word: str


class Answers:
    """A model that answers, or cannot be reached."""

    failure: ChatUnreachable | None = None

    async def say(self, website_id: str, prompt: Prompt, schema: type[M]) -> Said[M]:
        if self.failure is not None:
            raise self.failure
        return Said(schema.model_validate({"word": "yes"}), Usage(50, 4))


async def test_a_call_within_a_budget_is_booked(store: Store) -> None:
    await store.add_website(website())
    model = Answers()
    budgeted = Budgeted(model, store, "judge", ChatSettings(model="m", input_price=2.0, output_price=10.0))
    assert (await budgeted.say("web_1", Prompt("Say", ("yes",)), Word)).value.word == "yes"
    model.failure = ChatUnreachable("it is away")
    with pytest.raises(ChatUnreachable):
        await budgeted.say("web_1", Prompt("Say", ("yes",)), Word)
    (judge,) = await store.spending("web_1")
    assert (judge.calls, judge.input_tokens, judge.output_tokens, judge.cost) == (1, 50, 4, 140)
    assert judge.held == Price(tokens=0, cost=0)
