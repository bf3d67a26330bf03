"""The pure core: same arguments, same answer; no clock, no ids, no random, no I/O."""
