"""The characters: one file each. Adding a file adds a strategy everywhere."""

from sim.strategies.strategy_register import Strategy, chances, find, names, parse, strategy

__all__ = ["Strategy", "chances", "find", "names", "parse", "strategy"]
