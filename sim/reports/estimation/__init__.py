"""Fit, replay and score, for people."""
