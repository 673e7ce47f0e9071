"""The numbers of a scenario, each declared once: unit, bounds, meaning, and what holds if a file gives none.

A declaration feeds the record that rules read (`sim.domain.state`), the check of files, `--set`, events
that change a number, `snapback list numbers` and the table of `sim/scenarios/README.md`. So a new number
is one new line here, and a rule that reads it.

A default is neutral: it switches off what the number stands for. A number that nothing can stand for has
none, and every file must give it. Numbers of type `int` are whole in files too.
"""

from dataclasses import dataclass
from typing import Annotated, Final, NamedTuple, get_origin, get_type_hints


class Declaration(NamedTuple):
    """What a number is: what follows its type in a declaration, in this order."""

    unit: str  # as files must spell it
    minimum: float  # least value
    maximum: float  # greatest value
    meaning: str  # in a few words
    default: float | None = None  # value if a file gives none; None: a file must give it
    # a number of the same table without which this one plays no part: while that one is 0, a file may leave
    # this one out, and it stands at its minimum
    part_of: str | None = None
    whole: bool = False  # whether it is a whole number


SHARE: Final = "share"
BN: Final = "bn USD"
BN_MONTH: Final = "bn USD/month"
MONTHS: Final = "months"
STOCK: Final = "months of use"
DAYS: Final = "days"
ROUNDS: Final = "rounds"
WEIGHT: Final = "weight"
ELASTICITY: Final = "elasticity"
BIG: Final = 1e6
ANSWERS: Final = ("after_escalate", "after_hold", "after_relax")


@dataclass(slots=True)
class GovernmentNumbers:
    """What a government wants, expects and pays attention to."""

    discount: Annotated[float, "per month", 0, 1, "monthly discount factor"]
    horizon_months: Annotated[float, MONTHS, 0, 1e9, "mean time for which payoffs are counted"]
    trade_factor: Annotated[
        float, "factor", 0, 1000, "on the welfare of tariffs, for what the model of trade leaves out", 1
    ]
    mineral_weight: Annotated[float, WEIGHT, 0, 1000, "weight of losses from missing minerals", 1]
    refill_licence: Annotated[
        float, "share of use", 0, BIG, "most that stocks of its minerals abroad may grow by a month", BIG
    ]
    political_weight: Annotated[float, WEIGHT, 0, 1000, "weight of rent, harm and audiences", 1]
    protection_rent: Annotated[
        float, "bn USD/year per point", -BIG, BIG, "worth of a percentage point of own average tariff", 0
    ]
    export_harm: Annotated[
        float, "bn USD per bn USD", 0, 1000, "political harm of a dollar of exports lost to tariffs", 0
    ]
    election_weight: Annotated[
        float, WEIGHT, 0, 100, "by how much export harm weighs more on election day", 0
    ]
    election_months: Annotated[
        float,
        MONTHS,
        0.01,
        1200,
        "time constant with which that fades before elections",
        None,
        "election_weight",
    ]
    market_fall: Annotated[
        float, "per cent per point", 0, 100, "fall of markets per percentage point of new tariffs", 0
    ]
    market_days: Annotated[
        float,
        "days of fading",
        0.01,
        3660,
        "time constant with which a fall is forgotten",
        None,
        "market_fall",
    ]
    market_threshold: Annotated[
        float, "per cent", 0, 100, "fall from which on markets are in stress", None, "market_relief"
    ]
    market_relief: Annotated[float, BN, 0, BIG, "worth of relaxing while markets are in stress; 0: none", 0]
    expectation: Annotated[float, "switch", 0, 1, "1: audiences count, 0: they do not", 1]
    inaction_cost: Annotated[float, MONTHS, 0, BIG, "months of unanswered pressure that inaction costs", 0]
    unreturned_cost: Annotated[float, BN, 0, BIG, "audience cost of relaxing a large step alone", 0]
    routine_cost: Annotated[float, BN, 0, BIG, "attention that any decision to act but to extend takes", 0]
    new_measure_cost: Annotated[float, BN, 0, BIG, "cost of preparing new measures, once a decision", 0]
    reactivation_cost: Annotated[float, BN, 0, BIG, "what each act takes, or extending all that ends", 0]
    act_precision: Annotated[
        float, "per bn USD", 0, 1e6, "how sharply acts of a package are told apart; 1e6: the best", 1e6
    ]
    leverage: Annotated[
        float,
        "months per bn USD",
        -BIG,
        BIG,
        "pull of pressure on a partner's next move; below 0 it provokes",
        0,
    ]
    noticed_size: Annotated[float, BN_MONTH, 1e-9, BIG, "pressure of a step that is noticed half"]
    forgetting: Annotated[float, "per answer", 0, 1, "what is left of a counted answer at the next", 1]
    renewal_belief: Annotated[float, "probability", 0, 1, "belief that a partner extends a suspension"]
    belief_strength: Annotated[float, "sunsets", 0, BIG, "imagined sunsets behind that belief"]
    review_days: Annotated[int, DAYS, 1, 3660, "days between two reviews of a partner"]
    review_offset: Annotated[int, DAYS, 0, 3660, "days from the start to the first review", 0]
    reaction_days: Annotated[int, DAYS, 1, 3660, "days from a partner's move to the answer"]
    notice_days: Annotated[int, DAYS, 0, 3660, "days before a sunset from which one may extend"]
    memory_days: Annotated[int, DAYS, 0, 36600, "days after which a provocation is forgotten"]
    toughness: Annotated[float, "factor", 0, 100, "on the home values of its measures; partners guess it", 1]


