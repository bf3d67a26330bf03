"""One module per channel: payload → what arrived, message → request as data, limits as data; sends nothing.

A channel's module offers `LIMITS` (what one message can hold), `read(body)` (raw bytes → `Arrived`, or `Invalid`
with a JSON pointer) and, where the channel pushes, `request(…)` (a `Request` as data). Nothing here opens a socket.
"""

from __future__ import annotations

from types import ModuleType

from flowengine.channels import http, webchat

CHANNELS: dict[str, ModuleType] = {"http": http, "webchat": webchat}
"""Every kind of channel by its name; the name is the module's."""
