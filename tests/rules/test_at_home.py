"""Elections, markets and concessions: what home politics adds to a day."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import carried_by, first_day, made, measure_of, morning, names, of_term, without_term

import sim
from sim.domain.constants import DAYS_PER_MONTH, IMPOSE, IN_FORCE, NEVER, RAISE, REACTIVATE, SUSPEND
from sim.domain.state import World
from sim.rules.daily_payoffs import flow
from sim.rules.end_of_day import book_day, update_markets
from sim.rules.ledger import cost_of
from sim.rules.outside_events import happen
from sim.rules.terms.harm_term import election_factor

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
FENTANYL = measure_of("busan", "us_fentanyl")
THREAT = measure_of("busan", "us_100pct_tariff")
DUTY = measure_of("busan", "us_reciprocal_24")
SOFTWARE = measure_of("busan", "us_software_controls")
BOYCOTT = measure_of("busan", "cn_soy_boycott")
START = first_day("busan")
MIDTERM = date(2026, 11, 3).toordinal()


def test_the_day_after_an_election_the_next_one_is_the_one_to_come() -> None:
    world = morning("busan")
    for day in range(START, MIDTERM + 30):
        happen(world, day)
        expected = MIDTERM if day <= MIDTERM else date(2028, 11, 7).toordinal()
        assert world.governments[US].election_on == expected


def test_in_a_run_too() -> None:
    model = sim.TradeModel("busan", strategy=["US=hold", "CN=hold"], until="2026-11-05").run()
    assert model.world.governments[US].election_on == date(2028, 11, 7).toordinal()


def test_harm_weighs_most_on_election_day_and_hardly_more_on_the_next() -> None:
    world = morning("busan")
    g = world.governments[US]
    happen(world, MIDTERM)
    assert election_factor(world, US, MIDTERM) == pytest.approx(1 + g.election_weight)
    happen(world, MIDTERM + 1)
    assert election_factor(world, US, MIDTERM + 1) == pytest.approx(1, abs=0.01)


@given(st.integers(0, MIDTERM - START))
def test_exports_lost_weigh_by_the_clock_and_nothing_else_does(days: int) -> None:
    world = morning("busan")
    g = world.governments[US]
    found = flow(world, US, START + days)
    g.election_weight = 0.0
    even = flow(world, US, START + days)
    months = (MIDTERM - START - days) / DAYS_PER_MONTH
    assert of_term("harm", found) == pytest.approx(
        of_term("harm", even) * (1 + 0.5 * math.exp(-months / g.election_months))
    )
    assert without_term("harm", found) == without_term("harm", even)


def test_who_does_not_vote_has_no_clock() -> None:
    world = morning("busan")
    assert world.governments[CN].election_on == NEVER
    assert election_factor(world, CN, MIDTERM) == 1


def fall(world: World, *acts: tuple[int, int]) -> float:
    """By how much Washington's markets have fallen after acts of its [per cent]."""
    update_markets(world, [made(world, START, *acts)], 1)
    return world.governments[US].market_loss


def test_markets_fall_on_both_sides_when_a_tariff_is_announced() -> None:
    world = morning("busan")
    m, g = world.measures[THREAT], world.governments[US]
    assert fall(world, (IMPOSE, THREAT)) == pytest.approx(g.market_fall * 100 * m.level * m.coverage)
    assert world.governments[CN].market_loss > 0
    raised = world.measures[FENTANYL]
    of_a_step = fall(morning("busan"), (RAISE, FENTANYL))
    assert of_a_step == pytest.approx(g.market_fall * 100 * raised.step * raised.coverage)


def test_markets_fall_by_all_the_points_of_a_package() -> None:
    alone = [fall(morning("busan"), act) for act in ((RAISE, FENTANYL), (REACTIVATE, DUTY))]
    together = fall(morning("busan"), (RAISE, FENTANYL), (REACTIVATE, DUTY), (IMPOSE, SOFTWARE))
    assert together == pytest.approx(sum(alone))


def test_markets_do_not_mind_controls_or_relief() -> None:
    assert fall(morning("busan"), (IMPOSE, SOFTWARE)) == 0
    assert fall(morning("busan"), (SUSPEND, FENTANYL)) == 0


@given(st.floats(0.1, 30), st.integers(1, 60))
def test_markets_forget_a_fall_by_their_time_constant(fall: float, days: int) -> None:
    world = morning("busan")
    g = world.governments[US]
    g.market_loss = fall
    for _ in range(days):
        update_markets(world, [], 0)
    assert g.market_loss == pytest.approx(fall * math.exp(-days / g.market_days))


@given(st.floats(0, 20))
def test_relaxing_is_worth_more_under_stress_and_only_then(fall: float) -> None:
    world = morning("busan")
    g = world.governments[US]
    found = []
    for g.market_loss in (0.0, fall):
        found.append(carried_by(world, US, CN, START, SUSPEND, FENTANYL).now)
    relief = g.market_relief * g.political_weight if fall > g.market_threshold else 0.0
    assert found[1] - found[0] == pytest.approx(relief, abs=1e-9)


@given(st.floats(0, 1))
def test_purchases_withheld_cost_their_target_a_concession_and_their_issuer_dearer_goods(
    level: float,
) -> None:
    world = morning("busan")
    m = world.measures[BOYCOTT]
    before = [flow(world, k, START) for k in (US, CN)]
    m.status, m.level = IN_FORCE, level
    after = [flow(world, k, START) for k in (US, CN)]
    assert of_term("concessions", before[0]) == 0
    assert of_term("concessions", after[0]) == -m.harm * level
    assert without_term("concessions", after[0]) == list(before[0])
    assert of_term("controls", after[1]) == pytest.approx(of_term("controls", before[1]) - m.cost * level)
    assert without_term("controls", after[1]) == without_term("controls", before[1])


def test_a_month_of_purchases_withheld_is_booked_as_a_concession_lost() -> None:
    world = morning("busan")
    opening = flow(world, US, START)
    world.measures[BOYCOTT].status = IN_FORCE
    for day in range(START, START + 30):
        book_day(world, day)
    cost = cost_of(world, US, opening, 30)
    assert of_term("concessions", cost) == pytest.approx(world.measures[BOYCOTT].harm * 30 / DAYS_PER_MONTH)
    assert of_term("controls", cost) == pytest.approx(0, abs=1e-9)
