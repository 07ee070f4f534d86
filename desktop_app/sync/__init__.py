"""Pushes what waits, pulls what changed; what and how is here, when is `scheduler`."""
