"""Do nothing."""

from sim.domain.constants import HOLD, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="the most frequent month of the record 2018-2025")
def hold(view: View) -> Move:
    """Hold, whatever happens: suspensions run out, provocations pass."""
    return HOLD
