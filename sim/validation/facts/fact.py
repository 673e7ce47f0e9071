"""A fact, its test and what the simulator gives; and the runs that facts are read from."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sim.engines.ensemble import Ensemble, ensemble


class Part(NamedTuple):
    """One thing that a fact asks for: what is measured, how much it is, and whether that will do."""

    requirement: str
    measured: str
    passed: bool


class Fact(NamedTuple):
    """A stylised fact with its parts; it is shown if every part is."""

    number: int  # as in the list of facts
    name: str  # in a few words
    parts: Sequence[Part]  # what it asks for
    note: str = ""  # what a reader should know of a fact that fails, and what was tried
    # why it passes by construction, if it does: it is then a regression test, and says that the code does
    # what it was made to do, not that the model is right
    construction: str = ""

    @property
    def kind(self) -> str:
        """`regression` if it passes by construction, else `fact`."""
        return "regression" if self.construction else "fact"

    @property
    def passed(self) -> bool:
        """Whether every part is shown."""
        return all(part.passed for part in self.parts)


class FactRuns(NamedTuple):
    """Where the runs come from: so many of each scenario, all with the same luck, and some numbers set."""

    runs: int
    seed: int
    threads: int = 2
    changes: tuple[str, ...] = ()

    def simulate(self, scenario: str, *overrides: str, force: str = "", until: str | None = None) -> Ensemble:
        """The runs of a scenario with some numbers set, simulated once and cached."""
        return _simulate(self, scenario, (*self.changes, *overrides), force, until)


@cache
def _simulate(
    of: FactRuns, scenario: str, overrides: tuple[str, ...], force: str, until: str | None
) -> Ensemble:
    runs, seed, threads, _ = of
    return ensemble(
        scenario, runs, seed, until=until, force=force or (), set=overrides, record=True, threads=threads
    )


def between(requirement: str, value: float, low: float, high: float, unit: str = "") -> Part:
    """A part that asks for a value within bounds."""
    return Part(f"{requirement} {low:g} to {high:g}{unit}", f"{value:.3g}{unit}", bool(low <= value <= high))


def at_least(requirement: str, value: float, low: float, unit: str = "") -> Part:
    """A part that asks for a value of at least a bound."""
    return Part(f"{requirement} at least {low:g}{unit}", f"{value:.3g}{unit}", bool(value >= low))


def at_most(requirement: str, value: float, high: float, unit: str = "") -> Part:
    """A part that asks for a value of at most a bound."""
    return Part(f"{requirement} at most {high:g}{unit}", f"{value:.3g}{unit}", bool(value <= high))
