"""Small widgets used by every room. They know the look, never a service."""
