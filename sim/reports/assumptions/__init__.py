"""Unmeasured parameters and what an outcome owes to each."""
