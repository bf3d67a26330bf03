"""What a file is, by its bytes: what its sender says of it, its name included, is believed among likes only."""

from __future__ import annotations

import re

UNKNOWN = "application/octet-stream"

# What a file begins with (WHATWG MIME Sniffing; the formats' own standards).
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"fLaC", "audio/flac"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/avi"}
_BRANDS = {
    "M4A ": "audio/mp4", "M4B ": "audio/mp4", "qt  ": "video/quicktime", "heic": "image/heic", "heix": "image/heic",
    "mif1": "image/heif", "avif": "image/avif", "3gp4": "video/3gpp", "3gp5": "video/3gpp", "3gp6": "video/3gpp",
}  # fmt: skip
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPPED = {
    "docx": f"{_OFFICE}wordprocessingml.document", "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
}  # fmt: skip
_OLD_OFFICE = {"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint"}
_TEXTS = {"csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard", "json": "application/json"}
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe|style|title|meta|table|div|p|a|h1|br)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(head: bytes, name: str = "") -> str:
    """Of a file that begins so; `name` decides among what looks alike from outside, such as office documents.

    >>> media_type(b"<svg onload='alert(1)'/>", "photo.png")
    'image/svg+xml'
    """
    ending = name.rpartition(".")[2].lower()
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    return _boxed(head) or _packed(head, ending) or _sound(head) or _text(head, ending)


def _boxed(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":  # ISO/IEC 14496-12; the brand says which of the family
        return _BRANDS.get(head[8:12].decode("latin-1"), "video/mp4")
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head[:4] == b"OggS":
        return "video/ogg" if b"theora" in head[:512] else "audio/ogg"
    return None


def _packed(head: bytes, ending: str) -> str | None:
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _OLD_OFFICE.get(ending, UNKNOWN)
    if head[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        return None
    opened = re.match(rb"PK\x03\x04.{26}mimetype(application/vnd\.oasis\.opendocument\.[a-z]+)", head, re.DOTALL)
    return opened[1].decode() if opened else _ZIPPED.get(ending, "application/zip")


def _sound(head: bytes) -> str | None:
    """Frames without a header of the file: MPEG layer III, and AAC in ADTS (layer bits 00)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    layer = (head[1] >> 1) & 3
    if layer == 0:
        return "audio/aac" if head[1] & 0xF0 == 0xF0 else None
    is_frame = (head[1] >> 3) & 3 != 1 and head[2] >> 4 != 15 and (head[2] >> 2) & 3 != 3
    return "audio/mpeg" if is_frame else None


def _text(head: bytes, ending: str) -> str:
    try:
        words = head.decode("utf-8-sig")
    except UnicodeDecodeError as cut:
        if cut.start < len(head) - 3:
            return UNKNOWN
        words = head[: cut.start].decode("utf-8-sig")
    if _CONTROL.search(words):
        return UNKNOWN
    if re.search(r"<svg[\s>/]", words, re.I) and not _PAGE.search(words[: words.lower().index("<svg")]):
        return "image/svg+xml"
    if _PAGE.search(words):
        return "text/html"
    if words.lstrip().startswith("<?xml"):
        return "text/xml"
    return _TEXTS.get(ending, "text/plain")
