"""Welfare tabulated over two tariffs before a run, so that the economy may be as rich as one likes."""

from collections.abc import Callable, Sequence


def tabulate(
    welfare: Callable[[float, float], float], own: float, theirs: float, grid: float
) -> list[list[float]]:
    """Welfare at every grid point of (own tariff, partner's tariff).

    Args:
        welfare: of the two tariffs [share], in bn USD/month.
        own: largest own tariff that the scenario can reach [share].
        theirs: largest tariff of the partner [share].
        grid: distance of the points [share].

    Returns:
        Rows over the own tariff, columns over the partner's [bn USD/month].
    """
    rows = int(own / grid) + 2
    columns = int(theirs / grid) + 2
    return [[welfare(a * grid, b * grid) for b in range(columns)] for a in range(rows)]


def look_up(table: Sequence[Sequence[float]], own: float, theirs: float, grid: float) -> float:
    """Welfare between the grid points, bilinear; the edge value beyond the last [bn USD/month].

    For a welfare function with second derivatives of at most c the error is at most
    c * grid^2 / 4 (grid^2 / 8 in each of the two tariffs).
    """
    a = min(max(own / grid, 0.0), len(table) - 1.0)
    b = min(max(theirs / grid, 0.0), len(table[0]) - 1.0)
    row = min(int(a), len(table) - 2)
    column = min(int(b), len(table[0]) - 2)
    x = a - row
    y = b - column
    low = table[row][column] * (1.0 - y) + table[row][column + 1] * y
    high = table[row + 1][column] * (1.0 - y) + table[row + 1][column + 1] * y
    return low * (1.0 - x) + high * x
