"""A forecast card, for people."""
