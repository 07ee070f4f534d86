"""Desks that are shut out: how, when they heard of it, when a desk was last seen, and the messages they handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is known of a desk's token, and the table of kept messages."""
    op.add_column("tokens", sa.Column("wipe", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tokens", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.add_column("tokens", sa.Column("told_at", sa.Text(), nullable=True))
    op.add_column("tokens", sa.Column("handed_over", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tokens", sa.Column("seen_at", sa.Text(), nullable=True))
    op.add_column("tokens", sa.Column("name", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "kept_messages",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("client_instance", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account", "key"),
    )
