"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "policies",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_policies")),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switches")),
    )
    op.create_table(
        "websites",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("practice_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_websites")),
    )
    op.create_index(op.f("ix_websites_created_at"), "websites", ["created_at"], unique=False)
    op.create_index(op.f("ix_websites_status"), "websites", ["status"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("task_id", sa.String(length=64), nullable=False),
        sa.Column("website_id", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("temperature", sa.Float(), nullable=False),
        sa.Column("pinned_version", sa.Integer(), nullable=True),
        sa.Column("policy_version", sa.Integer(), nullable=True),
        sa.Column("trajectory", sa.Text(), nullable=True),
        sa.Column("steps", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["website_id"], ["websites.id"], name=op.f("fk_attempts_website_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_attempts")),
        sa.UniqueConstraint("id", name="uq_attempts_id"),
    )
    op.create_index(op.f("ix_attempts_state"), "attempts", ["state"], unique=False)
    op.create_index(op.f("ix_attempts_task_id"), "attempts", ["task_id"], unique=False)
    op.create_index(op.f("ix_attempts_website_id_ended_at"), "attempts", ["website_id", "ended_at"], unique=False)
    op.create_index(
        op.f("ix_attempts_website_id_purpose_state"), "attempts", ["website_id", "purpose", "state"], unique=False
    )
    op.create_table(
        "progress",
        sa.Column("task_id", sa.String(length=64), nullable=False),
        sa.Column("website_id", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["website_id"], ["websites.id"], name=op.f("fk_progress_website_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_progress")),
    )
    op.create_index(op.f("ix_progress_website_id"), "progress", ["website_id"], unique=False)
    op.create_table(
        "sitemaps",
        sa.Column("website_id", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["website_id"], ["websites.id"], name=op.f("fk_sitemaps_website_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("website_id", name=op.f("pk_sitemaps")),
    )
    op.create_table(
        "tasks",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("website_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["website_id"], ["websites.id"], name=op.f("fk_tasks_website_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tasks")),
        sa.UniqueConstraint("id", name="uq_tasks_id"),
    )
    op.create_index(
        op.f("ix_tasks_website_id_created_at_number"), "tasks", ["website_id", "created_at", "number"], unique=False
    )
    op.create_table(
        "verdicts",
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("human", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_verdicts_attempt_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "human", name=op.f("pk_verdicts")),
    )


def downgrade() -> None:

    op.drop_table("verdicts")
    op.drop_index(op.f("ix_tasks_website_id_created_at_number"), table_name="tasks")
    op.drop_table("tasks")
    op.drop_table("sitemaps")
    op.drop_index(op.f("ix_progress_website_id"), table_name="progress")
    op.drop_table("progress")
    op.drop_index(op.f("ix_attempts_website_id_purpose_state"), table_name="attempts")
    op.drop_index(op.f("ix_attempts_website_id_ended_at"), table_name="attempts")
    op.drop_index(op.f("ix_attempts_task_id"), table_name="attempts")
    op.drop_index(op.f("ix_attempts_state"), table_name="attempts")
    op.drop_table("attempts")
    op.drop_index(op.f("ix_websites_status"), table_name="websites")
    op.drop_index(op.f("ix_websites_created_at"), table_name="websites")
    op.drop_table("websites")
    op.drop_table("switches")
    op.drop_table("policies")
