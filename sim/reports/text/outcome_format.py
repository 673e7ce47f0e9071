"""How the values of an outcome are written: probabilities in per cent, other means in their unit."""

import math
from typing import NamedTuple

from sim.statistics.accumulators import PROBABILITY


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
