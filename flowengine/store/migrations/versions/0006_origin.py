"""Where a flow that was pasted comes from."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE flow ADD COLUMN origin JSONB")
