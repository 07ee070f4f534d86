"""What imports changed, so that earlier terms can be looked at; reserved quantities; orders held for credit."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs and versions of imports, reservations, and the mark of a held order."""
    op.create_table(
        "import_runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("merge", sa.Integer(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "versions",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["run"], ["import_runs.number"]),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index("versions_by_scope", "versions", ["collection", "scope", "until"], unique=False)
    op.create_table(
        "reservations",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("wholesaler", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_no"], ["orders.order_no"]),
        sa.PrimaryKeyConstraint("order_no", "wholesaler", "sku", "condition"),
    )
    op.create_index("reservations_by_condition", "reservations", ["condition", "account"], unique=False)
    op.add_column("orders", sa.Column("credit_hold", sa.Integer(), server_default="0", nullable=False))
