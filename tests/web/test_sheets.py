"""CSV that spreadsheets open as it is meant, and compute nothing of."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder_ui import sheets


@pytest.mark.parametrize(
    ("value", "portuguese", "english"),
    [
        (None, "", ""),
        (True, "Sim", "Yes"),
        (1234.5, "1234,5", "1234.5"),
        (-3, "-3", "-3"),  # a number is no formula
        ("Olá; tudo bem?", "Olá; tudo bem?", "Olá; tudo bem?"),
        ("=1+1", "'=1+1", "'=1+1"),
        (" @SUM(A1)", "' @SUM(A1)", "' @SUM(A1)"),
        ("+5581999990000", "'+5581999990000", "'+5581999990000"),
        ("-2+3", "'-2+3", "'-2+3"),
        ("\tx", "'\tx", "'\tx"),
        ("\n\u00a0\uff1d1", "'\n\u00a0\uff1d1", "'\n\u00a0\uff1d1"),
        (["a", 2], "a, 2", "a, 2"),
        (["=1"], "'=1", "'=1"),
        ({"latitude": -8.05, "longitude": -34.9, "name": "Marco"}, "Marco, -8.05 -34.9", "Marco, -8.05 -34.9"),
        ({"latitude": -8.05, "longitude": -34.9}, "'-8.05 -34.9", "'-8.05 -34.9"),
        ({"a": "é"}, '{"a": "é"}', '{"a": "é"}'),
    ],
)
def test_a_cell_says_what_was_answered(value, portuguese, english):
    assert (sheets.cell(value, "pt-BR"), sheets.cell(value, "en")) == (portuguese, english)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=2))
def test_what_is_written_is_read_again(texts):
    written = sheets.line(texts, "pt-BR")

    assert written.endswith("\r\n")
    assert list(csv.reader(io.StringIO(written, newline=""), delimiter=";")) == [texts]


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    assert not sheets.cell(text, "en").lstrip().startswith(("=", "+", "-", "@"))


def test_a_file_begins_with_the_mark_by_which_excel_knows_utf_8():
    assert b"".join(sheets.table(["é\r\n"])) == b"\xef\xbb\xbf\xc3\xa9\r\n"
