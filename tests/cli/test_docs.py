"""`flowengine docs`: every type, port, param and entry is on its page in both languages, and links lead somewhere."""

from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from flowengine.cli import commands
from flowengine.cli.manual.params import rows_of
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES

LANGUAGES = ("pt-BR", "en")


class Reader(HTMLParser):
    """The words, links, ids and pictures of a page."""

    def __init__(self, text):
        super().__init__()
        self.words, self.links, self.ids, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.links += [given[name] for name in ("href",) if name in given]
        self.ids += [given["id"]] if "id" in given else []
        if tag not in ("meta", "link", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data.strip())


@pytest.fixture(scope="module")
def manual(tmp_path_factory):
    out = tmp_path_factory.mktemp("manual")
    done = CliRunner().invoke(commands, ["docs", str(out)])
    assert done.exit_code == 0, done.output
    return out


def _page(manual, *path):
    return Reader(manual.joinpath(*path).read_text(encoding="utf-8"))


def _said(about, key, language):
    return about.get("x-i18n", {}).get(language, {}).get(key, about.get(key))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_a_type_has_a_page_with_its_texts_ports_and_params(manual, name, language):
    page, schema = _page(manual, language, "nodes", f"{name}.html"), NODE_TYPES[name].schema
    declared = schema["x-ports"]
    ports = declared.get("and", ()) if isinstance(declared, dict) else declared
    assert _said(schema, "title", language) in page.words
    assert _said(schema, "description", language) in page.words
    assert {port["id"] for port in ports} <= set(page.words)
    assert {_said(port, "title", language) for port in ports} <= set(page.words)
    rows = rows_of(schema, FLOW_SCHEMA, language)
    assert {row.path for row in rows} == set(page.ids) - {"content"}
    assert {row.name for row in rows} >= set(schema.get("properties", ()))
    assert {row.title for row in rows} <= {*page.words, ""}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("file", "catalogue"),
    [
        ("conditions.html", "x-operands"),
        ("conditions.html", "x-operators"),
        ("texts.html", "x-filters"),
        ("events.html", "x-events"),
    ],
)
def test_a_catalogue_is_whole(manual, language, file, catalogue):
    words = set(_page(manual, language, file).words)
    assert {entry["id"] for entry in DEFINITIONS[catalogue]} <= words
    assert {_said(entry, "title", language) for entry in DEFINITIONS[catalogue]} <= words


def test_links_lead_to_pages_that_are_there(manual):
    broken = []
    for file in manual.rglob("*.html"):
        for link in Reader(file.read_text(encoding="utf-8")).links:
            path, _, anchor = link.partition("#")
            target = (file.parent / path).resolve() if path else file
            if not target.is_file() or (anchor and anchor not in _page(target.parent, target.name).ids):
                broken.append((file.name, link))
    assert broken == []


def test_nothing_is_fetched_from_elsewhere(manual):
    pages = [file.read_text(encoding="utf-8") for file in manual.rglob("*.html")]
    assert not [page for page in pages if 'src="http' in page or "<script" in page or 'href="http' in page]
    assert len(pages) == 1 + 2 * (6 + len(NODE_TYPES))


def test_every_type_is_in_the_index_of_each_language(manual):
    for language in LANGUAGES:
        links = set(_page(manual, language, "index.html").links)
        assert {f"../{language}/nodes/{name}.html" for name in NODE_TYPES} <= links
