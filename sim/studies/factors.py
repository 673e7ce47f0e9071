"""What a study moves: each lever and uncertainty with the numbers it sets, checked against the scenario."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.domain.errors import StudyError
from sim.domain.parameters import DAYS
from sim.engines.run_spec import RunSpec
from sim.scenarios.assumptions import assumptions_of, numbers_of
from sim.scenarios.messages import did_you_mean, quoted
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.studies.study_file import Lever, LeverOption, StudyFile, Uncertainty

Array = NDArray[Any]
DATES = ("until", "since", "status", "opens", "stays")


@dataclass(frozen=True)
class Factor:
    """A lever or an uncertainty.

    Attributes:
        name: the column of the table of cells.
        what: in words.
        unit: of its numbers, empty if it is put to options.
        paths: of the numbers it sets.
        values: that a grid gives them.
        low: end of the range that a design draws from.
        high: end of that range.
        shipped: the number as the scenario has it.
        distribution: over the range.
        whole: whether its numbers are whole.
        options: what it is put to instead of numbers.
        lever: whether a government chooses it.
    """

    name: str
    what: str
    unit: str = ""
    paths: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    low: float = float("nan")
    high: float = float("nan")
    shipped: float = float("nan")
    distribution: str = "uniform"
    whole: bool = False
    options: tuple[LeverOption, ...] = ()
    lever: bool = True

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
            return np.clip(low * (high / low) ** share, low, high)
        if self.distribution == "triangular":
            peak = (self.shipped - low) / (high - low)
            return np.asarray(stats.triang.ppf(share, peak, loc=low, scale=high - low))
        return low + share * (high - low)


def factors_of(s: StudyFile, source: Scenario) -> list[Factor]:
    """Every lever, then every uncertainty of a study.

    Raises:
        StudyError: a number that is not there, or has no range and needs one.
    """
    numbers = dict(numbers_of(source))
    strategies = RunSpec(source, strategy=tuple(s.strategy)).strategies(source)
    for code, strategy in strategies.items():
        for key, value in strategy.parameters.items():
            number = Number(value=value, unit="parameter", source=strategy.source)
            numbers[f"{code}.strategy.{key}"] = number
    factors: list[Factor] = []
    if isinstance(s.scenario, list):
        options = tuple(LeverOption(label=name, scenario=name) for name in s.scenario)
        factors.append(Factor("scenario", "the scenario", options=options))
    factors += [_lever(name, lever, s, numbers) for name, lever in s.levers.items()]
    if isinstance(s.uncertainties, dict):
        return factors + [_uncertainty(name, u, numbers) for name, u in s.uncertainties.items()]
    levers = {path for factor in factors for path in factor.paths} | {
        text.partition("=")[0] for text in s.set
    }
    return factors + _assumed(source, {*levers, *s.design.without})


def _lever(name: str, lever: Lever, s: StudyFile, numbers: dict[str, Number]) -> Factor:
    if lever.choices:
        return Factor(name, lever.what or name, options=tuple(lever.choices))
    if s.design.kind in ("grid", "nested") and not lever.values and lever.count is None:
        raise StudyError(f"levers.{name}: expected values, or count with a range, for a {s.design.kind}")
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


def _uncertainty(name: str, u: Uncertainty, numbers: dict[str, Number]) -> Factor:
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
    if whole:
        low, high = float(np.ceil(low)), float(np.floor(high))
    ends = low, high, number.value
    return Factor(
        name, u.what or name, number.unit, tuple(u.paths), (), *ends, u.distribution, whole, lever=False
    )


def _assumed(source: Scenario, without: set[str]) -> list[Factor]:
    """Every assumption that has a range, by its path."""
    assumed = assumptions_of(source)
    for path in sorted(without - set(dict(numbers_of(source)))):
        if "." not in path or path.rpartition(".")[2] not in DATES:
            raise StudyError(
                f"design.without: there is no number {quoted(path)}; {did_you_mean(path, assumed)}"
            )
    return [
        _over_range(path, Uncertainty(number=path), number, number.low, number.high)
        for path, number in assumed.items()
        if path not in without
        and number.low is not None
        and number.high is not None
        and number.low < number.high
    ]


def _number(where: str, paths: list[str], numbers: dict[str, Number]) -> Number:
    for path in paths:
        if path not in numbers:
            raise StudyError(f"{where}: there is no number {quoted(path)}; {did_you_mean(path, numbers)}")
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
