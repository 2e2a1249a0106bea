"""Bringing the schema to the newest revision, once, whoever starts first."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from infra.store.engine import store_errors

_MIGRATIONS = Path(__file__).parent / "migrations"
#: Any fixed number; names our lock among PostgreSQL's advisory locks.
_ADVISORY = 734_219_001


def config() -> Config:
    """Return Alembic's configuration; there is no alembic.ini."""
    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return settings


def _upgrade(connection: Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


@asynccontextmanager
async def _file_lock(path: Path) -> AsyncIterator[None]:
    with path.open("w") as file:
        await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
        yield  # closing the file releases the lock


async def migrate(engine: AsyncEngine) -> None:
    """Upgrade to the newest revision under a lock that other processes wait for. Raises StoreError."""
    with store_errors():
        if engine.url.get_backend_name() == "sqlite":
            database = engine.url.database
            if not database or database == ":memory:":
                async with engine.begin() as connection:
                    await connection.run_sync(_upgrade)
                return
            async with _file_lock(Path(f"{database}.lock")), engine.begin() as connection:
                await connection.run_sync(_upgrade)
            return
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ADVISORY})
            await connection.run_sync(_upgrade)
