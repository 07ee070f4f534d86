"""The second server with one fault at a time."""
