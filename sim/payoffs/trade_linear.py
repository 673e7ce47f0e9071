"""Welfare from tariffs: the linear partial-equilibrium game (level A).

Each ordered pair of governments trades one bundle. Without tariffs the importer buys
`imports`; a tariff t cuts them to imports * (1 - e t), with e the semi-elasticity; the
importer's price rises by p t and the exporter's falls by (1 - p) t, p the pass-through.
With p = 1/2 this is the Bagwell-Staiger game (Bagwell and Staiger 1990, AER 80(4)) in its
money form: importer imports * (t/2 - 3 e t^2/4), exporter imports * (-t/2 + e t^2/4),
world -imports * e t^2 / 2, best tariff 1/(3 e). Tariffs beyond the prohibitive 1/e change
nothing more. Welfare is additive over pairs.
"""


def remaining_trade(tariff: float, semi_elasticity: float) -> float:
    """Share of the tariff-free trade that is left under a tariff [share]."""
    return max(0.0, 1.0 - semi_elasticity * tariff)


def importer_welfare(tariff: float, imports: float, semi_elasticity: float, pass_through: float) -> float:
    """Welfare of the importer against no tariff: terms of trade less deadweight [bn USD/month].

    Args:
        tariff: rate [share].
        imports: at no tariff [bn USD/month].
        semi_elasticity: fall of imports per unit of tariff.
        pass_through: share of the tariff borne by the importer's price.
    """
    remaining = remaining_trade(tariff, semi_elasticity)
    price_change = (1.0 - remaining) / semi_elasticity
    gain = (1.0 - pass_through) * price_change * remaining
    deadweight = 0.5 * pass_through * price_change * (1.0 - remaining)
    return imports * (gain - deadweight)


def exporter_welfare(tariff: float, exports: float, semi_elasticity: float, pass_through: float) -> float:
    """Welfare of the exporter against no tariff: the price it loses [bn USD/month]."""
    remaining = remaining_trade(tariff, semi_elasticity)
    price_change = (1.0 - remaining) / semi_elasticity
    return -exports * (1.0 - pass_through) * price_change * (1.0 + remaining) / 2.0
