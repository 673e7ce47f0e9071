"""Levers and uncertainties of a study: how its file declares them, and what they are in a scenario."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import Field, model_validator

from sim.domain.errors import StudyError
from sim.domain.parameters import DAYS
from sim.scenarios.assumptions import STAR, assumptions_of, days_of, matches, numbers_of
from sim.scenarios.messages import place_of, quoted
from sim.scenarios.numbers import Code, Day, Entry, Finite, Number, Text, Texts
from sim.scenarios.schema import Scenario
from sim.statistics.arrays import Array
from sim.studies.parameter_draws import log_uniform, triangular


class LeverOption(Entry):
    """One thing that a lever can be put to: any changes of the world, under a label."""

    label: Text
    set: Texts = []
    force: Texts = []
    strategy: Texts = []
    scenario: Text | None = None
    until: Day | None = None


class NumberRange(Entry):
    """A number, or several that move together, and the range to put them to."""

    what: str = ""
    number: Text | None = None
    numbers: Texts = []
    low: Finite | None = None
    high: Finite | None = None

    @property
    def paths(self) -> list[str]:
        """Of the numbers that it sets."""
        return [self.number] if self.number is not None else list(self.numbers)


Range = TypeVar("Range", bound=NumberRange)


class Uncertainty(NumberRange):
    """What nobody chooses: a number, or several that move together, over a range."""

    # over it; if none is given, that of the number over its own range, else uniform
    distribution: Literal["uniform", "log_uniform", "triangular"] | None = None

    @model_validator(mode="after")
    def _named(self) -> "Uncertainty":
        if bool(self.number) == bool(self.numbers):
            raise ValueError("expected one of number and numbers, got " + ("both" if self.number else "none"))
        check_range(self.low, self.high, self.distribution)
        return self


class Lever(NumberRange):
    """What a government chooses: numbers with values or a range, strategies, or options of any kind."""

    values: Annotated[list[Finite], Field(max_length=10_000)] = []
    count: Annotated[int, Field(ge=2, le=10_000)] | None = None
    government: Code | None = None
    strategies: Texts = []
    options: Annotated[list[LeverOption], Field(max_length=10_000)] = []

    @property
    def choices(self) -> Sequence[LeverOption]:
        """What it is put to, if that is not a number."""
        spelled = [
            LeverOption(label=text, strategy=[f"{self.government}={text}"]) for text in self.strategies
        ]
        return [*self.options, *spelled]

    @model_validator(mode="after")
    def _one_kind(self) -> "Lever":
        kinds = [bool(self.number), bool(self.numbers), bool(self.strategies), bool(self.options)]
        if sum(kinds) != 1:
            raise ValueError(f"expected one of number, numbers, strategies and options, got {sum(kinds)}")
        if bool(self.strategies) != (self.government is not None):
            raise ValueError("expected government and strategies together, got one of them")
        if not self.paths and (self.values or self.count or self.low is not None or self.high is not None):
            raise ValueError("expected values or a range of a number only, got them without number")
        if self.values and (self.count is not None or self.low is not None or self.high is not None):
            raise ValueError("expected values or a range, got both")
        labels = [option.label for option in self.choices]
        twice = sorted({label for label in labels if labels.count(label) > 1})
        if twice:
            raise ValueError(f"expected every label once, got {twice[0]} more often")
        check_range(self.low, self.high, "uniform")
        return self


@dataclass(frozen=True)
class Factor:
    """A lever or an uncertainty."""

    name: str  # the column of the table of cells
    what: str  # in words
    unit: str = ""  # of its numbers, empty if it is put to options
    paths: tuple[str, ...] = ()  # of the numbers it sets
    values: tuple[float, ...] = ()  # that a grid gives them
    low: float = float("nan")  # end of the range that a design draws from
    high: float = float("nan")  # end of that range
    shipped: float = float("nan")  # the number as the scenario has it
    distribution: str = "uniform"  # over the range
    whole: bool = False  # whether its numbers are whole
    options: tuple[LeverOption, ...] = ()  # what it is put to instead of numbers
    lever: bool = True  # whether a government chooses it

    @property
    def levels(self) -> Array:
        """What a grid puts it to: numbers, or the positions of its options."""
        return np.arange(len(self.options), dtype=float) if self.options else np.array(self.values)

    def values_at(self, share: Array) -> Any:
        """The values at some shares of its distribution [0 to 1]."""
        if self.options:
            return np.minimum(np.floor(share * len(self.options)), len(self.options) - 1.0)
        low, high = self.low, self.high
        if self.whole:
            return np.minimum(np.floor(low + share * (high - low + 1.0)), high)
        if self.distribution == "log_uniform":
            return log_uniform(share, low, high)
        if self.distribution == "triangular":
            return triangular(share, low, self.shipped, high)
        return low + share * (high - low)


def lever_factor(name: str, lever: Lever, numbers: Mapping[str, Number], kind: str) -> Factor:
    """A lever in a scenario of these numbers, for a design of this kind.

    Raises StudyError if a number is not there, or has no range and needs one.
    """
    if lever.choices:
        return Factor(name, lever.what or name, options=tuple(lever.choices))
    if kind in ("grid", "nested") and not lever.values and lever.count is None:
        raise StudyError(f"levers.{name}: expected values, or count with a range, for a {kind}")
    where = f"levers.{name}"
    number = _number(where, lever.paths, numbers)
    low, high = _range(where, lever.low, lever.high, number, needed=not lever.values)
    whole = number.unit == DAYS
    values = tuple(lever.values) or tuple(np.linspace(low, high, lever.count or 2).tolist())
    if whole and any(value % 1 for value in values):
        raise StudyError(f"{where}: expected whole numbers of {number.unit}, got {quoted(list(values))}")
    if lever.values:
        low, high = min(values), max(values)
    paths = tuple(lever.paths)
    return Factor(name, lever.what or name, number.unit, paths, values, low, high, number.value, whole=whole)


def uncertainty_factor(name: str, u: Uncertainty, numbers: Mapping[str, Number]) -> Factor:
    """An uncertainty in a scenario of these numbers; raises what `lever_factor` does."""
    where = f"uncertainties.{name}"
    number = _number(where, u.paths, numbers)
    low, high = _range(where, u.low, u.high, number, needed=True)
    if u.distribution == "log_uniform" and low <= 0:
        raise StudyError(f"{where}: expected a range above 0 for log_uniform, got {low:g} to {high:g}")
    if u.distribution == "triangular" and not low <= number.value <= high:
        raise StudyError(
            f"{where}: expected {number.value:g} within the range, its peak, got {low:g} to {high:g}"
        )
    return _over_range(name, u, number, low, high)


def _over_range(name: str, u: Uncertainty, number: Number, low: float, high: float) -> Factor:
    """An uncertainty, days being whole and rounded inwards."""
    whole = number.unit == DAYS
    distribution = u.distribution or (number.distribution if u.low is None else None) or "uniform"
    if whole:
        low, high = float(np.ceil(low)), float(np.floor(high))
    ends = low, high, number.value
    return Factor(
        name, u.what or name, number.unit, tuple(u.paths), (), *ends, distribution, whole, lever=False
    )


def with_matches(of: Range, numbers: Mapping[str, Number], source: Scenario) -> Range:
    """A lever or an uncertainty with the numbers that its patterns match in place of these.

    Raises StudyError if a pattern matches nothing, or numbers of more than one unit.
    """
    if not any(STAR in path for path in of.paths):
        return of
    try:
        paths = list(dict.fromkeys(path for text in of.paths for path in matches(text, numbers, source)))
    except ValueError as error:
        raise StudyError(str(error)) from None
    units = sorted({numbers[path].unit for path in paths if path in numbers})
    if len(units) > 1:
        raise StudyError(f"{', '.join(of.paths)}: expected numbers of one unit, got {', '.join(units)}")
    return of.model_copy(update={"number": None, "numbers": paths})


def assumption_factors(source: Scenario, without: set[str]) -> list[Factor]:
    """Every assumption of a scenario that has a range, by its path, but those to stay as they are."""
    assumed = assumptions_of(source)
    for path in sorted(without - set(dict(numbers_of(source)) | days_of(source))):
        if ".strategy." not in path:
            place_of("design.without", "number", path, assumed, StudyError)
    return [
        _over_range(path, Uncertainty(number=path), number, number.low, number.high)
        for path, number in assumed.items()
        if path not in without
        and number.low is not None
        and number.high is not None
        and number.low < number.high
    ]


def _number(where: str, paths: list[str], numbers: Mapping[str, Number]) -> Number:
    for path in paths:
        place_of(where, "number", path, numbers, StudyError)
    if len(set(paths)) < len(paths):
        raise StudyError(f"{where}: expected every number once, got {quoted(paths)}")
    return numbers[paths[0]]


def _range(
    where: str, low: float | None, high: float | None, number: Number, needed: bool
) -> tuple[float, float]:
    low, high = (number.low, number.high) if low is None else (low, high)
    if low is None or high is None or not low < high:
        if needed:
            raise StudyError(f"{where}: expected low and high, for the number has no range of its own")
        return number.value, number.value
    return low, high


def check_range(low: float | None, high: float | None, distribution: str | None) -> None:
    """Raise ValueError unless a range has both ends or none, in their order."""
    if (low is None) != (high is None):
        raise ValueError("expected low and high together, got one of them")
    if low is not None and high is not None:
        if not low < high:
            raise ValueError(f"expected low below high, got {low:g} and {high:g}")
        if distribution == "log_uniform" and low <= 0:
            raise ValueError(f"low: expected more than 0 for log_uniform, got {low:g}")