@dataclass(slots=True)
class MineralNumbers:
    """A government's use of a mineral, its stock and its ways around an embargo."""

    annual_loss: Annotated[float, "bn USD/year", 0, BIG, "loss if all supply is cut and stocks are out"]
    share: Annotated[float, SHARE, 0, 1, "part of use that comes from the supplier"]
    stock: Annotated[float, STOCK, 0, 1200, "stock on the first day"]
    working_stock: Annotated[float, STOCK, 0, 1200, "stock kept for everyday business"]
    capacity: Annotated[float, STOCK, 0, 1200, "most that is stored, working_stock counted in"]
    holding_cost: Annotated[float, "bn USD/month per month of use", 0, BIG, "cost beyond working_stock"]
    refill_months: Annotated[float, MONTHS, 0.01, 1200, "time to close most of a gap in the stock"]
    disruption_months: Annotated[float, MONTHS, 0.01, 1200, "expected length of an embargo"]
    diversion_limit: Annotated[float, SHARE, 0, 1, "part of a cut that third countries replace in the end", 0]
    diversion_months: Annotated[
        float, MONTHS, 0.01, 1200, "time constant of these detours", None, "diversion_limit"
    ]
    substitution_limit: Annotated[float, SHARE, 0, 1, "part that other materials replace in the end", 0]
    substitution_months: Annotated[
        float, MONTHS, 0.01, 1200, "time constant of this substitution", None, "substitution_limit"
    ]
    price_elasticity: Annotated[float, ELASTICITY, 0.05, 100, "of outside supply and of demand, added up"]


@dataclass(slots=True)
class MeasureNumbers:
    """How high a measure stands, what it covers and what it does."""

    level: Annotated[float, SHARE, 0, 3, "tariff rate, share of supply cut, or share of a control applied"]
    step: Annotated[float, SHARE, 0, 3, "by how much a level is raised or lowered", 0]
    floor: Annotated[float, SHARE, 0, 3, "lowest level", 0]
    ceiling: Annotated[float, SHARE, 0, 3, "highest level", 0]
    coverage: Annotated[float, SHARE, 0, 1, "part of the issuer's imports from the target it covers"]
    harm: Annotated[float, BN_MONTH, 0, BIG, "harm to the target at level 1, beyond tariffs and minerals"]
    cost: Annotated[float, BN_MONTH, 0, BIG, "cost to the issuer at level 1, beyond tariffs"]
    home_value: Annotated[
        float,
        BN_MONTH,
        0,
        BIG,
        "what giving it up costs the issuer at home at level 1; counts in talks alone",
        0,
    ]


@dataclass(slots=True)
class DealNumbers:
    """When a deal counts as broken."""

    tolerance: Annotated[
        float, SHARE, 0, 1, "breach, of what a deal gives, from which on all that was threatened is due"
    ]


@dataclass(slots=True)
class SideNumbers:
    """What a government has staked on a deal."""

    stake: Annotated[float, BN, 0, BIG, "audience cost of leaving its threat under the deal unexecuted"]


