"""The web: everything HTTP."""
