"""Escalate without end."""

from sim.domain.constants import ESCALATE, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="Axelrod (1984), always defect")
def always_escalate(view: View) -> Move:
    """Escalate whenever a decision is due."""
    return ESCALATE
