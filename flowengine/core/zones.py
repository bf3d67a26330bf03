"""Time zones by name, as contacts and accounts carry them; one that nobody knows counts as UTC."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of this IANA name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a name at all, a folder of the zone database
        return ZoneInfo("UTC")


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the zone's clock; one without a zone is on it already, as is one at the end of all calendars."""
    try:
        return moment.astimezone(zone_of(zone)) if moment.tzinfo else moment.replace(tzinfo=zone_of(zone))
    except OverflowError:
        return moment.replace(tzinfo=zone_of(zone))
