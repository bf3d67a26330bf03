"""What can go wrong with the servers of the default installation, in words for the operator."""


class EmbeddedError(Exception):
    """A server cannot be started here; the text says why and what would help."""


class InUse(EmbeddedError):
    """Somebody else runs an installation from this data folder at the moment."""
