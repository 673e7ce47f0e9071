"""Facts 9 to 11: a leaky embargo, trade diversion, and how large the stakes are."""

from datetime import date

import numpy as np

from sim.domain.constants import DAYS_PER_MONTH, IN_FORCE
from sim.payoffs.adjustment import adjusted
from sim.payoffs.hat_algebra import Array, equilibrium
from sim.payoffs.minerals import adapted, price_multiplier
from sim.payoffs.trade_data import economy, regions, welfare
from sim.record.tariffs import mean_tariffs, step_on, tariff_steps
from sim.rules.mineral_supply import mineral_shortfall, update_stocks, withheld
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.load import scenario
from sim.scenarios.schema import Scenario
from sim.theory import repeated
from sim.theory.armington import nine_regions, stage_game
from sim.validation.facts.fact import Fact, FactRuns, Part, at_least, between

MINERAL = "antimony"  # the mineral whose detours are documented
DAYS = 365

FIRST = date(2018, 1, 1)


def embargo(crackdown: bool) -> list[tuple[float, float, float]]:
    """Day by day under the ban: imports of all origins, detours among them, price [ratios to before]."""
    s = scenario("busan")
    names, world = names_of(s), world_of(s)
    place, mineral = names.governments.index("US"), names.minerals.index(MINERAL)
    for name in ("cn_ga_ge_sb_ban", "cn_detour_crackdown")[: 1 + crackdown]:
        world.measures[names.measures.index(name)].status = IN_FORCE
    stock = world.stocks[place * world.minerals + mineral]
    by_day = []
    for _ in range(DAYS):
        update_stocks(world)
        cut, closed = mineral_shortfall(world, place, mineral, -1)
        gone = withheld(stock, cut, closed, stock.cut_months)
        detours = adapted(stock.diversion_limit, stock.cut_months, stock.diversion_months) * (1.0 - closed)
        by_day.append(
            (1.0 - gone, stock.share * cut * detours, price_multiplier(gone, 0.0, stock.price_elasticity))
        )
    return by_day


def leaky_embargo(fact_runs: FactRuns) -> Fact:  # noqa: ARG001
    """Fact 9: prices soar while imports hardly fall; the same in every run, for nothing is drawn."""
    free, policed = embargo(False), embargo(True)
    half_a_year = free[182]
    return Fact(
        9,
        "Leaky embargo (antimony)",
        [
            between("highest price within a year", max(row[2] for row in free), 2, 4, " times"),
            at_least("imports of all origins after six months", 100 * half_a_year[0], 80, " %"),
            at_least("of them by detours, from none", 100 * half_a_year[1] / half_a_year[0], 30, " %"),
            between("a crackdown's detours over free ones", policed[182][1] / half_a_year[1], 0.3, 0.6),
            at_least("and its price over theirs", policed[182][2] / half_a_year[2], 1.05, " times"),
        ],
    )


def table(us: float, cn: float) -> Array:
    """American tariffs on China and Chinese ones on America, all others zero [share]."""
    tariffs = np.zeros((len(regions()), len(regions())))
    tariffs[regions().index("CHN"), regions().index("USA")] = us
    tariffs[regions().index("USA"), regions().index("CHN")] = cn
    return tariffs


def yearly_imports(s: Scenario, year: int) -> float:
    """Washington's imports from Beijing in a year of the record, over those observed [ratio].

    The tariffs of the record, day by day, with trade adjusting to them since 2018.
    """
    steps = tariff_steps()
    flow = next(t for t in s.trade if (t.importer, t.exporter) == ("US", "CN"))
    short, long, inertia = (
        s.economy.numbers[key].value for key in ("elasticity_short", "elasticity_long", "inertia")
    )
    at = flow.number("imports_tariff")
    slow = step_on(steps, FIRST).us_avg_tariff_on_cn / 100.0
    total = 0.0
    for day in range(FIRST.toordinal(), date(year + 1, 1, 1).toordinal()):
        rate = step_on(steps, date.fromordinal(day)).us_avg_tariff_on_cn / 100.0
        if date.fromordinal(day).year == year:
            total += ((1 + rate) / (1 + at)) ** -short
            total += ((1 + slow) / (1 + at)) ** -long - ((1 + slow) / (1 + at)) ** -short
        slow = adjusted(slow, rate, inertia, 1.0 / DAYS_PER_MONTH)
    return total / (date(year + 1, 1, 1) - date(year, 1, 1)).days


def trade_diversion(fact_runs: FactRuns) -> Fact:  # noqa: ARG001
    """Fact 10: a year of tariffs moves trade as in 2025, and others gain; nothing in it is drawn."""
    s = scenario("spiral_2025")
    fall = 100.0 * (yearly_imports(s, 2025) / yearly_imports(s, 2024) - 1.0)
    world = economy(s.economy.numbers["elasticity_short"].value)
    steps = tariff_steps()
    before, after = (
        table(*(rate / 100.0 for rate in mean_tariffs(steps, date(year, 1, 1), date(year, 12, 31))))
        for year in (2024, 2025)
    )
    flows = []
    for tariffs in (before, after):
        trade = equilibrium(world.shares, world.income, world.elasticity, tariffs)
        flows.append((trade.paid * np.exp(trade.log_wages) * world.income)[:, regions().index("USA")])
    china = regions().index("CHN")
    abroad = [row.sum() - row[regions().index("USA")] for row in flows]
    bilateral, total = flows[1][china] / flows[0][china] - 1.0, abroad[1] / abroad[0] - 1.0
    gains = 100.0 * 12.0 * (welfare(world, after) - welfare(world, before)) / world.income
    return Fact(
        10,
        "Trade diversion",
        [
            between("imports from China under the tariffs of 2025 against 2024", fall, -35, -25, " %"),
            Part(
                "all imports fall by less than a quarter of that, in per cent of themselves",
                f"{100 * total:.1f} against {100 * bilateral:.0f} % in one solve",
                bool(abs(total) < abs(bilateral) / 4.0),
            ),
            between("ASEAN gains", gains[regions().index("ASEAN")], 0.01, 0.05, " %"),
            between("Canada and Mexico gain", gains[regions().index("CANMEX")], 0.01, 0.05, " %"),
        ],
    )


def magnitudes(fact_runs: FactRuns) -> Fact:  # noqa: ARG001
    """Fact 11: how large the stakes are, and that they are a prisoner's dilemma; nothing in it is drawn."""
    world = nine_regions(scenario("busan").economy.numbers["elasticity_long"].value)
    usa, china = world.welfare(table(0.475, 0.32))[:2]
    games = stage_game(world, "USA", "CHN")
    ordered = all(g.temptation > g.reward > g.punishment > g.sucker for g in games)
    patience = [float(repeated.critical_discount(*g)) for g in games]
    mild = world.welfare(table(0.475, 0.0))[1]
    return Fact(
        11,
        "Magnitudes and prisoner's dilemma",
        [
            between("United States at 47.5 and 32 %", float(usa), -0.13, -0.08, " %"),
            between("China", float(china), -0.20, -0.17, " %"),
            Part("temptation > reward > punishment > sucker for both", str(ordered).lower(), ordered),
            between("critical discount of the United States", patience[0], 0.62, 0.64),
            between("and of China", patience[1], 0.35, 0.37),
            Part(
                "retaliating at these tariffs costs China welfare",
                f"{china:.3f} against {mild:.3f} %",
                bool(china < mild),
            ),
        ],
        construction="Its bounds were computed from this very model; what others find is in the notes of "
        "CN.trade_factor.",
    )
