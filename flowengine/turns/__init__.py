"""The one place where a decision becomes durable: events are taken, what is owed is settled."""

from flowengine.turns.settle import Settling, settle
from flowengine.turns.taking import take_event, take_singly, take_waiting

__all__ = ["Settling", "settle", "take_event", "take_singly", "take_waiting"]
