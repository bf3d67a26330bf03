"""Whether the disk is so full that only replies go on."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE installation ADD COLUMN scarce BOOLEAN DEFAULT false NOT NULL")
