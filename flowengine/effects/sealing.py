"""Secrets at rest: sealed under the installation's own secret, so that a copy of the database tells nobody."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def seal(text: str, secret: str) -> bytes:
    """`text` as only this installation can read it."""
    return _box(secret).encrypt(text.encode())


def unseal(sealed: bytes, secret: str) -> str:
    """What `seal` sealed; InvalidToken under another secret."""
    return _box(secret).decrypt(sealed).decode()


def _box(secret: str) -> Fernet:
    # The key is derived, so that the same secret can also sign cookies without one use weakening the other (RFC 5869).
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"flowengine secrets at rest").derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))
