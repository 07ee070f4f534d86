"""A second manufacturer's server, as a stranger would write it after docs/api.md: the standard library and zstandard.

It keeps everything in memory, sells at list price and delivers for nothing. It exists to show that the protocol's
description is enough, and to be broken in one place at a time (`tests/conformance`).
"""
