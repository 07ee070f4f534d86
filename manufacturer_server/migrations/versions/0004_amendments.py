"""Orders that were changed at their dealer's wish, as they stand now."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of changed orders."""
    op.create_table(
        "amendments",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("amended_at", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("export", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["export"], ["exports.number"]),
        sa.PrimaryKeyConstraint("account", "order_id"),
    )
