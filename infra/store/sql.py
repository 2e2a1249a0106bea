"""The store on SQLAlchemy: one implementation for SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import text

from infra.store.attempts import Attempts
from infra.store.policies import Policies
from infra.store.spending import Spendings
from infra.store.tasks import Tasks
from infra.store.websites import Websites


class SqlStore(Websites, Tasks, Attempts, Policies, Spendings):
    """Implements infra.store.base.Store."""

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    async def ping(self) -> None:
        """Raises StoreError where the database does not answer."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))
