"""Give way as time runs out."""

from sim.domain.view import TableView
from sim.negotiators.negotiator_register import negotiator


@negotiator(source="Faratin, Sierra and Jennings (1998)")
def time_based(view: TableView, firmness: float = 4.0) -> float:
    """Ask for the best at first, and give way as the last offer comes.

    Args:
        firmness: 4 gives way at the end, 1 evenly, 0.25 at once.
    """
    elapsed: float = (view.round / view.rounds) ** max(0.0, firmness)
    return view.best * (1.0 - elapsed)
