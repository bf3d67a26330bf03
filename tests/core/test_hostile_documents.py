"""Hostile documents: refused or bounded, each in a process that has checked nothing before."""

import pytest

from flowengine.bench.hostile import look
from flowengine.bench.hostile_documents import DOCUMENTS
from flowengine.core.check.bounded import MOST, bounded
from flowengine.core.findings import finding

LONGEST_S = 3  # of one core; 1 on a machine that does nothing else, and tests share it
MOST_MIB = 200  # 70 of which are the program


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_is_refused_or_bounded(name):
    figures = look(name)
    assert figures["check_s"] < LONGEST_S
    assert figures["compile_s"] < LONGEST_S
    assert figures["mib"] < MOST_MIB
    assert figures["findings"] <= MOST + 1


@pytest.mark.parametrize("name", ["choices in 4,990 texts", "20 conditions of 2,500 tests", "1,000 levels"])
def test_what_would_take_long_is_refused_in_one_sentence(name):
    assert look(name)["codes"] == ["F002"]


def test_a_family_says_no_more_than_anybody_reads():
    wrong, open_ends = (finding("F102", node=f"n{at}", port="a", label="b") for at in range(5_000)), [finding("F103")]
    found = bounded([wrong, open_ends])
    assert [each.code for each in (found[0], found[-2], found[-1])] == ["F102", "F103", "F099"]
    assert len(found) == 202
    assert next(wrong).node == "n201"


def test_few_findings_are_told_as_they_are():
    findings = [finding("F121", name="x", label="y"), finding("F103")]
    assert bounded([findings]) == findings[::-1]
