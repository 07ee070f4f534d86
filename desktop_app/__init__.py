"""Comptoir without a screen: everything a desk does, with no Qt in it."""
