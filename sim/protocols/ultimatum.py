"""One offer, to take or to leave."""

from sim.domain.constants import END
from sim.domain.view import Stand
from sim.protocols.protocol_register import protocol


@protocol(source="Gueth, Schmittberger and Schwarze (1982)")
def ultimatum(stand: Stand) -> int:
    """Let one of the two make one offer in a meeting, the other one in the next."""
    return 1 - stand.last if stand.round == 0 else END
