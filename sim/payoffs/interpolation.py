"""What is looked up in tables made before a run, so that the economy may be as rich as one likes."""

from collections.abc import Sequence


def look_up(table: Sequence[Sequence[float]], own: float, other: float, grid: float) -> float:
    """A value between the points of a table, bilinear; the edge value beyond the last.

    For a function with second derivatives of at most c in either tariff the error is at most
    c * grid^2 / 4 (grid^2 / 8 in each).
    """
    a = min(max(own / grid, 0.0), len(table) - 1.0)
    b = min(max(other / grid, 0.0), len(table[0]) - 1.0)
    row = min(int(a), len(table) - 2)
    column = min(int(b), len(table[0]) - 2)
    x = a - row
    y = b - column
    first = table[row][column] * (1.0 - y) + table[row][column + 1] * y
    second = table[row + 1][column] * (1.0 - y) + table[row + 1][column + 1] * y
    return first * (1.0 - x) + second * x


def look_along(line: Sequence[float], tariff: float, grid: float) -> float:
    """A value between the points of a line, linear; the edge value beyond the last."""
    a = min(max(tariff / grid, 0.0), len(line) - 1.0)
    place = min(int(a), len(line) - 2)
    return line[place] * (1.0 - (a - place)) + line[place + 1] * (a - place)
