"""Facts, moments and theory, for people."""
