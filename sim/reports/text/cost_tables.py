"""What something cost, in two accounts that nobody adds up, and what each is made of, in Markdown."""

from collections.abc import Sequence

from sim.domain.terms import HEADINGS, TERMS
from sim.reports.text.formats import listed, rounded
from sim.reports.text.markdown import table
from sim.scenarios.schema import Scenario
from sim.scenarios.welfare_tables import REGIONS, bystanders_of


def accounts_table(capitals: Sequence[str], costs: Sequence[Sequence[float]]) -> str:
    """What each government paid, by `sim.domain.terms.ACCOUNTS`."""
    rows = [[capital, *map(_decimal, sums)] for capital, sums in zip(capitals, costs, strict=True)]
    return table("lrr", ["", *HEADINGS], rows)


def terms_table(capitals: Sequence[str], costs: Sequence[Sequence[float]]) -> str:
    """What that is made of: each government's costs, by `sim.domain.terms.TERMS`."""
    rows = [[term.label, term.account, *(_decimal(row[k]) for row in costs)] for k, term in enumerate(TERMS)]
    return table("ll" + "r" * len(capitals), ["of which", "account", *capitals], rows)


def bystanders_text(s: Scenario, costs: Sequence[float]) -> str:
    """Who gains and loses without being at the table, in a sentence; empty if there is nobody."""
    parts = [
        f"{REGIONS.get(name, name)} {'gains' if cost < 0 else 'loses'} {abs(cost):.2f}"
        for name, cost in zip(bystanders_of(s), costs, strict=True)
    ]
    return f"By the trade of others [bn USD]: {listed(parts)}." if parts else ""


def _decimal(value: float) -> str:
    return f"{rounded(float(value)):.1f}"
