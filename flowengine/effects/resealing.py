"""The installation gets another secret: what was sealed under the old one is sealed anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.fernet import InvalidToken

from flowengine.effects.sealing import seal, unseal
from flowengine.store.due import every_account
from flowengine.store.engine import Engine
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many were sealed anew, how many were so already, and which neither secret opens: they are to be set again."""

    anew: int = 0
    already: int = 0
    lost: tuple[str, ...] = ()


def reseal(engine: Engine, *, old: str, new: str) -> Resealed:
    """Every account in a transaction of its own; what was interrupted is finished by another call."""
    done = Resealed()
    for account in every_account(engine):
        with Unit.open(engine, account) as unit:
            done = _account(unit, done, lambda sealed: _again(sealed, old, new))
    return done


def unopened(unit: Unit, secret: str) -> list[str]:
    """What is sealed in an account and this secret does not open."""
    sealed = {f"callback of {channel.name}": channel.callback_secret for channel in unit.channels.all()}
    sealed |= {f"secret {each.slug}": unit.secrets.sealed(each.slug) for each in unit.secrets.all()}
    return [what for what, box in sealed.items() if box is not None and not _opens(box, secret)]


def _opens(sealed: bytes, secret: str) -> bool:
    try:
        unseal(sealed, secret)
    except InvalidToken:
        return False
    return True


def _account(unit: Unit, done: Resealed, again: Callable[[bytes], bytes | None]) -> Resealed:
    account = unit.accounts.read().slug
    for channel in unit.channels.all():
        if channel.callback_secret is not None:
            sealed = again(channel.callback_secret)
            if sealed:
                unit.channels.change(channel.id, callback_secret=sealed)
            done = _counted(done, sealed, f"{account}: callback of {channel.name}")
    for secret in unit.secrets.all():
        sealed = again(unit.secrets.sealed(secret.slug) or b"")
        if sealed:
            unit.secrets.change(secret.slug, sealed=sealed)
        done = _counted(done, sealed, f"{account}: secret {secret.slug}")
    return done


def _again(sealed: bytes, old: str, new: str) -> bytes | None:
    """Sealed anew; b"" where it was so already, None where neither secret opens it."""
    try:
        unseal(sealed, new)
    except InvalidToken:
        pass
    else:
        return b""
    try:
        return seal(unseal(sealed, old), new)
    except InvalidToken:
        return None


def _counted(done: Resealed, sealed: bytes | None, what: str) -> Resealed:
    if sealed is None:
        return Resealed(done.anew, done.already, (*done.lost, what))
    return Resealed(done.anew + bool(sealed), done.already + (not sealed), done.lost)
