"""The arithmetic of payoffs: pure scalar functions, a unit in every docstring, no state."""
