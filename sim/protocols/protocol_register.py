"""The register of protocols: filled by the files of this folder, and by any file a user names."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.domain.constants import END
from sim.domain.errors import StrategyError
from sim.domain.view import Stand
from sim.strategies.plugin_register import Player, Register, one_line, registering
from sim.strategies.plugin_register import parse as parse_entry

Rule = Callable[..., int]


@dataclass(frozen=True)
class Protocol(Player):
    """A protocol with its parameters: which side makes the next offer, or END, of where a meeting stands."""

    def __call__(self, stand: Stand) -> int:
        """The side that it says; raises StrategyError if that is none, or it fails."""
        try:
            side = self.rule(stand, **self.parameters)
        except Exception as error:
            raise StrategyError(f"protocol {self.name}: its rule failed with {one_line(error)}") from error
        if type(side) is not int or side not in (0, 1, END):
            raise StrategyError(f"protocol {self.name}: expected side 0, 1 or END, got {side!r}")
        return side


REGISTER: Register[Protocol] = Register("protocol", "sim.protocols", StrategyError)
names, find = REGISTER.names, REGISTER.find


def protocol(source: str) -> Callable[[Rule], Rule]:
    """Register a protocol, with where it comes from; the function stays the plain function it is."""
    return registering(REGISTER, Protocol, source)


def parse(text: str) -> Protocol:
    """The protocol of a spelling such as `ultimatum`; raises StrategyError if it is none."""
    return parse_entry(REGISTER, text)
