"""Migrations run while the version before still serves: they add, and take nothing away that it reads or writes."""

import re
from pathlib import Path

import pytest

from flowengine.store import migrate

SCRIPTS = Path(migrate.__file__).with_name("migrations") / "versions"
SINCE = "0007"  # before the first installation there was nobody to keep serving
TAKES_AWAY = {
    "drops a column": r"drop\s+column",
    "renames": r"\brename\s+(column|to|constraint)",
    "changes a type": r"alter\s+column\s+\w+\s+(set\s+data\s+)?type",
    "forbids null where the old version writes it": r"set\s+not\s+null",
    "adds a column that the old version does not fill": (
        r"add\s+column\s+(?:(?!default)[^;,\"])*not\s+null(?![^;,\"]*default)"
    ),
    "drops a table": r"^\s*drop\s+table",
}
ADDED = [path for path in sorted(SCRIPTS.glob("[0-9]*.*")) if path.name[:4] >= SINCE and path.suffix in (".py", ".sql")]


@pytest.mark.parametrize("path", ADDED, ids=lambda path: path.name)
def test_a_migration_takes_nothing_away_from_the_version_before(path: Path):
    said = path.read_text(encoding="utf-8").lower()
    assert [what for what, pattern in TAKES_AWAY.items() if re.search(pattern, said, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("alter table a drop column b", "drops a column"),
        ("alter table a rename to b", "renames"),
        ("alter table a add column b text not null;", "adds a column that the old version does not fill"),
        ("drop table a", "drops a table"),
    ],
)
def test_what_takes_something_away_is_noticed(statement: str, why: str):
    assert re.search(TAKES_AWAY[why], statement, re.MULTILINE)


def test_a_new_column_with_a_default_takes_nothing_away():
    pattern = TAKES_AWAY["adds a column that the old version does not fill"]
    assert not re.search(pattern, "alter table a add column b boolean default false not null")
    assert not re.search(pattern, "alter table a add column b text")
