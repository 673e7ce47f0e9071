"""A matrix game, for people."""
