"""Hard budgets: what a call may cost at most is set aside in the store before it is made, and settled after it.

So no number of processes together exceeds a website's budget, and no restart resets it. What is set aside counts every
byte of text as a token, which no tokenizer over bytes exceeds, ``image_tokens`` per picture, and the longest reply. A
call that ends without anybody saying what it cost, such as one that timed out, counts in full; so does one that a crash
cut off.
"""

from __future__ import annotations

import json
from math import ceil

from pydantic import BaseModel

from infra.chat.base import M, Model, Picture, Prompt, Said, Usage
from infra.contracts.chat import Price
from infra.errors import ChatBudgetSpent, ChatError
from infra.settings_chat import ChatSettings
from infra.store.base import Store

#: Tokens around a prompt: roles, separators, the name of the schema.
FRAME = 64
MILLION = 1_000_000


class Budgeted:
    """A model that costs, within its website's budget."""

    def __init__(self, model: Model, store: Store, role: str, settings: ChatSettings) -> None:
        self._model = model
        self._store = store
        self._role = role
        self._settings = settings

    async def say(self, website_id: str, prompt: Prompt, schema: type[M]) -> Said[M]:
        """Raises ChatBudgetSpent where the call might exceed the budget; it is not made then."""
        most = Usage(most_tokens(prompt, schema, self._settings.image_tokens), self._settings.max_output_tokens)
        held = Price(tokens=sum(most), cost=cost(most, self._settings))
        await self._hold(website_id, held)
        try:
            said = await self._model.say(website_id, prompt, schema)
        except ChatError as error:
            usage = Usage(*error.usage) if error.usage is not None else most if error.billed else None
            await self._settle(website_id, held, usage)
            raise
        await self._settle(website_id, held, said.usage or most)
        return said

    async def _hold(self, website_id: str, price: Price) -> None:
        tokens, money = self._settings.website_tokens, self._settings.website_cost
        fits = await self._store.hold_spending(
            website_id,
            self._role,
            price,
            most_tokens=tokens,
            most_cost=None if money is None else int(money * MILLION),
        )
        if not fits:
            bounds = [f"{tokens:,} tokens"] if tokens is not None else []
            bounds += [f"a cost of {money:g}"] if money is not None else []
            raise ChatBudgetSpent(
                f"the website's budget for chat models, {' and '.join(bounds)}, leaves no room for another call: "
                "raise chat.website_tokens or chat.website_cost to go on"
            )

    async def _settle(self, website_id: str, held: Price, usage: Usage | None) -> None:
        spent = usage or Usage(0, 0)
        await self._store.settle_spending(
            website_id,
            self._role,
            held,
            calls=int(usage is not None),  # PostgreSQL adds no truth to a number
            input_tokens=spent.input_tokens,
            output_tokens=spent.output_tokens,
            cost=cost(spent, self._settings),
        )


def most_tokens(prompt: Prompt, schema: type[BaseModel], image_tokens: int) -> int:
    """Return the most tokens that a prompt may be read as."""
    texts = [prompt.system, json.dumps(schema.model_json_schema())]
    texts += [part for part in prompt.parts if isinstance(part, str)]
    pictures = sum(isinstance(part, Picture) for part in prompt.parts)
    return FRAME + sum(len(text.encode()) for text in texts) + pictures * image_tokens


def cost(usage: Usage, settings: ChatSettings) -> int:
    """Return what a call costs, in millionths of the prices' currency, rounded up."""
    return ceil(usage.input_tokens * settings.input_price + usage.output_tokens * settings.output_price)
