"""Tasks, their progress, and what was dropped on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import func, select, update

from infra.contracts.curriculum import TaskProgress
from infra.contracts.task import Task
from infra.errors import NotFound
from infra.store.session import SqlSession
from infra.store.tables import ProgressRow, TaskRow, WebsiteRow


class Tasks(SqlSession):
    """See infra.store.base.Store."""

    async def add_tasks(self, tasks: Sequence[Task]) -> None:
        """Idempotent by id."""
        if not tasks:
            return
        rows = [
            {
                "id": task.id,
                "website_id": task.website_id,
                "created_at": task.created_at,
                "document": task.model_dump_json(exclude_defaults=True),
            }
            for task in tasks
        ]
        async with self.write() as connection:
            await self.upsert(connection, TaskRow, rows, ["id"], replace=False)

    async def task(self, task_id: str) -> Task:
        """Raises NotFound."""
        async with self.read() as connection:
            row = (
                await connection.execute(select(TaskRow.document, TaskRow.created_at).where(TaskRow.id == task_id))
            ).first()
        if row is None:
            raise NotFound(f"there is no task {task_id}")
        return Task.model_validate_json(row.document)

    async def tasks(self, website_id: str, *, limit: int = 100, offset: int = 0) -> Sequence[Task]:
        """Oldest first."""
        query = (
            select(TaskRow.document)
            .where(TaskRow.website_id == website_id)
            .order_by(TaskRow.created_at, TaskRow.number)
            .limit(limit)
            .offset(offset)
        )
        async with self.read() as connection:
            return [Task.model_validate_json(document) for document in await connection.scalars(query)]

    async def count_tasks(self, website_id: str) -> int:
        """Return the number of tasks of a website."""
        query = select(func.count()).select_from(TaskRow).where(TaskRow.website_id == website_id)
        async with self.read() as connection:
            return await connection.scalar(query) or 0

    async def save_progress(self, progress: Sequence[TaskProgress]) -> None:
        """Idempotent by task_id."""
        if not progress:
            return
        rows = [
            {"task_id": one.task_id, "website_id": one.website_id, "document": one.model_dump_json()}
            for one in progress
        ]
        async with self.write() as connection:
            await self.upsert(connection, ProgressRow, rows, ["task_id"], replace=True)

    async def progress(self, website_id: str) -> Sequence[TaskProgress]:
        """Return the progress of all tasks that were ever tried."""
        query = select(ProgressRow.document).where(ProgressRow.website_id == website_id)
        async with self.read() as connection:
            return [TaskProgress.model_validate_json(document) for document in await connection.scalars(query)]

    async def save_drops(self, website_id: str, dropped: dict[str, int]) -> None:
        """Replace the counts of refused tasks by reason."""
        async with self.write() as connection:
            await connection.execute(
                update(WebsiteRow).where(WebsiteRow.id == website_id).values(dropped=json.dumps(dropped))
            )

    async def drops(self, website_id: str) -> dict[str, int]:
        """Return the counts of refused tasks by reason."""
        async with self.read() as connection:
            text = await connection.scalar(select(WebsiteRow.dropped).where(WebsiteRow.id == website_id))
        counts: dict[str, int] = json.loads(text or "{}")
        return counts
