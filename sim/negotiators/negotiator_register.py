"""The register of negotiators: filled by the files of this folder, and by any file a user names."""

import math
from dataclasses import dataclass
from functools import partial

from sim.domain.errors import StrategyError
from sim.domain.view import TableView
from sim.strategies.plugin_register import Player, Register, parse_entry, registering


@dataclass(frozen=True)
class Negotiator(Player):
    """A negotiator with its parameters."""

    def __call__(self, view: TableView) -> float:
        """What it asks for, of what it sees [bn USD]; raises StrategyError if that is no number."""
        number = self.answer(view)
        if type(number) not in (int, float) or not math.isfinite(number):
            raise StrategyError(f"negotiator {self.name}: expected a finite number, got {number!r}")
        return float(number)


REGISTER: Register[Negotiator] = Register("negotiator", "sim.negotiators", StrategyError)
names, find, parse = REGISTER.names, REGISTER.find, partial(parse_entry, REGISTER)
negotiator = partial(registering, REGISTER, Negotiator)  # @negotiator(source=...)
