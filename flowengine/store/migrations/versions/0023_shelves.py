"""Folders and tags of flows; when and to what a flow listens on a channel."""

from pathlib import Path

from alembic import op

revision = "0023"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = Path(__file__).with_name("0023_shelves.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))  # the driver takes % for a placeholder