@dataclass(slots=True)
class TalkNumbers:
    """How governments negotiate. Days are of the record of 2018-2025, the rest are assumptions."""

    gap_days: Annotated[int, DAYS, 1, 366, "days between two meetings; 6 to 49 in the record", 42]
    offers: Annotated[int, "offers", 1, 8, "most offers in a meeting", 4]
    meetings: Annotated[int, "meetings", 1, 12, "most meetings that are looked ahead, today's included", 4]
    breakdown: Annotated[float, "probability", 0, 1, "chance that a refusal ends a meeting", 0.1]
    least_trust: Annotated[
        float, "probability", 0, 0.99, "least chance of fulfilling at which a package is offered", 0.5
    ]
    fulfil_days: Annotated[int, DAYS, 1, 365, "days from a deal to its acts; 1 to 17 in the record", 1]
    breach_pause_days: Annotated[
        int, DAYS, 0, 3660, "days without talks after a refusal to fulfil; median of the record", 31
    ]
    trust: Annotated[float, "probability", 0, 1, "chance that a partner fulfils, before any deal", 0.5]
    trust_deals: Annotated[float, "deals", 0, BIG, "imagined deals behind that chance", 2]
    soft: Annotated[float, "factor", 0, 100, "toughness of a soft partner", 0.7]
    tough: Annotated[float, "factor", 0, 100, "toughness of a tough partner", 1.3]
    tough_chance: Annotated[float, "probability", 0, 1, "chance of a tough partner, before any offer", 0.5]
    precision: Annotated[
        float, "per bn USD", 0, BIG, "how sharply a partner is believed to tell what pays", 0.5
    ]


@dataclass(slots=True)
class GameNumbers:
    """How a matrix game is played and looked ahead at."""

    error: Annotated[float, "probability", 0, 1, "chance that a move comes out as the other one", 0]
    discount: Annotated[float, "per round", 0, 1, "discount factor of a round"]
    horizon: Annotated[int, ROUNDS, 1, 36600, "how many rounds are counted, the present one included"]
    lag: Annotated[int, ROUNDS, 1, 60, "rounds until the other sees a move; 1: in the next", 1]


@dataclass(slots=True)
class TradeNumbers:
    """What an importer buys from an exporter, and how tariffs change it."""

    imports: Annotated[float, "bn USD/year", 0, BIG, "imports of the importer at the tariff imports_tariff"]
    imports_tariff: Annotated[
        float, SHARE, 0, 3, "average tariff under which the imports were observed; 0 if not given", 0
    ]
    base_tariff: Annotated[float, SHARE, 0, 3, "average tariff outside the scenario's measures"]
    adjusted_tariff: Annotated[float, SHARE, 0, 3, "tariff to which trade has adjusted on the first morning"]
    semi_elasticity: Annotated[float, "per unit of tariff", 0.01, 100, "fall of imports per unit of tariff"]
    pass_through: Annotated[float, SHARE, 0, 1, "part of a tariff borne by the importer's price"]


@dataclass(slots=True)
class EconomyNumbers:
    """How fast and how far trade follows tariffs in a world of regions."""

    elasticity_short: Annotated[float, ELASTICITY, 0.05, 50, "trade elasticity at once"]
    elasticity_long: Annotated[float, ELASTICITY, 0.05, 50, "trade elasticity once trade has adjusted"]
    inertia: Annotated[float, "per month", 0, 1, "part of the gap to the long run that is left after a month"]


def parameters_of(record: type) -> dict[str, Declaration]:
    """The declarations of a record's numbers by their names, in the order of its fields."""
    hints = get_type_hints(record, include_extras=True).items()
    declared = {name: hint for name, hint in hints if get_origin(hint) is Annotated}
    return {
        name: Declaration(*hint.__metadata__)._replace(whole=hint.__origin__ is int)
        for name, hint in declared.items()
    }


TABLES: Final = {  # by what has them
    "government": parameters_of(GovernmentNumbers),
    "mineral": parameters_of(MineralNumbers),
    "measure": parameters_of(MeasureNumbers),
    "deal": parameters_of(DealNumbers),
    "side of a deal": parameters_of(SideNumbers),
    "talks": parameters_of(TalkNumbers),
    "trade": parameters_of(TradeNumbers),
    "economy": parameters_of(EconomyNumbers),
    "game": parameters_of(GameNumbers),
}
GOVERNMENT, MINERAL, MEASURE, DEAL, SIDE, TALKS, TRADE, ECONOMY, GAME = TABLES.values()

# What a pair's trade needs, and may not have besides, under each model of welfare.
TRADE_OF: Final = {
    "linear": {"imports", "base_tariff", "semi_elasticity", "pass_through"},
    "armington": {"imports", "imports_tariff", "base_tariff", "adjusted_tariff"},
}
ECONOMY_OF: Final[dict[str, set[str]]] = {"linear": set(), "armington": set(ECONOMY)}
