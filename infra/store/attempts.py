"""Attempts, their one terminal record, and the curves drawn from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, update

from infra.contracts.attempt import TERMINAL, Attempt, AttemptState, Purpose
from infra.contracts.base import utcnow
from infra.contracts.verdict import Outcome, Verdict
from infra.errors import NotFound
from infra.store.base import CurvePoint, Scored
from infra.store.session import SqlSession
from infra.store.tables import AttemptRow, VerdictRow

_ENDED = [state.value for state in TERMINAL]
_FIELDS = tuple(Attempt.model_fields)
_COLUMNS = tuple(getattr(AttemptRow, name) for name in _FIELDS)
#: Windows of a curve, at most.
MOST_POINTS = 400
_LEARNT = [Purpose.PRACTICE.value, Purpose.RETENTION.value]


def _attempt(row: Any) -> Attempt:
    return Attempt.model_validate({name: getattr(row, name) for name in _FIELDS})


def _row(attempt: Attempt) -> dict[str, Any]:
    return {name: getattr(attempt, name) for name in _FIELDS}


class Attempts(SqlSession):
    """See infra.store.base.Store."""

    async def add_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Idempotent by id."""
        if not attempts:
            return
        async with self.write() as connection:
            await self.upsert(connection, AttemptRow, [_row(attempt) for attempt in attempts], ["id"], replace=False)

    async def attempt(self, attempt_id: str) -> Attempt:
        """Raises NotFound."""
        async with self.read() as connection:
            row = (await connection.execute(select(*_COLUMNS).where(AttemptRow.id == attempt_id))).first()
        if row is None:
            raise NotFound(f"there is no attempt {attempt_id}")
        return _attempt(row)

    async def attempts(
        self,
        *,
        website_id: str | None = None,
        task_id: str | None = None,
        states: frozenset[AttemptState] | None = None,
        purposes: frozenset[Purpose] | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[Attempt]:
        """Newest first."""
        where = _where(website_id, states, purposes)
        if task_id is not None:
            where.append(AttemptRow.task_id == task_id)
        query = select(*_COLUMNS).where(*where).order_by(AttemptRow.number.desc()).limit(limit).offset(offset)
        async with self.read() as connection:
            return [_attempt(row) for row in await connection.execute(query)]

    async def count_attempts(
        self,
        website_id: str | None = None,
        *,
        states: frozenset[AttemptState] | None = None,
        purposes: frozenset[Purpose] | None = None,
    ) -> int:
        """Return how many attempts there are."""
        query = select(func.count()).select_from(AttemptRow).where(*_where(website_id, states, purposes))
        async with self.read() as connection:
            return await connection.scalar(query) or 0

    async def record_trajectory(
        self, attempt_id: str, *, trajectory: str, policy_version: int, steps: int, seconds: float
    ) -> bool:
        """DISPATCHED → RECORDED."""
        change = update(AttemptRow).where(AttemptRow.id == attempt_id, AttemptRow.state == AttemptState.DISPATCHED)
        async with self.write() as connection:
            result = await connection.execute(
                change.values(
                    state=AttemptState.RECORDED,
                    trajectory=trajectory,
                    policy_version=policy_version,
                    steps=steps,
                    seconds=seconds,
                )
            )
        return result.rowcount > 0

    async def end_attempt(
        self, attempt_id: str, state: AttemptState, *, verdict: Verdict | None, cause: str = ""
    ) -> bool:
        """End the attempt, exactly once. Raises NotFound."""
        if state not in TERMINAL:
            raise ValueError(f"{state} does not end an attempt")
        change = update(AttemptRow).where(AttemptRow.id == attempt_id, AttemptRow.state.not_in(_ENDED))
        async with self.write() as connection:
            result = await connection.execute(change.values(state=state, cause=cause, ended_at=utcnow()))
            if result.rowcount == 0:
                known = await connection.scalar(select(AttemptRow.id).where(AttemptRow.id == attempt_id))
                if known is None:
                    raise NotFound(f"there is no attempt {attempt_id}")
                return False
            if verdict is not None:
                row = _verdict_row(attempt_id, verdict, human=False)
                await self.upsert(connection, VerdictRow, [row], ["attempt_id", "human"], replace=False)
        return True

    async def verdict(self, attempt_id: str) -> Verdict | None:
        """Return the evaluator's verdict."""
        return await self._verdict(attempt_id, human=False)

    async def label(self, attempt_id: str, verdict: Verdict) -> None:
        """Keep a human's verdict beside the evaluator's."""
        await self.attempt(attempt_id)
        async with self.write() as connection:
            row = _verdict_row(attempt_id, verdict, human=True)
            await self.upsert(connection, VerdictRow, [row], ["attempt_id", "human"], replace=True)

    async def label_of(self, attempt_id: str) -> Verdict | None:
        """Return the human's verdict."""
        return await self._verdict(attempt_id, human=True)

    async def _verdict(self, attempt_id: str, *, human: bool) -> Verdict | None:
        query = select(VerdictRow.document).where(VerdictRow.attempt_id == attempt_id, VerdictRow.human == human)
        async with self.read() as connection:
            document = await connection.scalar(query)
        return Verdict.model_validate_json(document) if document is not None else None

    async def scored(
        self, website_id: str, *, purposes: frozenset[Purpose], limit: int = 100_000, after: datetime | None = None
    ) -> Sequence[Scored]:
        """The latest ended attempts with their verdicts, oldest first."""
        where = [*_where(website_id, TERMINAL, purposes)]
        if after is not None:
            where.append(AttemptRow.ended_at > after)
        query = (
            select(*_COLUMNS, VerdictRow.document)
            .outerjoin(VerdictRow, (VerdictRow.attempt_id == AttemptRow.id) & ~VerdictRow.human)
            .where(*where)
            .order_by(AttemptRow.ended_at.desc(), AttemptRow.number.desc())
            .limit(limit)
        )
        async with self.read() as connection:
            rows = (await connection.execute(query)).all()
        return [
            Scored(_attempt(row), Verdict.model_validate_json(row.document) if row.document is not None else None)
            for row in reversed(rows)
        ]

    async def ended(
        self,
        website_id: str,
        *,
        purposes: frozenset[Purpose],
        after: datetime | None,
        until: datetime,
        limit: int = 100,
        offset: int = 0,
    ) -> Sequence[Attempt]:
        """Attempts that ended in a span of time, oldest first."""
        where = [*_where(website_id, TERMINAL, purposes), AttemptRow.ended_at <= until]
        if after is not None:
            where.append(AttemptRow.ended_at > after)
        query = select(*_COLUMNS).where(*where).order_by(AttemptRow.ended_at, AttemptRow.number)
        async with self.read() as connection:
            return [_attempt(row) for row in await connection.execute(query.limit(limit).offset(offset))]

    async def curve(self, website_id: str, *, window: int = 50) -> Sequence[CurvePoint]:
        """Success of practice attempts in consecutive windows, oldest first."""
        scored = _scored(website_id)
        order = (AttemptRow.ended_at, AttemptRow.number)
        async with self.read() as connection:
            count = await connection.scalar(select(func.count()).select_from(scored.subquery())) or 0
            width = max(window, -(-count // MOST_POINTS))
            place = (func.row_number().over(order_by=order) - 1).label("place")
            ranked = scored.add_columns(place).subquery()
            part = (ranked.c.place // width).label("part")
            query = (
                select(
                    func.max(ranked.c.ended_at).label("until"),
                    func.count().label("attempts"),
                    func.sum(case((ranked.c.outcome == Outcome.SUCCESS.value, 1), else_=0)).label("successes"),
                    func.max(ranked.c.policy_version).label("policy_version"),
                )
                .group_by(part)
                .order_by(part)
            )
            rows = (await connection.execute(query)).all()
        return [CurvePoint(row.until, row.attempts, int(row.successes), row.policy_version) for row in rows]

    async def recent(self, website_id: str, *, latest: int = 100) -> tuple[int, int]:
        """Attempts and successes among the latest scored attempts of practice."""
        query = _scored(website_id).order_by(AttemptRow.ended_at.desc(), AttemptRow.number.desc()).limit(latest)
        async with self.read() as connection:
            rows = (await connection.execute(query)).all()
        return len(rows), sum(row.outcome == Outcome.SUCCESS.value for row in rows)


def _scored(website_id: str) -> Select[datetime | None, int | None, str]:
    """Return the query for when practice that was scored ended, by which policy, and how."""
    return (
        select(AttemptRow.ended_at, AttemptRow.policy_version, VerdictRow.outcome)
        .join(VerdictRow, (VerdictRow.attempt_id == AttemptRow.id) & ~VerdictRow.human)
        .where(
            AttemptRow.website_id == website_id,
            AttemptRow.purpose.in_(_LEARNT),
            VerdictRow.outcome.in_([Outcome.SUCCESS.value, Outcome.FAILURE.value]),
        )
    )


def _where(
    website_id: str | None, states: frozenset[AttemptState] | None, purposes: frozenset[Purpose] | None
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if website_id is not None:
        where.append(AttemptRow.website_id == website_id)
    if states is not None:
        where.append(AttemptRow.state.in_(sorted(state.value for state in states)))
    if purposes is not None:
        where.append(AttemptRow.purpose.in_(sorted(purpose.value for purpose in purposes)))
    return where


def _verdict_row(attempt_id: str, verdict: Verdict, *, human: bool) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "human": human,
        "outcome": verdict.outcome,
        "document": verdict.model_dump_json(),
    }
