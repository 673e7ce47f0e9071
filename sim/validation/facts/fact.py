"""A fact, its test and what the simulator gives; and the worlds that facts are asked of."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sim.engines.ensemble import Ensemble, ensemble


class Part(NamedTuple):
    """One thing that a fact asks for: what is measured, how much it is, and whether that will do."""

    asked: str
    measured: str
    passed: bool


class Fact(NamedTuple):
    """A stylised fact with its parts; it is shown if every part is.

    Attributes:
        number: as in the list of facts.
        name: in a few words.
        parts: what it asks for.
        note: what a reader should know of a fact that fails, and what was tried.
    """

    number: int
    name: str
    parts: Sequence[Part]
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether every part is shown."""
        return all(part.passed for part in self.parts)


class FactRuns(NamedTuple):
    """Where the runs come from: so many of each scenario, all with the same luck."""

    runs: int
    seed: int
    threads: int = 2

    def play(
        self, scenario: str, *change: str, force: str = "", strategy: tuple[str, ...] = (), until: str = ""
    ) -> Ensemble:
        """The runs of a scenario with changes, played once and kept."""
        return _played(self, scenario, change, force, strategy, until)


@cache
def _played(
    worlds: FactRuns,
    scenario: str,
    change: tuple[str, ...],
    force: str,
    strategy: tuple[str, ...],
    until: str,
) -> Ensemble:
    return ensemble(
        scenario,
        runs=worlds.runs,
        seed=worlds.seed,
        until=until or None,
        force=force if force else (),
        strategy=strategy,
        set=change,
        record=True,
        threads=worlds.threads,
    )


def between(asked: str, value: float, low: float, high: float, unit: str = "") -> Part:
    """A part that asks for a value within bounds."""
    return Part(f"{asked} {low:g} to {high:g}{unit}", f"{value:.3g}{unit}", bool(low <= value <= high))


def at_least(asked: str, value: float, low: float, unit: str = "") -> Part:
    """A part that asks for a value of at least a bound."""
    return Part(f"{asked} at least {low:g}{unit}", f"{value:.3g}{unit}", bool(value >= low))


def at_most(asked: str, value: float, high: float, unit: str = "") -> Part:
    """A part that asks for a value of at most a bound."""
    return Part(f"{asked} at most {high:g}{unit}", f"{value:.3g}{unit}", bool(value <= high))
