"""What something cost, in two accounts that nobody adds up, and what each is made of, in Markdown."""

from collections.abc import Sequence

from sim.domain.terms import HEADINGS, TERMS
from sim.reports.text.formats import rounded
from sim.reports.text.markdown import table


def accounts_table(capitals: Sequence[str], costs: Sequence[Sequence[float]]) -> str:
    """What each government paid, by `sim.domain.terms.ACCOUNTS`."""
    rows = [[capital, *map(_decimal, sums)] for capital, sums in zip(capitals, costs, strict=True)]
    return table("lrr", ["", *HEADINGS], rows)


def terms_table(capitals: Sequence[str], costs: Sequence[Sequence[float]]) -> str:
    """What that is made of: each government's costs, by `sim.domain.terms.TERMS`."""
    rows = [[term.label, term.account, *(_decimal(row[k]) for row in costs)] for k, term in enumerate(TERMS)]
    return table("ll" + "r" * len(capitals), ["of which", "account", *capitals], rows)


def _decimal(value: float) -> str:
    return f"{rounded(float(value)):.1f}"
