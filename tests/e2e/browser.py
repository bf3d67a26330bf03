"""A real Chromium, and the pages a test looks at through it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.installation import Installation

# No sandbox as root; no calls to the browser's maker, which a closed network would refuse one by one.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium on PATH; AssertionError where there is none."""
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
    )
    assert path, "no Chromium on PATH; ./run test installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def person(
    browser: Browser,
    *,
    width: int = 1440,
    height: int = 900,
    language: str = "pt-BR",
    scheme: Literal["light", "dark"] = "light",
) -> BrowserContext:
    """Somebody with a browser of their own."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=language, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    return context


def sign_in(context: BrowserContext, installation: Installation, login: dict[str, str]) -> Page:
    """The application as this person sees it after signing in with the keyboard."""
    page = context.new_page()
    page.goto(installation.address)
    page.get_by_label("E-mail").fill(login["email"])
    page.get_by_label("Senha", exact=True).fill(login["password"])
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Caixa de entrada").wait_for()
    return page
