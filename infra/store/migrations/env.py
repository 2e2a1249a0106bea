"""Alembic's entry point: the connection is handed over by infra.store.migrate."""

from alembic import context

from infra.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=False)
context.run_migrations()
