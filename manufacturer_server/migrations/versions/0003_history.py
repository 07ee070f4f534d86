"""What a lost history needs: its epochs and marks, answers desks give back, orders exported before; the sealing key."""

import base64
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of lost histories, the moment an order was restored, and the key that desks seal to."""
    op.create_table(
        "epochs",
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("feed_from", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("epoch"),
    )
    op.create_table(
        "marks",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "earlier_answers",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", "order_id", "revision"),
    )
    op.create_table(
        "exported_elsewhere",
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("order_no"),
    )
    op.add_column("orders", sa.Column("restored_at", sa.Text(), nullable=True))
    _make_sealing_secret(op.get_bind())


def _make_sealing_secret(connection: sa.Connection) -> None:
    """Give a server of before the key a new one gets when it is made; 32 random bytes are an X25519 private key."""
    settings = sa.table("settings", sa.column("name", sa.Text()), sa.column("value", sa.Text()))
    names = set(connection.execute(sa.select(settings.c.name)).scalars())
    if "server_id" in names and "sealing_secret" not in names:
        value = base64.b64encode(secrets.token_bytes(32)).decode()
        connection.execute(sa.insert(settings).values(name="sealing_secret", value=value))
