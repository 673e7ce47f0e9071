"""Closed forms and equilibria that the engines are checked against; each with its source."""
