"""Relax without end."""

from sim.domain.view import View
from sim.domain.words import RELAX, Move
from sim.strategies.register import strategy


@strategy(source="Axelrod (1984), always cooperate, with three moves")
def always_relax(view: View) -> Move:
    """Relax whenever a decision is due: extend, suspend, lower, lift."""
    return RELAX
