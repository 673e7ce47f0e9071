"""Facts of the real dispute that the simulator must show, each with a test, passed or not."""

from sim.validation.facts.fact import Fact
from sim.validation.facts.fact_list import check_facts

__all__ = ["Fact", "check_facts"]
