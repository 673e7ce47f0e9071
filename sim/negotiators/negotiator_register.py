"""The register of negotiators: filled by the files of this folder, and by any file a user names."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from sim.domain.errors import StrategyError
from sim.domain.view import TableView
from sim.strategies.plugin_register import Player, Register, one_line, registering
from sim.strategies.plugin_register import parse as parse_entry

Rule = Callable[..., float]


@dataclass(frozen=True)
class Negotiator(Player):
    """A negotiator with its parameters: what it asks for, of what it sees [bn USD]."""

    def __call__(self, view: TableView) -> float:
        """The number that it says; raises StrategyError if that is none, or it fails."""
        try:
            number = self.rule(view, **self.parameters)
        except Exception as error:
            raise StrategyError(f"negotiator {self.name}: its rule failed with {one_line(error)}") from error
        if type(number) not in (int, float) or not math.isfinite(number):
            raise StrategyError(f"negotiator {self.name}: expected a finite number, got {number!r}")
        return float(number)


REGISTER: Register[Negotiator] = Register("negotiator", "sim.negotiators", StrategyError)
names, find = REGISTER.names, REGISTER.find


def negotiator(source: str) -> Callable[[Rule], Rule]:
    """Register a negotiator, with where it comes from; the function stays the plain function it is."""
    return registering(REGISTER, Negotiator, source)


def parse(text: str) -> Negotiator:
    """The negotiator of a spelling such as `time_based:firmness=4`; raises StrategyError if it is none."""
    return parse_entry(REGISTER, text)
