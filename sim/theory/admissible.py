"""Numbers that a theory question may hold: each check names the number, the rule and the offender."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import connected_components

from sim.domain.errors import TheoryError

Array = NDArray[np.float64]

ROUNDING = 1e-4  # by which the shares of a column may miss one, so that printed matrices pass


def numbers(name: str, values: ArrayLike) -> Array:
    """`values` as a new array of finite numbers, or a TheoryError that names it."""
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise TheoryError(f"{name} must be numbers in an even table, not {values!r}.") from None
    check(name, array, np.isfinite(array), "finite")
    return array


def positive(name: str, values: ArrayLike) -> Array:
    """`values` as finite numbers above zero."""
    array = numbers(name, values)
    check(name, array, array > 0.0, "above 0")
    return array


def number(name: str, values: ArrayLike) -> float:
    """`values` as one finite number above zero."""
    array = positive(name, values)
    if array.ndim:
        raise TheoryError(f"{name} must be one number, not an array of shape {array.shape}.")
    return float(array)


def discounts(values: ArrayLike) -> Array:
    """`values` as discount factors a period, from 0 to below 1."""
    array = numbers("discount", values)
    check("discount", array, (array >= 0.0) & (array < 1.0), "from 0 to below 1")
    return array


def probabilities(name: str, values: ArrayLike) -> Array:
    """`values` as chances or shares, from 0 to 1."""
    array = numbers(name, values)
    check(name, array, (array >= 0.0) & (array <= 1.0), "from 0 to 1")
    return array


def lengths(name: str, values: ArrayLike) -> Array:
    """`values` as whole numbers of periods, at least 1."""
    array = numbers(name, values)
    check(name, array, (array >= 1.0) & (array == np.floor(array)), "a whole number of at least 1")
    return array


def together(**arrays: Array) -> list[Array]:
    """The arrays broadcast against each other, or a TheoryError that gives their shapes."""
    try:
        return list(np.broadcast_arrays(*arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise TheoryError(f"These shapes do not fit each other: {shapes}.") from None


def economy(shares: ArrayLike, income: ArrayLike) -> tuple[Array, Array]:
    """Shares (columns made to add to one exactly) and incomes of a connected world of two or more."""
    spent, earned = numbers("shares", shares), positive("income", income)
    n = earned.size
    if earned.ndim != 1 or n < 2 or spent.shape != (n, n):
        raise TheoryError(
            "shares must be a square table and income a row for the same countries, two or more, "
            f"not of shapes {spent.shape} and {earned.shape}."
        )
    check("shares", spent, spent >= 0.0, "at least 0")
    sums = spent.sum(0)
    check("sum of shares in column", sums, np.abs(sums - 1.0) <= ROUNDING, "1 (all that the importer spends)")
    if connected_components(spent > 0.0, connection="strong")[0] > 1:
        raise TheoryError("shares must link all countries by trade in both directions: some trade with none.")
    return spent / sums, earned


def tariff_tables(values: ArrayLike, countries: int) -> Array:
    """`values` as tariffs above -1 [share], shape (..., countries, countries), none on oneself."""
    tariffs = numbers("tariffs", values)
    if tariffs.shape[-2:] != (countries, countries):
        raise TheoryError(
            f"tariffs must have shape (..., {countries}, {countries}), exporters in rows and importers in "
            f"columns, not {tariffs.shape}."
        )
    check("tariffs", tariffs, tariffs > -1.0, "above -1")
    own = tariffs * np.eye(countries)
    check("tariffs", own, own == 0.0, "0 on a country's own goods")
    return tariffs


def check(name: str, array: Array, allowed: Any, rule: str) -> None:
    """Raise a TheoryError that names the first number of `array` that is not allowed."""
    if np.all(allowed):
        return
    where = tuple(int(k) for k in np.argwhere(~np.broadcast_to(allowed, array.shape))[0])
    position = str(list(where)) if where else ""
    raise TheoryError(f"{name}{position} must be {rule}, not {array[where]:g}.")


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
