"""The tables: contracts whole as JSON in ``document``; columns for what is searched, counted or changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """Aware moments in UTC; SQLite keeps them without their zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring a moment to UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give a moment its zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )


def _website() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("websites.id", ondelete="CASCADE"))


class WebsiteRow(Base):
    __tablename__ = "websites"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[str] = mapped_column(String(16), index=True)
    status_reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    practice_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped: Mapped[str] = mapped_column(Text, default="{}")
    document: Mapped[str] = mapped_column(Text)


class SiteMapRow(Base):
    __tablename__ = "sitemaps"

    website_id: Mapped[str] = mapped_column(String(64), ForeignKey("websites.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


class TaskRow(Base):
    __tablename__ = "tasks"
    __table_args__ = (Index(None, "website_id", "created_at", "number"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    website_id: Mapped[str] = _website()
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[str] = mapped_column(Text)


class ProgressRow(Base):
    __tablename__ = "progress"

    task_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    website_id: Mapped[str] = mapped_column(String(64), ForeignKey("websites.id", ondelete="CASCADE"), index=True)
    document: Mapped[str] = mapped_column(Text)


class AttemptRow(Base):
    __tablename__ = "attempts"
    __table_args__ = (Index(None, "website_id", "purpose", "state"), Index(None, "website_id", "ended_at"))

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    task_id: Mapped[str] = mapped_column(String(64), index=True)
    website_id: Mapped[str] = _website()
    group_id: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    temperature: Mapped[float] = mapped_column(Float)
    pinned_version: Mapped[int | None] = mapped_column(Integer)
    policy_version: Mapped[int | None] = mapped_column(Integer)
    trajectory: Mapped[str | None] = mapped_column(Text)
    steps: Mapped[int | None] = mapped_column(Integer)
    seconds: Mapped[float | None] = mapped_column(Float)
    cause: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VerdictRow(Base):
    """One per attempt and author; the primary key is what makes the terminal record unique."""

    __tablename__ = "verdicts"

    attempt_id: Mapped[str] = mapped_column(String(64), ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    human: Mapped[bool] = mapped_column(primary_key=True, default=False)
    outcome: Mapped[str] = mapped_column(String(16))
    document: Mapped[str] = mapped_column(Text)


class ChatSpendingRow(Base):
    """What chat models cost a website, by role; money in millionths of the prices' currency."""

    __tablename__ = "chat_spending"

    website_id: Mapped[str] = mapped_column(String(64), ForeignKey("websites.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)
    calls: Mapped[int] = mapped_column(BigInteger, default=0)
    input_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    output_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    cost: Mapped[int] = mapped_column(BigInteger, default=0)
    held_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    held_cost: Mapped[int] = mapped_column(BigInteger, default=0)


class PolicyRow(Base):
    __tablename__ = "policies"

    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)


class SwitchRow(Base):
    """Single values: the active policy version, the operator's stop."""

    __tablename__ = "switches"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
