"""Websites and their maps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from infra.contracts.base import utcnow
from infra.contracts.sitemap import SiteMap
from infra.contracts.website import Website, WebsiteStatus
from infra.errors import Conflict, NotFound
from infra.store.session import SqlSession
from infra.store.tables import SiteMapRow, WebsiteRow


def _website(row: Any) -> Website:
    website = Website.model_validate_json(row.document)
    return website.model_copy(
        update={
            "status": WebsiteStatus(row.status),
            "status_reason": row.status_reason,
            "practice_started_at": row.practice_started_at,
        }
    )


class Websites(SqlSession):
    """See infra.store.base.Store."""

    async def add_website(self, website: Website) -> None:
        """Raises Conflict where the id is taken."""
        async with self.write() as connection:
            taken = await connection.scalar(select(WebsiteRow.id).where(WebsiteRow.id == website.id))
            if taken is not None:
                raise Conflict(f"there is a website {website.id} already")
            await connection.execute(
                insert(WebsiteRow).values(
                    id=website.id,
                    status=website.status,
                    status_reason=website.status_reason,
                    created_at=website.created_at,
                    practice_started_at=website.practice_started_at,
                    dropped="{}",
                    document=website.model_dump_json(),
                )
            )

    async def website(self, website_id: str) -> Website:
        """Raises NotFound."""
        async with self.read() as connection:
            row = (await connection.execute(select(WebsiteRow).where(WebsiteRow.id == website_id))).first()
        if row is None:
            raise NotFound(f"there is no website {website_id}")
        return _website(row)

    async def websites(
        self, *, limit: int = 100, offset: int = 0, status: WebsiteStatus | None = None
    ) -> Sequence[Website]:
        """Newest first."""
        query = select(WebsiteRow).order_by(WebsiteRow.created_at.desc(), WebsiteRow.id).limit(limit).offset(offset)
        if status is not None:
            query = query.where(WebsiteRow.status == status)
        async with self.read() as connection:
            return [_website(row) for row in await connection.execute(query)]

    async def set_website_status(
        self,
        website_id: str,
        status: WebsiteStatus,
        reason: str = "",
        *,
        unless: frozenset[WebsiteStatus] = frozenset(),
    ) -> bool:
        """Set it unless the present status is in ``unless``; return whether it was set."""
        change = update(WebsiteRow).where(WebsiteRow.id == website_id)
        if unless:
            change = change.where(WebsiteRow.status.not_in([state.value for state in unless]))
        async with self.write() as connection:
            result = await connection.execute(change.values(status=status, status_reason=reason))
            changed = result.rowcount > 0
            if changed and status is WebsiteStatus.PRACTISING:
                await connection.execute(
                    update(WebsiteRow)
                    .where(WebsiteRow.id == website_id, WebsiteRow.practice_started_at.is_(None))
                    .values(practice_started_at=utcnow())
                )
        return changed

    async def delete_website(self, website_id: str) -> None:
        """Raises NotFound."""
        async with self.write() as connection:
            result = await connection.execute(delete(WebsiteRow).where(WebsiteRow.id == website_id))
            if result.rowcount == 0:
                raise NotFound(f"there is no website {website_id}")

    async def save_sitemap(self, sitemap: SiteMap) -> None:
        """Replace the website's map. Idempotent."""
        document = await asyncio.to_thread(sitemap.model_dump_json)
        async with self.write() as connection:
            row = {"website_id": sitemap.website_id, "document": document}
            await self.upsert(connection, SiteMapRow, [row], ["website_id"], replace=True)

    async def sitemap(self, website_id: str) -> SiteMap | None:
        """Return the website's map; None where it has not been surveyed."""
        async with self.read() as connection:
            document = await connection.scalar(select(SiteMapRow.document).where(SiteMapRow.website_id == website_id))
        return await asyncio.to_thread(SiteMap.model_validate_json, document) if document is not None else None
