"""Two-player matrix games: what may be one."""

from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.theory.admissible import Array, numbers


def bimatrix(payoffs_row: ArrayLike, payoffs_column: ArrayLike) -> tuple[Array, Array]:
    """Both players' payoffs as tables of one shape (rows, columns), or a TheoryError."""
    row, column = numbers("payoffs_row", payoffs_row), numbers("payoffs_column", payoffs_column)
    if row.ndim != 2 or row.shape != column.shape or row.size == 0:
        raise TheoryError(
            f"payoffs_row and payoffs_column must be tables of one shape with a row for each action "
            f"of the row player, not {row.shape} and {column.shape}."
        )
    for name, payoffs in (("payoffs_row", row), ("payoffs_column", column)):
        if payoffs.max() / 2.0 - payoffs.min() / 2.0 > 1e300:
            raise TheoryError(f"{name} spans more than 1e300, from {payoffs.min():g} to {payoffs.max():g}.")
    return row, column
