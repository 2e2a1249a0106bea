"""Policy versions, and the operator's switch."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from infra.contracts.policy import PolicyVersion
from infra.errors import Conflict, NotFound
from infra.store.session import SqlSession
from infra.store.tables import PolicyRow, SwitchRow

_ACTIVE, _STOPPED = "active_policy", "stopped"


class Policies(SqlSession):
    """See infra.store.base.Store."""

    async def add_policy(self, policy: PolicyVersion, *, activate: bool, after: int | None = None) -> None:
        """Add a version; ``after``: activate it only if that one is active still. Raises Conflict where it exists."""
        async with self.write() as connection:
            taken = await connection.scalar(select(PolicyRow.version).where(PolicyRow.version == policy.version))
            if taken is not None:
                raise Conflict(f"there is a policy version {policy.version} already")
            await connection.execute(
                insert(PolicyRow).values(version=policy.version, document=policy.model_dump_json())
            )
            active = await connection.scalar(select(SwitchRow.value).where(SwitchRow.name == _ACTIVE))
            if activate and (after is None or active in (None, str(after))):
                await self._switch(connection, _ACTIVE, str(policy.version))

    async def policy(self, version: int) -> PolicyVersion:
        """Raises NotFound."""
        async with self.read() as connection:
            document = await connection.scalar(select(PolicyRow.document).where(PolicyRow.version == version))
        if document is None:
            raise NotFound(f"there is no policy version {version}")
        return PolicyVersion.model_validate_json(document)

    async def policies(self, *, limit: int = 100, offset: int = 0) -> Sequence[PolicyVersion]:
        """Newest first."""
        query = select(PolicyRow.document).order_by(PolicyRow.version.desc()).limit(limit).offset(offset)
        async with self.read() as connection:
            return [PolicyVersion.model_validate_json(document) for document in await connection.scalars(query)]

    async def active_policy(self) -> PolicyVersion | None:
        """Return the version that agents use."""
        number = await self._value(_ACTIVE)
        return await self.policy(int(number)) if number is not None else None

    async def activate_policy(self, version: int) -> None:
        """Raises NotFound."""
        await self.policy(version)
        async with self.write() as connection:
            await self._switch(connection, _ACTIVE, str(version))

    async def stopped(self) -> bool:
        """Return whether everything has been stopped by the operator."""
        return await self._value(_STOPPED) == "1"

    async def set_stopped(self, stopped: bool) -> None:
        """Turn the operator's switch."""
        async with self.write() as connection:
            await self._switch(connection, _STOPPED, "1" if stopped else "0")

    async def _switch(self, connection: AsyncConnection, name: str, value: str) -> None:
        await self.upsert(connection, SwitchRow, [{"name": name, "value": value}], ["name"], replace=True)

    async def _value(self, name: str) -> str | None:
        async with self.read() as connection:
            value: str | None = await connection.scalar(select(SwitchRow.value).where(SwitchRow.name == name))
        return value
