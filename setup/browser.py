"""A real Chromium for the tests that drive the screens: from PATH, else Debian's package where root may install it."""

import os
import shutil

from steps import SetupFailed, do, say

NAMES = ("chromium", "chromium-browser", "google-chrome")  # as tests/e2e/browser.py looks for them


def chromium() -> None:
    """Make sure of a Chromium on PATH. Raises SetupFailed where that cannot be."""
    if _on_path():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupFailed(
            "The tests drive a real Chromium, and none is on PATH. Install it (Debian: apt-get install chromium), or "
            " start `./run test` as root on Debian, which does that."
        )
    say("           no Chromium on PATH: installing Debian's package")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    do("list of Debian's packages", ["apt-get", "update"], env=quiet)
    do("Chromium", ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], env=quiet)
    if not _on_path():
        raise SetupFailed("Debian's package chromium is installed, but no `chromium` is on PATH.")


def _on_path() -> bool:
    return any(shutil.which(name) for name in NAMES)
