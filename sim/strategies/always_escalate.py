"""Escalate without end."""

from sim.domain.view import View
from sim.domain.words import ESCALATE, Move
from sim.strategies.register import strategy


@strategy(source="Axelrod (1984), always defect")
def always_escalate(view: View) -> Move:
    """Escalate whenever a decision is due."""
    return ESCALATE
