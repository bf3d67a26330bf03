"""What tests of screens share: complaints of the console, of axe, and of widths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "builder_ui/frontend/node_modules/axe-core/axe.min.js"


def complaints_of(page: Page) -> list[str]:
    """A list that fills with whatever this page's console complains of, from now on."""
    heard: list[str] = []

    def listen(kind: str, text: str, place: str) -> None:
        asked_who_one_is = "401" in text and place.endswith("/session")  # the first question of a page, before login
        if kind in ("error", "warning") and not asked_who_one_is:
            heard.append(f"{kind}: {text} ({place})")

    page.on("console", lambda message: listen(message.type, message.text, message.location["url"]))
    page.on("pageerror", lambda error: heard.append(f"uncaught: {error}"))
    return heard


def barriers(page: Page) -> list[str]:
    """What axe finds serious on the page as it stands, a line each: rule, what it says, where.

    What is found is looked at again: a button that was just let go is between two colours for a moment.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return _found(page) and _found(page)


def _found(page: Page) -> list[str]:
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{each['id']}: {each['help']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(0, wider)
