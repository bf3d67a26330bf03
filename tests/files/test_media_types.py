"""What a file is, is told by its bytes."""

import struct
import zlib

import pytest

from flowengine.files.media_types import media_type


def png(width=1, height=1):
    """A sound picture, red all over."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\x00" + b"\xc0\x20\x20" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


ZIP = b"PK\x03\x04" + b"\x00" * 26
OGG = b"OggS" + b"\x00" * 24


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        (png(), "foto.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "", "audio/wav"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00", "", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00", "", "audio/mp4"),
        (OGG + b"OpusHead", "", "audio/ogg"),
        (OGG + b"\x80theora", "", "video/ogg"),
        (b"ID3\x03\x00", "", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\x00", "", "audio/mpeg"),
        (b"\xff\xf1\x50\x80\x00", "", "audio/aac"),
        (b"%PDF-1.7\n", "x.png", "application/pdf"),
        (ZIP, "contrato.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (ZIP, "tudo.png", "application/zip"),
        (b"nome;telefone\n", "lista.csv", "text/csv"),
        ("ação".encode()[:3], "a.txt", "text/plain"),
        (b"\x00\x01\x02", "a.png", "application/octet-stream"),
        (b"", "a.png", "text/plain"),
    ],
)  # fmt: skip
def test_bytes_decide_and_a_name_only_among_likes(head, name, found):
    assert media_type(head, name) == found


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        (b"<?xml version='1.0'?><!-- a --><svg>", "image/svg+xml"),
        (b"  <!DOCTYPE html><html>", "text/html"),
        (b"hello <script>alert(1)</script>", "text/html"),
        (b"<div><svg></svg></div>", "text/html"),
    ],
)
@pytest.mark.parametrize("name", ["foto.png", "lista.csv", "x"])
def test_what_could_run_in_a_browser_is_never_taken_for_a_picture_or_a_text(head, found, name):
    assert media_type(head, name) == found
