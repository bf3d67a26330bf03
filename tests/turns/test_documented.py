"""What operators read agrees with what the program tells."""

import re
from pathlib import Path

from flowengine.jobs.exposition import MEANINGS
from flowengine.jobs.symptom_words import ENGLISH

OPERATIONS = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_figure_is_explained_and_every_figure_explained_exists():
    rows = [line for line in OPERATIONS.splitlines() if line.startswith("| `flowengine_")]
    explained = {name for row in rows for name in re.findall(r"`(flowengine_\w+)`", row.split("|")[1])}
    assert explained == set(MEANINGS)


def test_alerts_ask_for_figures_that_exist():
    asked = set(re.findall(r"\bflowengine_\w+", OPERATIONS.split("```yaml")[1].split("```")[0]))
    assert {name.removesuffix("_bucket") for name in asked} <= set(MEANINGS)


def test_every_sign_of_trouble_is_explained():
    assert {code for code in ENGLISH if f"`{code}`" not in OPERATIONS} == set()
