"""The first tables, the application's role and its limits."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for part in ("tables", "security", "doors"):
        sql = Path(__file__).with_name(f"0001_{part}.sql").read_text(encoding="utf-8")
        op.get_bind().exec_driver_sql(sql.replace("%", "%%"))  # the driver takes % for a placeholder
