"""Files that a flow sends are held against what the account has and what its channels take."""

import pytest

from flowengine.channels.declared import declared
from flowengine.core.check import Account, check
from flowengine.nodes import FLOW_SCHEMA, NODE_TYPES
from tests.web.conftest import document

CONTENT = "ab" * 32
NUMBER = declared("whatsapp", "numero", "Número")
CHAT = declared("webchat", "chat", "Chat")


def findings(kind, mime, size, *channels):
    flow = document()
    flow["nodes"][1]["params"]["parts"] = [{"kind": "text", "text": "Oi"}, {"kind": kind, "url": f"file:{CONTENT}"}]
    has = Account(references={"file": {CONTENT: {"name": "x", "mime": mime, "size": size}}}, channels=channels)
    return [found for found in check(flow, FLOW_SCHEMA, NODE_TYPES, has) if found.code in ("F141", "F160")]


@pytest.mark.parametrize(
    ("kind", "mime", "size"),
    [
        ("image", "image/png", 5 * 2**20),
        ("document", "image/webp", 90 * 2**20),
        ("audio", "audio/ogg", 16 * 2**20),
    ],
)
def test_nothing_is_said_of_a_file_that_every_channel_takes(kind, mime, size):
    assert findings(kind, mime, size, CHAT, NUMBER) == []


@pytest.mark.parametrize(
    ("kind", "mime", "size", "portuguese", "english"),
    [
        ("image", "image/png", 6 * 2**20, "6 MB e Número aceita até 5 MB.", "6 MB and Número takes up to 5 MB."),
        ("video", "video/mp4", 17_301_504, "16,5 MB e Número aceita até 16 MB.", "MB and Número takes up to 16 MB."),
        ("image", "image/webp", 10, "Número não aceita arquivos image/webp.", "Número does not take image/webp files."),
        ("image", "video/mp4", 10, "o arquivo é video/mp4, não imagem.", "the file is video/mp4, not an image."),
        ("audio", "application/pdf", 10, "é application/pdf, não áudio.", "is application/pdf, not audio."),
    ],
)  # fmt: skip
def test_what_a_channel_will_not_take_is_said_at_the_file(kind, mime, size, portuguese, english):
    (found,) = findings(kind, mime, size, CHAT, NUMBER)
    assert (found.code, found.severity) == ("F141", "warning")
    assert found.pointer == "/nodes/1/params/parts/1/url"
    assert found.message["pt-BR"].endswith(portuguese)
    assert found.message["en"].endswith(english)


def test_a_file_that_the_account_lacks_refuses_publishing():
    flow = document()
    flow["nodes"][1]["params"]["parts"] = [{"kind": "image", "url": f"file:{CONTENT}"}]
    found = [
        each for each in check(flow, FLOW_SCHEMA, NODE_TYPES, Account(references={"file": {}})) if each.code == "F160"
    ]
    assert [(each.severity, each.node) for each in found] == [("error", "hello")]
    assert not [each for each in check(flow, FLOW_SCHEMA, NODE_TYPES) if each.code == "F160"]
