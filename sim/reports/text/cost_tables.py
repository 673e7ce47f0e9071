"""What something cost, in two accounts that nobody adds up, and what each is made of, in Markdown."""

from collections.abc import Sequence

from sim.domain.terms import HEADINGS, TERMS
from sim.reports.text.formats import decimal, rounded
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
    """What the trade of others costs those who are not at the table, in a sentence; empty if nobody is."""
    names = (REGIONS.get(name, name) for name in bystanders_of(s))
    parts = [f"{name} {decimal(cost, 2)}" for name, cost in zip(names, costs, strict=True)]
    return f"What trade between them costs others [bn USD]: {', '.join(parts)}." if parts else ""


def _decimal(value: float) -> str:
    return f"{rounded(float(value)):.1f}"
