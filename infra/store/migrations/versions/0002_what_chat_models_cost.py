"""What chat models cost each website."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTS = ("calls", "input_tokens", "output_tokens", "cost", "held_tokens", "held_cost")


def upgrade() -> None:
    op.create_table(
        "chat_spending",
        sa.Column("website_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTS),
        sa.ForeignKeyConstraint(
            ["website_id"], ["websites.id"], name=op.f("fk_chat_spending_website_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("website_id", "role", name=op.f("pk_chat_spending")),
    )


def downgrade() -> None:
    op.drop_table("chat_spending")
