"""Engines with the settings that each database needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from infra.errors import ConfigurationError, StoreError

BUSY_SECONDS = 20


def connect(url: str) -> AsyncEngine:
    """Return an engine. Raises ConfigurationError where the URL or its driver is wrong."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(f"database.url {url!r} is no SQLAlchemy URL") from error
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise ConfigurationError(
            f"database.url must begin with sqlite+aiosqlite:// or postgresql+asyncpg://, not {parsed.drivername}://"
        )
    if parsed.get_backend_name() == "postgresql":
        return create_async_engine(parsed, pool_size=8, max_overflow=16, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parsed, connect_args={"timeout": BUSY_SECONDS}, pool_size=4, max_overflow=8)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """WAL: readers go on while one process writes. NORMAL: a power cut may lose the last commits, a kill never does."""
    connection.isolation_level = None  # the driver begins no transactions of its own
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Writers queue at the beginning of a transaction: a lock taken later could not wait, only fail."""
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn the database's errors into StoreError."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error  # the driver's own words, without the statement and its values
        raise StoreError(f"the database failed: {cause}") from error
