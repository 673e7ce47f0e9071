"""Moments of the record beside those of free runs, by the same definitions."""
