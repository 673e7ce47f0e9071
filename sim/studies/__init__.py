"""Questions: what would change it, over how many runs."""
