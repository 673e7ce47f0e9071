"""Which numbers a government, a mineral, a measure and a trade flow need, with unit and bounds.

The files give each number a value, this unit and a source; a new number is a new line here,
a field in `sim.domain.state` and a rule that uses it.
"""

from typing import NamedTuple


class RequiredNumber(NamedTuple):
    """A number that a file must give."""

    unit: str
    low: float
    high: float
    meaning: str


SHARE = "share"
BN = "bn USD"
BN_MONTH = "bn USD/month"
MONTHS = "months"
DAYS = "days"
ROUNDS = "rounds"
BIG = 1e6

GOVERNMENT: dict[str, RequiredNumber] = {
    "discount": RequiredNumber("per month", 0, 1, "monthly discount factor"),
    "horizon_months": RequiredNumber(MONTHS, 0, 1200, "how far ahead payoffs are counted"),
    "trade_weight": RequiredNumber("weight", 0, 1000, "weight of welfare from trade"),
    "mineral_weight": RequiredNumber("weight", 0, 1000, "weight of losses from missing minerals"),
    "political_weight": RequiredNumber("weight", 0, 1000, "weight of rent, harm and audiences"),
    "protection_rent": RequiredNumber(
        "bn USD/year per point", -BIG, BIG, "worth of a percentage point of own average tariff"
    ),
    "export_harm": RequiredNumber(
        "bn USD per bn USD", 0, 1000, "political harm of a dollar of exports lost to tariffs"
    ),
    "election_weight": RequiredNumber(
        "weight", 0, 100, "by how much export harm weighs more on election day"
    ),
    "election_months": RequiredNumber(
        MONTHS, 0.01, 1200, "time constant with which that fades before elections"
    ),
    "market_fall": RequiredNumber(
        "per cent per point", 0, 100, "fall of markets per percentage point of new tariffs"
    ),
    "market_days": RequiredNumber(
        "days of fading", 0.01, 3660, "time constant with which a fall is forgotten"
    ),
    "market_threshold": RequiredNumber("per cent", 0, 100, "fall from which on markets are in stress"),
    "market_relief": RequiredNumber(BN, 0, BIG, "worth of relaxing while markets are in stress; 0: none"),
    "expectation": RequiredNumber("switch", 0, 1, "1: audiences count, 0: they do not"),
    "threat_cost": RequiredNumber(BN, 0, BIG, "audience cost of leaving a declared threat unexecuted"),
    "inaction_cost": RequiredNumber(MONTHS, 0, BIG, "months of unanswered pressure that inaction costs"),
    "unreturned_cost": RequiredNumber(BN, 0, BIG, "audience cost of relaxing a large step alone"),
    "routine_cost": RequiredNumber(BN, 0, BIG, "attention that any act but an extension takes"),
    "new_measure_cost": RequiredNumber(BN, 0, BIG, "cost of preparing a new measure"),
    "reactivation_cost": RequiredNumber(BN, 0, BIG, "cost of reactivating or extending a measure"),
    "leverage": RequiredNumber(
        "months per bn USD", -BIG, BIG, "pull of pressure on the partner's next move; 0: none"
    ),
    "noticed_size": RequiredNumber(BN_MONTH, 1e-9, BIG, "pressure of a step that is noticed half"),
    "forgetting": RequiredNumber("per answer", 0, 1, "what is left of a counted answer at the next"),
    "renewal_belief": RequiredNumber("probability", 0, 1, "belief that a partner extends a suspension"),
    "belief_strength": RequiredNumber("sunsets", 0, BIG, "imagined sunsets behind that belief"),
    "review_days": RequiredNumber(DAYS, 1, 3660, "days between two reviews of a partner"),
    "review_offset": RequiredNumber(DAYS, 0, 3660, "days from the start to the first review"),
    "reaction_days": RequiredNumber(DAYS, 1, 3660, "days from a partner's move to the answer"),
    "notice_days": RequiredNumber(DAYS, 0, 3660, "days before a sunset from which one may extend"),
    "memory_days": RequiredNumber(DAYS, 0, 36600, "days after which a provocation is forgotten"),
}

ANSWERS = ("after_escalate", "after_hold", "after_relax")

