"""The payoff terms, each declared once: every list of them is in this order.

In `sim.rules.terms` each has what is booked of it a day and what is expected of it, side by side. Each is of
one of two accounts that nobody adds up: dollars, and what is worth so many dollars to whoever decides. What a
weight other than 1 adds to dollars is politics, so that the economy's account holds dollars and nothing else.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

ECONOMY: Final = "economy"
POLITICS: Final = "politics"
UNITS: Final = {ECONOMY: "bn USD", POLITICS: "bn USD equivalents"}  # of each account, in their order
ACCOUNTS: Final = tuple(UNITS)
HEADINGS: Final = tuple(f"{name} [{unit}]" for name, unit in UNITS.items())


class Term(NamedTuple):
    """A payoff term."""

    name: str
    account: str  # ECONOMY or POLITICS
    label: str  # what a story calls it


TERMS: Final = (
    Term("trade", ECONOMY, "trade"),
    Term("minerals", ECONOMY, "missing minerals, and stocks against them"),
    Term("controls", ECONOMY, "controls and fees"),
    Term("concessions", ECONOMY, "purchases withheld"),
    Term("harm", POLITICS, "harm to exporters"),
    Term("rent", POLITICS, "protection at home"),
    Term("security", POLITICS, "weight of missing minerals beyond their dollars"),
    Term("audience", POLITICS, "audiences at home"),
    Term("acts", POLITICS, "attention for its acts"),
)
TRADE, MINERALS, CONTROLS, CONCESSIONS, HARM, RENT, SECURITY, AUDIENCE, ACTS = range(9)  # places in the list

Flow: TypeAlias = tuple[float, ...]  # [bn USD/month] of every term, costs negative
COSTS: Final = (*(term.name for term in TERMS), "game")  # what a run has cost is listed so
ACCOUNT_OF: Final = (*(ACCOUNTS.index(term.account) for term in TERMS), 0)  # of each of them: its account


def by_account(costs: Sequence[float]) -> list[float]:
    """Costs in the order of `COSTS`, added up by account in the order of `ACCOUNTS`.

    A matrix game has one payoff and no politics: its points stand in the first.
    """
    sums = [0.0, 0.0]
    for k in range(len(costs)):
        sums[ACCOUNT_OF[k]] += costs[k]
    return sums
