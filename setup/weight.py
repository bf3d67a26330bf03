"""What a browser must fetch of script before anything shows, compressed; too much of it is an error."""

import gzip
import re
import sys
from pathlib import Path

DIST = Path(__file__).parents[1] / "builder_ui" / "frontend" / "dist"
MOST_KB = 300  # gzipped, for the frame that every screen needs; what only some need is fetched when they are opened
_SCRIPT = re.compile(r'(?:src|href)="/assets/([\w.-]+\.js)"')
_IMPORT = re.compile(r'(?:\bfrom|\bimport)\s*"\./([\w.-]+\.js)"')


def shell_scripts(dist: Path) -> set[str]:
    """The scripts that the page names, and those which they import at once."""
    wanted = _SCRIPT.findall((dist / "index.html").read_text(encoding="utf-8"))
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += _IMPORT.findall((dist / "assets" / name).read_text(encoding="utf-8"))
    return found


def main() -> int:
    if not (DIST / "index.html").exists():
        print("The screens are not built yet, so their weight is not known: ./run setup", file=sys.stderr)
        return 1
    weight = sum(len(gzip.compress((DIST / "assets" / name).read_bytes())) for name in shell_scripts(DIST)) / 1000
    if weight > MOST_KB:
        print(
            f"The frame of the screens takes {weight:.0f} kB of script, {MOST_KB} at most: load a part later.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
