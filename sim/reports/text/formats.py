"""Numbers and dates as people write them."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.statistics.accumulators import PROBABILITY
from sim.strategies.strategy_register import Strategy


def percent(probability: float) -> str:
    """A probability as a per cent that is neither 0 nor 100 unless it is certain."""
    if 0.0 < probability < 0.001:
        return "under 0.1 %"
    if 0.999 < probability < 1.0:
        return "over 99.9 %"
    return f"{100 * probability:.1f} %" if probability not in (0.0, 1.0) else f"{100 * probability:.0f} %"


def short_percent(probability: float) -> str:
    """A probability as a per cent in few letters, neither 0 nor 100 unless it is certain."""
    value = 100.0 * probability
    if 0.0 < value < 0.5:
        return "<1 %"
    if 99.5 < value < 100.0:
        return ">99 %"
    return f"{value:.0f} %"


def rounded(value: float, digits: int = 1) -> float:
    """A value to so many decimals, never minus zero."""
    return round(value, digits) + 0.0


def decimal(value: float, digits: int = 1) -> str:
    """A value to so many decimals, with commas and a true minus sign."""
    return f"{rounded(value, digits):,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def listed(items: Sequence[str]) -> str:
    """Items as people list them: a, b and c."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def short_date(day: date) -> str:
    """A date in few letters: 2 Mar 2026."""
    return f"{day.day} {day:%b %Y}"


def range_text(n: Number) -> str:
    """The range of a number in words."""
    if n.low is None and n.high is None:
        return "no range given"
    low, high = (f"{x:g}" if x is not None else "not given" for x in (n.low, n.high))
    return f"{low} to {high}{', log-uniform' if n.distribution else ''}"


def assumption_row(path: str, n: Number) -> list[str]:
    """An assumption: name, value, unit, range, and why this value."""
    note = " ".join(f"{n.source.partition(':')[2]} {n.note}".split())
    return [path, f"{n.value:g}", n.unit, range_text(n), note]


def strategies_text(s: Scenario, strategies: Mapping[str, Strategy]) -> str:
    """Which strategy every government plays, by its capital."""
    return "; ".join(f"{g.capital} plays {strategies[code].spelling}" for code, g in s.governments.items())


class OutcomeFormat(NamedTuple):
    """How an outcome's values are written and drawn."""

    scale: float  # by which values are multiplied, 100 for a probability
    unit: str  # of the scaled values, on axes and in tables

    @property
    def probability(self) -> bool:
        """Whether values are probabilities, written in per cent."""
        return self.scale != 1.0

    @property
    def what(self) -> str:
        """What a picture of means shows, with its unit."""
        return "Chance [%]" if self.probability else f"Mean [{self.unit}]"

    @property
    def difference_unit(self) -> str:
        """Unit of a difference of two values."""
        return "points" if self.probability else self.unit

    def number(self, value: float, sign: bool = False) -> str:
        """A mean without its unit; empty if there is none."""
        if math.isnan(value):
            return ""
        scaled = self.scale * value
        text = f"{scaled:.1f}" if self.probability or abs(scaled) >= 10 else f"{scaled:.3g}"
        return f"+{text}" if sign and scaled > 0 else text

    def with_unit(self, value: float) -> str:
        """A mean with its unit."""
        text = self.number(value)
        return f"{text} {self.unit}" if text else "nothing"

    def interval(self, low: float, high: float) -> str:
        """An interval without its unit; empty if there is none."""
        return f"{self.number(low)} to {self.number(high)}" if not math.isnan(low) else ""

    def mean_interval(self, low: float, high: float, happened: int) -> str:
        """The interval of a mean of so many runs, or why it has none; empty if there is nothing."""
        if low == high:
            return "no luck in it"
        return "all runs alike" if math.isnan(low) and happened > 1 else self.interval(low, high)

    def difference_interval(self, low: float, high: float) -> str:
        """The interval of a difference run by run; empty if there is none."""
        return "in every run" if low == high else self.interval(low, high)


def outcome_format(unit: str) -> OutcomeFormat:
    """The format of an outcome by its unit."""
    return OutcomeFormat(100.0, "%") if unit == PROBABILITY else OutcomeFormat(1.0, unit)


def run_count(runs: int, happened: int) -> str:
    """How many runs a mean is over, and of how many, if the outcome happened in some of them only."""
    return f"{runs:,}" if happened in (0, runs) else f"{happened:,} of {runs:,}"