MINERAL: dict[str, RequiredNumber] = {
    "annual_loss": RequiredNumber("bn USD/year", 0, BIG, "loss if all supply is cut and stocks are out"),
    "share": RequiredNumber(SHARE, 0, 1, "part of use that comes from the supplier"),
    "stock": RequiredNumber("months of use", 0, 1200, "stock on the first day"),
    "working_stock": RequiredNumber("months of use", 0, 1200, "stock kept for everyday business"),
    "capacity": RequiredNumber("months of use", 0, 1200, "most that is stored beyond it"),
    "holding_cost": RequiredNumber("bn USD/month per month of use", 0, BIG, "cost of cover held beyond it"),
    "refill_months": RequiredNumber(MONTHS, 0.01, 1200, "time to close most of a gap in the stock"),
    "disruption_months": RequiredNumber(MONTHS, 0.01, 1200, "expected length of an embargo"),
    "diversion_limit": RequiredNumber(SHARE, 0, 1, "part of a cut that third countries replace in the end"),
    "diversion_months": RequiredNumber(MONTHS, 0.01, 1200, "time constant of these detours"),
    "substitution_limit": RequiredNumber(SHARE, 0, 1, "part that other materials replace in the end"),
    "substitution_months": RequiredNumber(MONTHS, 0.01, 1200, "time constant of this substitution"),
    "price_elasticity": RequiredNumber("elasticity", 0.05, 100, "of outside supply and of demand, added up"),
}

GAME: dict[str, RequiredNumber] = {
    "error": RequiredNumber("probability", 0, 1, "chance that a move comes out as the other one"),
    "discount": RequiredNumber("per round", 0, 1, "discount factor of a round"),
    "horizon": RequiredNumber(ROUNDS, 1, 36600, "how many rounds are counted, the present one included"),
    "lag": RequiredNumber(ROUNDS, 1, 60, "rounds until the other sees a move; 1: in the next"),
}

LEVEL = RequiredNumber(SHARE, 0, 3, "tariff rate, share of supply cut, or share of a control applied")

MEASURE: dict[str, RequiredNumber] = {
    "level": LEVEL,
    "step": RequiredNumber(SHARE, 0, 3, "by how much a level is raised or lowered"),
    "floor": RequiredNumber(SHARE, 0, 3, "lowest level"),
    "ceiling": RequiredNumber(SHARE, 0, 3, "highest level"),
    "coverage": RequiredNumber(SHARE, 0, 1, "part of the issuer's imports from the target it covers"),
    "harm": RequiredNumber(BN_MONTH, 0, BIG, "harm to the target at level 1, beyond tariffs and minerals"),
    "cost": RequiredNumber(BN_MONTH, 0, BIG, "cost to the issuer at level 1, beyond tariffs"),
}

TRADE: dict[str, RequiredNumber] = {
    "imports": RequiredNumber("bn USD/year", 0, BIG, "imports of the importer at the tariff imports_tariff"),
    "imports_tariff": RequiredNumber(
        SHARE, 0, 3, "average tariff under which the imports were observed; 0 if not given"
    ),
    "base_tariff": RequiredNumber(SHARE, 0, 3, "average tariff outside the scenario's measures"),
    "adjusted_tariff": RequiredNumber(SHARE, 0, 3, "tariff to which trade has adjusted on the first morning"),
    "semi_elasticity": RequiredNumber("per unit of tariff", 0.01, 100, "fall of imports per unit of tariff"),
    "pass_through": RequiredNumber(SHARE, 0, 1, "part of a tariff borne by the importer's price"),
}

ECONOMY: dict[str, RequiredNumber] = {
    "elasticity_short": RequiredNumber("elasticity", 0.05, 50, "trade elasticity at once"),
    "elasticity_long": RequiredNumber("elasticity", 0.05, 50, "trade elasticity once trade has adjusted"),
    "inertia": RequiredNumber(
        "per month", 0, 1, "part of the gap to the long run that is left after a month"
    ),
}

# What a pair's trade needs, and may not have besides, under each model of welfare.
TRADE_OF = {
    "linear": {"imports", "base_tariff", "semi_elasticity", "pass_through"},
    "armington": {"imports", "imports_tariff", "base_tariff", "adjusted_tariff"},
}
ECONOMY_OF: dict[str, set[str]] = {"linear": set(), "armington": set(ECONOMY)}
