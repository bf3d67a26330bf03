"""The fault run: conversations at an installation that is broken again and again, compared with a simulation."""
