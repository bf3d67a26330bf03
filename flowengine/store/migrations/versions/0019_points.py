"""How the drafts of flows stood, by time and person."""

from pathlib import Path

from alembic import op

revision = "0019"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = Path(__file__).with_name("0019_points.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))  # the driver takes % for a placeholder
