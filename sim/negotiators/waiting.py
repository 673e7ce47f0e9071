"""Ask for what the talks are worth, exactly."""

from sim.domain.view import TableView
from sim.negotiators.negotiator_register import negotiator


@negotiator(source="Rubinstein (1982), Stahl (1972)")
def waiting(view: TableView) -> float:
    """Ask for exactly what going on is worth, and take no less."""
    return view.waiting
