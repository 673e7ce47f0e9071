"""Offers in turn: the default."""

from sim.domain.view import Stand
from sim.protocols.protocol_register import protocol


@protocol(source="Rubinstein (1982)")
def alternating_offers(stand: Stand) -> int:
    """Let the two make offers in turn, from meeting to meeting."""
    return 1 - stand.last
