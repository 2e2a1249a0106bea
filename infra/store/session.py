"""What every part of the SQL store shares: connections and upserts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from infra.store.engine import store_errors
from infra.store.tables import Base

#: Rows per statement; SQLite takes at most 32,766 values in one.
CHUNK = 500


class SqlSession:
    """Owns the engine; every transaction is one ``read`` or ``write`` block."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._postgres = engine.url.get_backend_name() == "postgresql"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes nothing."""
        with store_errors():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at the block's end, or rolled back where it raises."""
        with store_errors():
            async with self._engine.connect() as connection:
                await connection.execution_options(write=True)
                async with connection.begin():
                    yield connection

    async def upsert(
        self,
        connection: AsyncConnection,
        table: type[Base],
        rows: Sequence[dict[str, Any]],
        key: Sequence[str],
        *,
        replace: bool,
    ) -> None:
        """Insert rows; those whose key exists replace the old ones, or are left out."""
        insert: Any = postgresql.insert if self._postgres else sqlite.insert
        for start in range(0, len(rows), CHUNK):
            statement = insert(table).values(list(rows[start : start + CHUNK]))
            if replace:
                changes = {name: statement.excluded[name] for name in rows[0] if name not in key}
                statement = statement.on_conflict_do_update(index_elements=list(key), set_=changes)
            else:
                statement = statement.on_conflict_do_nothing(index_elements=list(key))
            await connection.execute(statement)
