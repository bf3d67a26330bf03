"""Until when a secret is good and since when it is refused; who was erased, so that no restore brings them back."""

from pathlib import Path

from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sql = Path(__file__).with_name("0014_erasure.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))  # the driver takes % for a placeholder
