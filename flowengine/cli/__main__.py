"""`python -m flowengine.cli` is `flowengine`."""

from flowengine.cli import main

main()
