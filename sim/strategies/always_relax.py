"""Relax without end."""

from sim.domain.constants import RELAX, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="Axelrod (1984), always cooperate, with three moves")
def always_relax(view: View) -> Move:
    """Relax whenever a decision is due: extend, suspend, lower, lift."""
    return RELAX
