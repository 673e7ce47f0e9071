"""The register of protocols: filled by the files of this folder, and by any file a user names."""

from dataclasses import dataclass
from functools import partial

from sim.domain.constants import END
from sim.domain.errors import StrategyError
from sim.domain.view import Stand
from sim.strategies.plugin_register import Player, Register, parse_entry, registering


@dataclass(frozen=True)
class Protocol(Player):
    """A protocol with its parameters."""

    def __call__(self, stand: Stand) -> int:
        """The side that makes the next offer, or END; raises StrategyError if it says neither."""
        side = self.answer(stand)
        if type(side) is not int or side not in (0, 1, END):
            raise StrategyError(f"protocol {self.name}: expected side 0, 1 or END, got {side!r}")
        return side


REGISTER: Register[Protocol] = Register("protocol", "sim.protocols", StrategyError)
names, find, parse = REGISTER.names, REGISTER.find, partial(parse_entry, REGISTER)
protocol = partial(registering, REGISTER, Protocol)  # @protocol(source=...)
