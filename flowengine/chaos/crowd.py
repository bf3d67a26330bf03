"""The contacts of a fault run: each follows its script, and goes on when the answer is there.

What is said at once arrives in any order; now and then a message is handed in again, at once or long after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from random import Random
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any

from flowengine.chaos.agenda import Agenda
from flowengine.chaos.door import Door, GaveUp, Posted
from flowengine.chaos.plan import Script, Step

HANDS = 12
REPEATED = 0.15  # of the messages
TOGETHER = 0.3  # of what is said at once, in one request, repeats and all
LONGEST_REPEAT_S = 8.0
LONGEST_THOUGHT_S = 1.5
LOOK_S = 0.2


@dataclass
class Talk:
    """How far a contact has come. `waves` are the ids of what was said at once, in order; `due` is what must be heard
    before it goes on.
    """

    script: Script
    place: int = 0
    due: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    waves: list[dict[str, Step]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)  # text by the message's id

    @property
    def is_over(self) -> bool:
        return self.place == len(self.script.steps) and len(self.heard) >= self.due


class Crowd:
    """All contacts, and the one who reads for them."""

    def __init__(self, doors: Mapping[str, Door], scripts: Sequence[Script], *, seed: int) -> None:
        self.talks = {script.sender: Talk(script) for script in scripts}
        self.heard: dict[str, list[str]] = {channel: [] for channel in doors}  # ids of messages, as they came
        self._doors = doors
        self._draw = Random(f"{seed} crowd")
        self._lock = Lock()
        self._latest = monotonic()

    def talk(self, *, patience: float) -> bool:
        """Until every script is at its end; False where nothing was heard for `patience` seconds."""
        readers = [Thread(target=self._read, args=(name,), name=f"reader {name}", daemon=True) for name in self._doors]
        with Agenda(HANDS) as agenda:
            self._agenda = agenda
            for reader in readers:
                reader.start()
            for talk in self.talks.values():
                agenda.put(partial(self._step, talk), after=self._draw.uniform(0, 5))
            while not self._is_over() and monotonic() - self._latest < patience:
                sleep(LOOK_S)
            over = self._is_over()
            for door in self._doors.values():
                door.over.set()
        for reader in readers:
            reader.join(timeout=30)
        return over

    def _is_over(self) -> bool:
        return all(talk.is_over for talk in self.talks.values()) and self._agenda.is_empty()

    def _step(self, talk: Talk) -> None:
        """Say what the next step says; the lock is not held while it is handed in."""
        with self._lock:
            step = talk.script.steps[talk.place]
            messages = [self._message(talk, step, number) for number in range(step.messages)]
            talk.waves.append({message["id"]: step for message in messages})
            talk.said |= {message["id"]: message.get("text", "") for message in messages}
            talk.place += 1
            talk.due += step.hears
            self._draw.shuffle(messages)
            repeats = [message for message in messages if self._draw.random() < REPEATED]
            later = [(message, self._draw.uniform(0, LONGEST_REPEAT_S)) for message in repeats]
            together = self._draw.random() < TOGETHER
        write = partial(self._write, self._doors[talk.script.channel])
        for posted in [messages + repeats] if together else messages:
            self._agenda.put(partial(write, posted))
        for message, after in later:
            self._agenda.put(partial(write, message), after=after)

    def _message(self, talk: Talk, step: Step, number: int) -> dict[str, Any]:
        sender = talk.script.sender
        message = {"id": f"{sender}-{talk.place}.{number}", "from": sender, "name": sender}
        if step.presses is None:
            return {**message, "text": step.says[number]}
        offered = next(heard["options"] for heard in reversed(talk.heard) if heard.get("options"))
        return {**message, "choice": next(o["id"] for o in offered if o["id"].startswith(f"{step.presses}@"))}

    def _write(self, door: Door, posted: Posted) -> None:
        with suppress(GaveUp):
            door.write(posted)

    def _read(self, channel: str) -> None:
        door, cursor = self._doors[channel], ""
        with suppress(GaveUp):
            while not door.over.is_set():
                page, cursor = door.read(cursor)
                for message in page:
                    self._hear(channel, message)

    def _hear(self, channel: str, message: dict[str, Any]) -> None:
        """A message to a stranger is for the checker to find."""
        with self._lock:
            self._latest = monotonic()
            self.heard[channel].append(message["id"])
            talk = self.talks.get(message["to"])
            if talk is None:
                return
            talk.heard.append(message)
            goes_on = len(talk.heard) == talk.due and talk.place < len(talk.script.steps)
            thought = self._draw.uniform(0, LONGEST_THOUGHT_S)
        if goes_on:
            self._agenda.put(partial(self._step, talk), after=talk.script.steps[talk.place].after or thought)
