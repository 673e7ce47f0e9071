"""Joint draws of the numbers that nobody has measured, each over its range and by its name."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sim.domain.parameters import DAYS
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.statistics.arrays import Array
from sim.strategies.strategy_register import Strategy
from sim.studies.one_at_a_time import range_ends

PARAMETERS: Final = {  # of strategies that play by payoffs: nobody has measured these either
    "payoff_logit": {
        "precision": Number(
            value=0.5, unit="per bn USD", source="assumption", low=0.25, high=1, note="half to twice"
        ),
        "look_ahead": Number(
            value=1, unit="weight", source="assumption", low=0.5, high=1, note="half the answer, or all of it"
        ),
    }
}


def uncertain_numbers(
    source: Scenario, playing: Mapping[str, Strategy], own: Sequence[str] = ()
) -> dict[str, Number]:
    """The numbers to draw, by their paths: assumptions with a range, and parameters of strategies.

    A parameter is `GOVERNMENT.strategy.NAME`, its shipped value the strategy's own. What a user has set is no
    assumption any more, and parameters of `own` strategies, which the user chose, stay as given.
    """
    numbers = {path: n for path, n in assumptions_of(source).items() if _width(n) > 0.0}
    for code, strategy in playing.items():
        parameters = {} if code in own else PARAMETERS.get(strategy.name, {})
        for name, number in parameters.items():
            value = strategy.parameters[name]
            low, high = min(number.low or 0.0, value), max(number.high or 0.0, value)
            numbers[f"{code}.strategy.{name}"] = number.model_copy(
                update={"value": value, "low": low, "high": high}
            )
    return numbers


def numbers_without_range(source: Scenario) -> list[str]:
    """The paths of assumptions that no draw moves, for they have no range."""
    return [path for path, n in assumptions_of(source).items() if _width(n) == 0.0]


def draw_parameters(numbers: Mapping[str, Number], draws: int, seed: int) -> Array:
    """Values of numbers in joint draws, shape (draws, numbers); each number has luck of its own.

    A number's draws depend on its path and the seed alone: more draws keep the first ones, and a number
    that is left out changes no other. As its distribution says, else triangular over its range with its own
    value as the mode; a missing end is the value itself; days are rounded. They are independent on purpose:
    Sobol' points in so many dimensions tie numbers to each other (256 points of 152 numbers: correlations up
    to 0.8).
    """
    columns = [values_at(luck_of(path, draws, seed), number) for path, number in numbers.items()]
    return np.column_stack(columns) if columns else np.empty((draws, 0))


def luck_of(path: str, draws: int, seed: int) -> Array:
    """Uniform draws [0 to 1) of a number's own: Philox under a key made of its path and the seed."""
    key = int.from_bytes(hashlib.sha256(f"{seed} {path}".encode()).digest()[:16], "big")
    return np.random.Generator(np.random.Philox(key=key)).random(draws)


def values_at(unit: Array, number: Number) -> Array:
    """Uniform draws [0 to 1] as values of a number: by its distribution, else most often near its value."""
    low, high = _ends(number)
    if number.distribution == "log_uniform":
        values = log_uniform(unit, low, high)
    else:
        values = triangular(unit, low, min(max(number.value, low), high), high)
    return np.round(values) if number.unit == DAYS else values


def log_uniform(unit: Array, low: float, high: float) -> Array:
    """Uniform draws [0 to 1] as values between two ends above 0: every doubling is as likely."""
    return np.clip(low * (high / low) ** unit, low, high)


def triangular(unit: Array, low: float, mode: float, high: float) -> Array:
    """Uniform draws [0 to 1] as values between two ends, most often near the mode."""
    width, below, above = high - low, mode - low, high - mode
    rising = low + np.sqrt(unit * width * below)
    falling = high - np.sqrt((1.0 - unit) * width * above)
    return np.clip(np.where(unit * width < below, rising, falling), low, high)


def _ends(number: Number) -> tuple[float, float]:
    low, high = range_ends(number)
    return number.value if low is None else low, number.value if high is None else high


def _width(number: Number) -> float:
    low, high = _ends(number)
    return high - low
