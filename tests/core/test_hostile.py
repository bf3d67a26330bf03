"""Hostile templates and patterns: refused or bounded, in under a second and in little memory."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from flowengine.core.errors import BadCondition, BadTemplate
from flowengine.core.filters.values import LONGEST_VALUE
from flowengine.core.patterns import compile_pattern, found_in
from flowengine.core.text import compile_template

HERE = Path(__file__).parent
LONGEST_TIME = 1  # seconds, for a case
MOST_MEMORY = 200 * 2**20  # bytes, of a process that has gone through all of them
TEXTS = ("a" * 10_000_000 + "!", "é" * 20_000 + "x", "", "\ud800")


def _read(name):
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def source_of(case):
    if "source" in case:
        return case["source"]
    before, opening, middle, closing, after, times = case["repeat"]
    return before + opening * times + middle + closing * times + after


def world():
    deep, deeper = [], []
    for _ in range(3_000):
        deep, deeper = [deep], [deeper]
    values = {"long": "x" * 10_000_000, "text": "y" * 5_000, "list": [1] * 8_000, "many": [1] * 1_000_000}
    return {"vars": {**values, "deep": deep, "deeper": deeper}, "now": datetime(2026, 11, 22, 18, 4, tzinfo=UTC)}


def render(source, names):
    return compile_template(source).render(names, language="pt-BR", timezone="America/Sao_Paulo")


def bounded(source, names):
    """What a template shows, or None where it is refused."""
    try:
        return render(source, names)
    except BadTemplate as refused:
        assert set(refused.words) == {"pt-BR", "en"}
        return None


def search(case):
    pattern = compile_pattern(source_of(case))
    return [found_in(pattern, text) for text in TEXTS]


@pytest.mark.parametrize("case", _read("hostile_templates"), ids=lambda case: case["name"])
def test_a_hostile_template_is_refused_in_both_languages(case):
    started = process_time()
    with pytest.raises(BadTemplate) as refused:
        compile_template(source_of(case))
    assert set(refused.value.words) == {"pt-BR", "en"}
    assert process_time() - started < LONGEST_TIME


@pytest.mark.parametrize("case", _read("hostile_renderings"), ids=lambda case: case["name"])
def test_a_hostile_rendering_is_refused_or_short(case):
    names = world()
    started = process_time()
    shown = bounded(case["source"], names)
    assert process_time() - started < LONGEST_TIME
    assert shown == case["shows"] if "shows" in case else shown is None or len(shown) <= LONGEST_VALUE


@pytest.mark.parametrize("case", [c for c in _read("hostile_patterns") if "refused" not in c], ids=lambda c: c["name"])
def test_a_hostile_pattern_takes_little_time(case):
    started = process_time()
    search(case)
    assert process_time() - started < LONGEST_TIME


@pytest.mark.parametrize("case", [c for c in _read("hostile_patterns") if "refused" in c], ids=lambda c: c["name"])
def test_a_pattern_that_cannot_be_bounded_is_refused_in_both_languages(case):
    with pytest.raises(BadCondition) as refused:
        compile_pattern(source_of(case))
    assert set(refused.value.words) == {"pt-BR", "en"}


def go_through_everything():
    """What the process below does: all cases, one after the other; prints the most memory it ever had."""
    names = world()
    for case in _read("hostile_templates"):
        assert bounded(source_of(case), names) is None
    for case in _read("hostile_renderings"):
        bounded(case["source"], names)
    for case in _read("hostile_patterns"):
        if "refused" not in case:
            search(case)
    # Not getrusage: what it gives begins with what the process had that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    sys.stdout.write(str(int(status.split("VmHWM:")[1].split()[0]) * 1024))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the most memory a process had from /proc")
def test_all_of_them_together_fit_into_little_memory():
    script = "from tests.core.test_hostile import go_through_everything; go_through_everything()"
    done = subprocess.run([sys.executable, "-c", script], cwd=HERE.parents[1], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MOST_MEMORY
