"""The characters: one file each. Adding a file adds a strategy everywhere."""

from sim.strategies.strategy_register import Strategy, find, names, parse, probabilities, strategy

__all__ = ["Strategy", "find", "names", "parse", "probabilities", "strategy"]
