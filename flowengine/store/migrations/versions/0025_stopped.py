"""Flows can be stopped: no new run begins."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table flow add column stopped_at timestamp with time zone")
