"""Colours, layout and theme of every picture."""
