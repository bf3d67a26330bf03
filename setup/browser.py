"""A real Chromium for the tests that drive the screens: from PATH, else Debian's package where root may install it."""

import os
import shutil

from steps import SetupFailed, do, say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str:
    """The path of a Chromium, installed if need be. Raises SetupFailed where that cannot be."""
    found = _on_path()
    if found:
        return found
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupFailed(
            "The tests drive a real Chromium, and none is on PATH. Install it (Debian: apt-get install chromium), or "
            " start `./run test` as root on Debian, which does that."
        )
    say("           no Chromium on PATH: installing Debian's package")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    do("list of Debian's packages", ["apt-get", "update"], env=quiet)
    do("Chromium", ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], env=quiet)
    found = _on_path()
    if not found:
        raise SetupFailed("Debian's package chromium is installed, but no `chromium` is on PATH.")
    return found


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
