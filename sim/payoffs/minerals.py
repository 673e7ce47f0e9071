"""What a cut in the supply of a mineral costs: nothing while stocks last, then a shutdown.

Form: economics of supply disruption after Nassar et al., USGS Open-File Report 2024-1057
(annual loss at a full cut), with stocks, detours through third countries and substitution.
"""

import math


def adapted(limit: float, months: float, half_way: float) -> float:
    """Share reached `months` after a start, rising to `limit` with time constant `half_way` [share]."""
    if months <= 0.0:
        return 0.0
    if half_way <= 0.0:
        return limit
    return limit * (1.0 - math.exp(-months / half_way))


def embargo_age(age: float, cut: float, months: float) -> float:
    """Age of an embargo `months` on: it grows while supply is cut, and goes back as slowly after [months].

    Detours and substitution follow it, so they close at the pace at which they opened.
    """
    return age + months if cut > 0.0 else max(0.0, age - months)


def shortfall(share: float, cut: float, diversion: float, substitution: float) -> float:
    """Share of all use that is missing: share * cut * (1 - diversion) * (1 - substitution) [share]."""
    return share * cut * (1.0 - diversion) * (1.0 - substitution)


def price_multiplier(missing: float, refill: float, elasticity: float) -> float:
    """Price of a mineral against no embargo and no restocking: [(1 - m) / (1 + r)]^(-1/e).

    Outside supply and demand of constant elasticities clear the market without the part of use
    that is missing; restocking adds to demand.

    Args:
        missing: m, share of use that does not arrive [share].
        refill: r, restocking as a share of use.
        elasticity: e, of outside supply and of demand, added up.
    """
    remaining = max(1.0 - missing, 1e-3)
    ratio: float = (remaining / (1.0 + refill)) ** (-1.0 / elasticity)
    return ratio


def shutdown_loss(annual_loss: float, missing: float, share: float) -> float:
    """Loss once stocks are out, in proportion to the missing part of the supply [bn USD/month]."""
    if share <= 0.0:
        return 0.0
    return annual_loss / 12.0 * missing / share


def wanted_buffer(
    renewal_belief: float, monthly_loss: float, holding_cost: float, disruption_months: float, capacity: float
) -> float:
    """Months of use worth keeping against an embargo that comes with chance 1 - belief.

    The newsvendor rule for an embargo of exponential length T (Arrow, Harris and Marschak 1951):
    hold until the chance of still needing the last month, (1 - p) e^(-S/T), times the loss it
    saves equals its holding cost: S = T ln((1 - p) loss / cost).

    Args:
        renewal_belief: chance p that the suspension is renewed [0 to 1].
        monthly_loss: loss under a full cut without stocks [bn USD/month].
        holding_cost: of one month of cover [bn USD/month].
        disruption_months: expected length T of the embargo [months].
        capacity: most that can be stored beyond everyday business [months of use].
    """
    worth = (1.0 - renewal_belief) * monthly_loss
    if worth <= holding_cost:
        return 0.0
    if holding_cost <= 0.0:
        return capacity
    return min(capacity, disruption_months * math.log(worth / holding_cost))


def stock_growth(stock: float, wanted: float, missing: float, refill_months: float, licence: float) -> float:
    """Growth of a stock: drawn by what is missing, else towards what is wanted [months of use a month].

    Args:
        stock: [months of use].
        wanted: [months of use].
        missing: share of use that does not arrive; while use goes short, nothing is stored [share].
        refill_months: time to close most of a gap [months].
        licence: most that the supplier lets a stock grow by [share of use].
    """
    if missing > 0.0:
        return -missing
    return min((wanted - stock) / refill_months, licence)
