"""Where a database lives and since when its sending is held; what a dead letter was, so that it can be tried again."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE installation ADD COLUMN home TEXT")
    op.execute("ALTER TABLE installation ADD COLUMN held_since TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE installation ADD COLUMN held_why TEXT")
    op.execute("ALTER TABLE dead_letter ADD COLUMN was JSONB")
    op.execute("GRANT SELECT ON alembic_version TO flowengine_app")  # so that who serves can tell what is missing
