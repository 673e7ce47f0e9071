"""Facts of the real dispute that the simulator must show, each with a test, passed or not."""

from collections.abc import Callable, Iterator

from sim.validation.facts.fact import Fact, FactRuns
from sim.validation.facts.law_facts import immediate_snapback, suspension_with_sunset
from sim.validation.facts.leverage_facts import beliefs_in_renewal, mineral_leverage
from sim.validation.facts.reciprocity_facts import matched_answers, reaction_functions
from sim.validation.facts.trade_facts import leaky_embargo, magnitudes, trade_diversion
from sim.validation.facts.truce_facts import ratchet, truce_after_spiral

__all__ = ["FACTS", "Fact", "check_facts"]

FACTS: tuple[Callable[[FactRuns], Fact], ...] = (
    suspension_with_sunset,
    immediate_snapback,
    beliefs_in_renewal,
    mineral_leverage,
    truce_after_spiral,
    ratchet,
    matched_answers,
    reaction_functions,
    leaky_embargo,
    trade_diversion,
    magnitudes,
)


def check_facts(runs: int = 500, seed: int = 0, threads: int = 2) -> Iterator[Fact]:
    """Play the calibrated scenarios and test every fact on them, one after the other."""
    fact_runs = FactRuns(runs, seed, threads)
    for fact in FACTS:
        yield fact(fact_runs)
