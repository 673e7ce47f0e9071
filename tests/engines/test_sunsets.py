"""In every run a suspension that nobody ended or prolonged ends on its date, exactly."""

from itertools import product

import pandas as pd
import pytest

import sim
from sim.domain.constants import BY_SUNSET, IN_FORCE, SUSPENDED

PLAYERS = ("payoff_logit", "hold", "random_move", "snapback", "always_relax")


def sunsets_checked(life):
    """Follow every measure day by day, compare its return with its last `until`, and count the returns."""
    until = {k: m.until for k, m in enumerate(life.opening) if m.status == SUSPENDED}
    returned = 0
    for change in life.changes:
        if change.cause == BY_SUNSET:
            assert change.status == IN_FORCE
            assert change.day == until.pop(change.measure) + 1
            returned += 1
            continue
        assert change.day <= until.get(change.measure, change.day)
        until.pop(change.measure, None)
        if change.status == SUSPENDED:
            until[change.measure] = change.until
    assert all(day >= life.end for day in until.values())
    return returned


@pytest.mark.parametrize("scenario", [s for s in sim.scenario_names() if not sim.scenario(s).game])
def test_suspensions_end_on_the_day_after_their_last_and_on_no_other(scenario):
    governments = list(sim.scenario(scenario).governments)
    returned = 0
    for seed, (first, second) in enumerate(product(PLAYERS, repeat=2)):
        players = {code: first if k == 0 else second for k, code in enumerate(governments)}
        played = sim.ensemble(scenario, runs=4, seed=seed, strategy=players, record=True)
        returned += sum(sunsets_checked(life) for life in played.records)
    assert returned > 0 or not any(m.until for m in sim.scenario(scenario).measures)


def test_when_everybody_holds_every_promise_of_busan_lapses_on_its_own_date():
    model = sim.TradeModel("busan", rng=1, strategy=["US=hold", "CN=hold"]).run()
    lapsed = model.measures[model.measures.cause == "sunset"]
    suspended = [m for m in model.source.measures if m.status == "suspended"]
    expected = {m.id for m in suspended if m.until < model.source.end}
    assert set(lapsed.measure) == expected
    assert lapsed[lapsed.measure == "cn_ga_ge_sb_ban"].date.tolist() == [pd.Timestamp("2026-11-28")]
    assert lapsed[lapsed.measure == "us_port_fees"].date.tolist() == [pd.Timestamp("2026-11-10")]
    assert lapsed[lapsed.measure == "cn_reciprocal_24"].date.tolist() == [pd.Timestamp("2026-11-11")]
