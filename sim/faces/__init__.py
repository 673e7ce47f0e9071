"""Thin faces over the simulator: the command line."""
