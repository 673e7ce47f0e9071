"""Fact 9: an embargo leaks, and a crackdown on detours stops the leak for a while."""

from sim.domain.constants import IN_FORCE
from sim.payoffs.minerals import adapted, price_multiplier
from sim.rules.mineral_supply import mineral_shortfall, update_stocks, withheld
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.load import scenario
from sim.validation.facts.fact import Fact, FactRuns, at_least, between

MINERAL = "antimony"  # the mineral whose detours are documented
DAYS = 365


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
