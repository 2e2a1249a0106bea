"""What chat models cost each website: set aside before a call, settled after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from infra.contracts.chat import ChatSpending, Price
from infra.errors import NotFound
from infra.store.session import SqlSession
from infra.store.tables import ChatSpendingRow, WebsiteRow

_NOTHING = {"calls": 0, "input_tokens": 0, "output_tokens": 0, "cost": 0, "held_tokens": 0, "held_cost": 0}


class Spendings(SqlSession):
    """See infra.store.base.Store."""

    async def hold_spending(
        self, website_id: str, role: str, price: Price, *, most_tokens: int | None, most_cost: int | None
    ) -> bool:
        """Set the price aside; return False, changing nothing, where the website's total would exceed a bound."""
        async with self.write() as connection:
            await _lock(connection, website_id)
            known = [_spending(row) for row in await connection.execute(_of(website_id))]
            tokens = price.tokens + sum(one.total.tokens for one in known)
            cost = price.cost + sum(one.total.cost for one in known)
            if (most_tokens is not None and tokens > most_tokens) or (most_cost is not None and cost > most_cost):
                return False
            row = {"website_id": website_id, "role": role, **_NOTHING}
            await self.upsert(connection, ChatSpendingRow, [row], ["website_id", "role"], replace=False)
            await connection.execute(_change(website_id, role, held_tokens=price.tokens, held_cost=price.cost))
        return True

    async def settle_spending(
        self, website_id: str, role: str, held: Price, *, calls: int, input_tokens: int, output_tokens: int, cost: int
    ) -> None:
        """Give back what was held, and book what was spent. Nothing happens where the website is gone."""
        change = _change(
            website_id,
            role,
            held_tokens=-held.tokens,
            held_cost=-held.cost,
            calls=calls,
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            cost=cost,
        )
        async with self.write() as connection:
            await connection.execute(change)

    async def spending(self, website_id: str) -> Sequence[ChatSpending]:
        """Return what each role spent on the website, by name of the role."""
        async with self.read() as connection:
            return [_spending(row) for row in await connection.execute(_of(website_id))]


async def _lock(connection: AsyncConnection, website_id: str) -> None:
    """Have other processes wait that would spend on the same website. Raises NotFound."""
    locked = select(WebsiteRow.id).where(WebsiteRow.id == website_id).with_for_update(key_share=True)
    if await connection.scalar(locked) is None:
        raise NotFound(f"there is no website {website_id}")


def _of(website_id: str) -> Any:
    return select(ChatSpendingRow).where(ChatSpendingRow.website_id == website_id).order_by(ChatSpendingRow.role)


def _change(website_id: str, role: str, **by: int) -> Any:
    changes = {name: getattr(ChatSpendingRow, name) + amount for name, amount in by.items()}
    return (
        update(ChatSpendingRow)
        .where(ChatSpendingRow.website_id == website_id, ChatSpendingRow.role == role)
        .values(**changes)
    )


def _spending(row: Any) -> ChatSpending:
    return ChatSpending(
        website_id=row.website_id,
        role=row.role,
        calls=row.calls,
        input_tokens=row.input_tokens,
        output_tokens=row.output_tokens,
        cost=row.cost,
        held=Price(tokens=row.held_tokens, cost=row.held_cost),
    )
