"""The record's history and free-running simulations, measured by the same definitions."""
