"""Links to files lead to one file, and nobody makes one up."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from flowengine.core.files import named
from flowengine.files.links import BadLink, Link, Links

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACCOUNT, CONTENT = uuid4(), "ab" * 32
LINKS = Links("https://chat.example", "the installation's secret")


def token(link):
    return link.split("/")[4]


def test_a_link_leads_to_its_file_and_has_no_end():
    link = LINKS.of(ACCOUNT, CONTENT, "cardápio 1/2.pdf")
    assert link.startswith("https://chat.example/files/")
    assert link.endswith("/card%C3%A1pio%201%2F2.pdf")
    assert LINKS.read(token(link), NOW + timedelta(days=9999)) == Link(ACCOUNT, CONTENT)


def test_a_link_for_a_while_ends():
    link = token(LINKS.of(ACCOUNT, CONTENT, until=NOW))
    assert LINKS.read(link, NOW) == Link(ACCOUNT, CONTENT)
    with pytest.raises(BadLink):
        LINKS.read(link, NOW + timedelta(seconds=1))


@pytest.mark.parametrize("change", ["", "x", "ä", "0" * 91, "A" * 200])
def test_what_is_not_ours_is_refused(change):
    with pytest.raises(BadLink):
        LINKS.read(change, NOW)


def test_no_letter_of_a_link_can_be_changed_and_no_other_secret_will_do():
    good = token(LINKS.of(ACCOUNT, CONTENT))
    for place in range(len(good) - 1):
        with pytest.raises(BadLink):
            LINKS.read(good[:place] + ("B" if good[place] == "A" else "A") + good[place + 1 :], NOW)
    with pytest.raises(BadLink):
        Links("https://chat.example", "another").read(good, NOW)


def test_in_a_message_only_what_is_kept_here_becomes_a_link():
    kept = {"url": named(CONTENT), "mime": "image/png", "name": "a.png"}
    elsewhere = {"url": "https://loja.example/a.png", "mime": "image/png", "name": ""}
    put = LINKS.put(ACCOUNT, [kept, elsewhere])
    assert put[0] == {**kept, "url": LINKS.of(ACCOUNT, CONTENT, "a.png")}
    assert put[1] == elsewhere
    assert LINKS.put(ACCOUNT, None) == []
