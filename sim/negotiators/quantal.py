"""Ask for what the talks are worth, with a margin of error: the default."""

import math

from sim.domain.view import TableView
from sim.negotiators.negotiator_register import negotiator


@negotiator(source="Rubinstein (1982), Stahl (1972); noise: McKelvey and Palfrey (1998)")
def quantal(view: TableView, precision: float = 0.5) -> float:
    """Ask for what going on is worth, with a logistic margin of error.

    Args:
        precision: how sharply worths are told apart [per bn USD].
    """
    return view.waiting + math.log(view.luck / (1.0 - view.luck)) / max(1e-9, precision)
