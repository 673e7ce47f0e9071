"""Facts of the real dispute that the simulator must show, each with a test, passed or not."""

from sim.evidence.stylised.checking import check_facts
from sim.evidence.stylised.fact import Fact

__all__ = ["Fact", "check_facts"]
