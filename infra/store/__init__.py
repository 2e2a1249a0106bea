"""The store: SQLAlchemy over SQLite or PostgreSQL."""

from __future__ import annotations

from infra.settings import DatabaseSettings
from infra.store.base import CurvePoint, Scored, Store
from infra.store.engine import connect
from infra.store.migrate import migrate
from infra.store.sql import SqlStore

__all__ = ["CurvePoint", "Scored", "Store", "open_store"]


async def open_store(settings: DatabaseSettings) -> Store:
    """Connect, and bring the schema up to date; safe when many processes start at once.

    Raises:
        ConfigurationError: the URL is not one that SQLAlchemy's async engines accept.
        StoreError: the database cannot be reached.
    """
    engine = connect(settings.url)
    try:
        await migrate(engine)
    except BaseException:
        await engine.dispose()
        raise
    return SqlStore(engine)
