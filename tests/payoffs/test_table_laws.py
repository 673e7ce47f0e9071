"""Laws of tables: exact at their points, and between them as wrong as the bend allows."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.payoffs.interpolation import look_along, look_up
from sim.payoffs.welfare_grid import NODES, between, nodes, points

numbers = st.floats(-5, 5)
tariffs = st.floats(0, 3)
GRID = 0.02


def table_of(welfare, own: float, theirs: float) -> list[list[float]]:
    """The values of a function at the grid points up to two tariffs."""
    return [[welfare(a, b) for b in points(theirs, GRID)] for a in points(own, GRID)]


@given(numbers, numbers, numbers, st.integers(0, 25), st.integers(0, 15))
def test_a_table_is_exact_at_its_points(x: float, y: float, xy: float, row: int, column: int) -> None:
    def welfare(a: float, b: float) -> float:
        return x * a + y * b * b + xy * a * b

    own, theirs = row * GRID, column * GRID
    found = look_up(table_of(welfare, 0.5, 0.3), own, theirs, GRID)
    assert found == pytest.approx(welfare(own, theirs), abs=1e-12)


@given(numbers, numbers, st.floats(0, 0.5), st.floats(0, 0.3))
def test_a_table_errs_by_a_quarter_of_the_bend_times_the_square_of_the_grid(
    x: float, y: float, own: float, theirs: float
) -> None:
    def welfare(a: float, b: float) -> float:
        return x * math.sin(a) + y * math.cos(b)

    bend = max(abs(x), abs(y))
    error = abs(look_up(table_of(welfare, 0.5, 0.3), own, theirs, GRID) - welfare(own, theirs))
    assert error <= bend * GRID**2 / 4 + 1e-12


@given(st.floats(0, 1), st.floats(0, 1))
def test_every_tariff_that_a_table_is_made_for_lies_inside_it(own: float, theirs: float) -> None:
    table = table_of(lambda a, b: a + 10 * b, own, theirs)
    assert look_up(table, own, theirs, GRID) == pytest.approx(own + 10 * theirs, abs=1e-9)


def test_beyond_its_edges_a_table_gives_the_edge() -> None:
    table = table_of(lambda a, b: a + 10 * b, 0.09, 0.09)
    assert look_up(table, -1, -1, GRID) == 0
    assert look_up(table, 9, 9, GRID) == pytest.approx(1.1)


@given(numbers, st.floats(0, 0.5))
def test_a_line_errs_by_an_eighth_of_the_bend_times_the_square_of_the_grid(x: float, tariff: float) -> None:
    line = [x * math.exp(-a) for a in points(0.5, GRID)]
    error = abs(look_along(line, tariff, GRID) - x * math.exp(-tariff))
    assert error <= abs(x) * GRID**2 / 8 + 1e-12


def test_beyond_its_edges_a_line_gives_the_edge() -> None:
    assert look_along([1.0, 2.0, 4.0], -1, GRID) == 1
    assert look_along([1.0, 2.0, 4.0], 9, GRID) == 4


@given(tariffs)
def test_the_grid_goes_from_no_tariff_to_the_first_point_beyond_the_highest(highest: float) -> None:
    grid = points(highest, GRID)
    assert grid[0] == 0
    assert np.diff(grid) == pytest.approx(np.full(grid.size - 1, GRID))
    assert highest < grid[-1] <= highest + GRID * (1 + 1e-9)


@given(st.floats(0.01, 3))
def test_the_nodes_span_all_tariffs(highest: float) -> None:
    found = nodes(highest)
    assert found.size == NODES
    assert found[0] == pytest.approx(0, abs=1e-12)
    assert found[-1] == pytest.approx(highest)
    assert (np.diff(found) > 0).all()


@given(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.floats(0.02, 2), st.floats(0.02, 2))
def test_a_polynomial_of_the_nodes_degree_is_exact_between_them(
    p: int, q: int, highest: float, other: float
) -> None:
    own, theirs = points(highest, GRID), points(other, GRID)
    a, b = own / own[-1], theirs / theirs[-1]
    values = (nodes(1.0)[:, None] ** p) * (nodes(1.0)[None, :] ** q)
    assert between(values, own, theirs) == pytest.approx(a[:, None] ** p * b[None, :] ** q, abs=1e-11)


@given(st.floats(0.1, 2), st.floats(0.1, 2), st.floats(0.5, 4))
def test_a_power_of_one_plus_the_tariff_is_as_good_as_exact_between_the_nodes(
    highest: float, other: float, elasticity: float
) -> None:
    own, theirs = points(highest, GRID), points(other, GRID)

    def trade(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (1 + a[:, None]) ** -elasticity * (1 + b[None, :]) ** -1.0

    found = between(trade(nodes(own[-1]), nodes(theirs[-1])), own, theirs)
    assert np.abs(found - trade(own, theirs)).max() < 1e-6
