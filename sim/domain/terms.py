"""The payoff terms, each declared once: every list of them is in this order.

In `sim.rules.terms` each has what is booked of it a day and what is expected of it, side by side.
"""

from typing import Final, NamedTuple, TypeAlias

ECONOMY: Final = "economy"
POLITICS: Final = "politics"


class Term(NamedTuple):
    """A payoff term."""

    name: str
    account: str  # ECONOMY or POLITICS
    label: str  # what a story calls it


TERMS: Final = (
    Term("trade", ECONOMY, "trade"),
    Term("rent", POLITICS, "protection at home"),
    Term("harm", POLITICS, "harm to exporters"),
    Term("minerals", ECONOMY, "missing minerals, and stocks against them"),
    Term("controls", ECONOMY, "controls and fees"),
    Term("concessions", ECONOMY, "purchases withheld"),
    Term("audience", POLITICS, "audiences at home"),
    Term("acts", POLITICS, "attention for its acts"),
)
TRADE, RENT, HARM, MINERALS, CONTROLS, CONCESSIONS, AUDIENCE, ACTS = range(8)  # places in the list

Flow: TypeAlias = tuple[float, ...]  # [bn USD/month] of every term, costs negative
COSTS: Final = (*(term.name for term in TERMS), "game")  # what a run has cost is listed so
