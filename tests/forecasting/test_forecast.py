"""Forecasts: the past is as recorded, nothing later is seen, chances are chances."""

import functools
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import sim
from sim.domain.constants import FORCED, IN_FORCE
from sim.domain.errors import EvidenceError, SnapbackError
from sim.forecasting.forced_history import build_history, forced_moves, run_holding, status_on
from sim.forecasting.forecast import ForecastSpec, events_digest, forecast
from sim.forecasting.pathways import pathway_of
from sim.forecasting.question import outcome_of, parse_question
from sim.forecasting.record_odds import baselines
from sim.forecasting.uncertainty import drivers_of, uncertainty_of
from sim.record.events import SHIPPED, record

END = date(2025, 12, 31)
BAN, BY = "cn_ga_ge_sb_ban:in_force", date(2026, 11, 28)
ASKED = ForecastSpec(END, BAN, BY, draws=8, runs=4)
BUSAN = sim.scenario("busan")
HEADER = SHIPPED.read_text("utf-8").splitlines()[0]


def row(id_, day, actor, measure, move, expires="", kind="export_control"):
    cells = [id_, day, day, actor, kind, measure, move, "3", "ord1-5", "", expires, "", "known", "", "x", "3"]
    return ",".join([*cells, "known"])


def written(path, *rows):
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return path


BEFORE = row("US251001", "2025-10-01", "US", "us_other", "escalate")
LAST = row("US251231", "2025-12-31", "US", "us_other", "hold")
BANNED = row("CN251210", "2025-12-10", "CN", "cn_ga_ge_sb_ban", "escalate")


@functools.cache
def found(asked=ASKED):
    return forecast(asked)


def event(text, by=BY, as_of=END, source=BUSAN):
    return parse_question(text, source, run_holding(source, (), as_of), as_of, by)


def test_chances_are_chances_and_the_outcomes_exclude_each_other():
    ends = replace(ASKED, event="2026-11-10:ends", by=date(2026, 11, 11))
    for asked in (ASKED, ends, replace(ASKED, event="snapback_within:days=7")):
        f = found(asked)
        assert sum(s.probability for s in f.uncertainties.values()) == pytest.approx(1)
        assert sum(f.shipped.values()) == pytest.approx(1)
        assert sum(p.share for p in f.pathways) == pytest.approx(1)
        for s in f.uncertainties.values():
            assert 0 <= s.p10 <= s.median <= s.p90 <= 1
            assert 0 <= s.luck <= 1
        for name, s in f.uncertainties.items():
            assert sum(p.share for p in f.pathways if p.pathway.outcome == name) == pytest.approx(
                s.probability
            )


def test_the_same_question_gives_the_same_answer():
    again = forecast(ASKED)
    assert again.pathways == found().pathways
    assert again.shipped == found().shipped
    assert all((again.uncertainties[k].draws == s.draws).all() for k, s in found().uncertainties.items())


def test_more_draws_keep_the_luck_of_the_first():
    more = forecast(replace(ASKED, draws=12))
    first = {p.pathway: p.example for p in found().pathways}
    later = {p.pathway: p.example for p in more.pathways}
    assert all(later[way] == example for way, example in first.items())


def test_rows_after_as_of_change_nothing(tmp_path):
    later = row("CN260105", "2026-01-05", "CN", "cn_ga_ge_sb_ban", "escalate")
    short = written(tmp_path / "a.csv", BEFORE, LAST)
    long = written(tmp_path / "b.csv", BEFORE, LAST, later)
    one, other = (forecast(replace(ASKED, events=path)) for path in (short, long))
    assert one.pathways == other.pathways
    assert one.history == other.history
    assert one.drivers == other.drivers
    assert events_digest(one.record, END) == events_digest(other.record, END)
    chances = [[b.probabilities for b in baselines(f.event, f.record, END)] for f in (one, other)]
    assert chances[0] == chances[1]


def test_the_runs_are_as_recorded_up_to_as_of_and_free_from_then_on(tmp_path):
    kept = record(written(tmp_path / "a.csv", BEFORE, BANNED, LAST))
    past = build_history(BUSAN, kept, END)
    assert past.carried == ("CN251210",)
    assert past.acts == ("CN:reactivate=cn_ga_ge_sb_ban@2025-12-10",)
    forced = forced_moves(BUSAN, past.acts, END)
    for run in range(5):
        life = sim.TradeModel("busan", rng=1, run=run, force=list(forced), until="2026-03-31").run().record
        told = [m for m in life.moves if m.day <= END.toordinal()]
        assert all(m.reason == FORCED for m in told)
        ban = [m.id for m in BUSAN.measures].index("cn_ga_ge_sb_ban")
        assert [m.day for m in told if m.act] == [date(2025, 12, 10).toordinal()]
        assert status_on(life, ban, END.toordinal()) == IN_FORCE
        assert not any(m.reason == FORCED for m in life.moves if m.day > END.toordinal())


def test_what_the_record_has_done_already_is_certain(tmp_path):
    path = written(tmp_path / "a.csv", BEFORE, BANNED, LAST)
    f = forecast(replace(ASKED, events=path, by=date(2026, 1, 1)))
    assert f.uncertainties["yes"].probability == 1
    assert f.shipped["yes"] == 1


def test_the_shipped_record_leaves_busan_as_it_opened():
    past = build_history(BUSAN, record(), END)
    assert past.acts == ()
    assert past.not_carried["US251126"] == "it is in the scenario's opening already"
    assert past.foreseen == ()
    assert build_history(BUSAN, record(), date(2025, 11, 20)).foreseen == ("CN251124", "US251126")


def test_acts_of_2026_that_busan_has_no_measure_for_are_said_and_none_is_played():
    past = build_history(BUSAN, record(), date(2026, 10, 8))
    assert past.acts == ()
    reasons = past.not_carried
    assert reasons["US260923"] == reasons["CN260928"] == "no measure of the scenario stands for it"
    assert reasons["US260220a"] == "nobody chose it, and the scenario has no such event"
    assert {row for row in reasons if row[2:4] == "26"} == {
        e.id for e in record().events if e.date_announced.year == 2026
    }


def test_a_scenario_that_starts_after_the_record_can_be_asked_as_of_its_first_day():
    today = sim.scenario("busan_2026")
    assert build_history(today, record(), today.start).acts == ()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((row("CN251210", "2025-12-10", "CN", "cn_kites", "escalate"),), "no measure of the scenario"),
        ((row("CN251210", "2025-12-10", "CN", "cn_ga_ge_sb_ban", "threat"),), "it is no act but: threat"),
        (
            (row("CN251210", "2025-12-10", "CN", "cn_ga_ge_sb_ban", "extension", "2027-11-27"),),
            "extend is not legal",
        ),
    ],
)
def test_what_the_scenario_cannot_carry_is_left_and_said(tmp_path, rows, why):
    past = build_history(BUSAN, record(written(tmp_path / "a.csv", BEFORE, *rows, LAST)), END)
    assert past.acts == ()
    assert why in past.not_carried["CN251210"]


def test_acts_of_a_day_are_one_package_and_what_moves_the_other_way_is_made_on_the_next(tmp_path):
    fees = row("CN251210b", "2025-12-10", "CN", "cn_port_fees", "escalate", kind="port_fee")
    soy = row("CN251210c", "2025-12-10", "CN", "cn_soy_boycott", "relax", kind="boycott")
    past = build_history(BUSAN, record(written(tmp_path / "a.csv", BEFORE, BANNED, fees, soy, LAST)), END)
    assert past.carried == ("CN251210", "CN251210b", "CN251210c")
    assert past.acts == (
        "CN:reactivate=cn_ga_ge_sb_ban+reactivate=cn_port_fees@2025-12-10",
        "CN:lift=cn_soy_boycott@2025-12-11",
    )
    assert forced_moves(BUSAN, past.acts, END) is not None


def test_a_package_of_which_one_act_is_not_legal_cannot_have_been():
    lifted = sim.scenario("busan", ["cn_port_fees.stays=true"])
    package = "CN:reactivate=cn_ga_ge_sb_ban+reactivate=cn_port_fees@2025-12-10"
    assert forced_moves(BUSAN, (package,), END) is not None
    assert forced_moves(lifted, (package,), END) is None


def test_numbers_that_contradict_the_past_are_left_out(tmp_path):
    """An extension 40 days ahead needs that much notice."""
    late = sim.scenario("busan", ["cn_port_fees.until=2026-01-19", "CN.notice_days=60"])
    acts = ("CN:extend=cn_port_fees@2025-12-10",)
    assert forced_moves(late, acts, END) is not None
    hasty = sim.scenario("busan", ["cn_port_fees.until=2026-01-19", "CN.notice_days=20"])
    assert forced_moves(hasty, acts, END) is None


@pytest.mark.parametrize(
    ("text", "changes", "until", "outcome"),
    [
        ("cn_ga_ge_sb_ban:ends", ("CN:reactivate=cn_ga_ge_sb_ban@2026-11-27",), "2026-11-28", "broken"),
        ("cn_ga_ge_sb_ban:ends", ("CN:extend=cn_ga_ge_sb_ban@2026-11-27",), "2026-11-28", "extended"),
        ("cn_ga_ge_sb_ban:ends", ("CN:lift=cn_ga_ge_sb_ban@2026-06-01",), "2026-11-28", "lifted"),
        ("cn_ga_ge_sb_ban:ends", (), "2026-11-28", "lapsed"),
        ("cn_ga_ge_sb_ban:ends", (), "2026-11-27", "open"),
        ("cn_ga_ge_sb_ban:in_force", (), "2026-11-28", "yes"),
        ("cn_ga_ge_sb_ban:in_force", (), "2026-11-27", "no"),
        ("cn_ga_ge_sb_ban:suspended@by", (), "2026-11-28", "no"),
        ("cn_ga_ge_sb_ban:suspended", (), "2026-11-28", "yes"),
        (
            "us_reciprocal_24+cn_reciprocal_24:ends",
            ("CN:extend=cn_reciprocal_24@2026-11-10",),
            "2026-11-11",
            "lapsed",
        ),
        ("2026-11-10:ends", ("US:reactivate=us_301_exclusions@2026-01-05",), "2026-11-11", "broken"),
        (
            "cn_port_fees:ends",
            ("CN:extend=cn_port_fees@2026-10-20", "CN:reactivate=cn_port_fees@2026-11-05"),
            "2026-11-11",
            "broken",
        ),
        ("us_100pct_tariff:in_force", ("US:impose=us_100pct_tariff@2026-03-02",), "2026-03-16", "yes"),
        ("lapse_at_sunset:measure=cn_ga_ge_sb_ban", (), "2026-11-28", "yes"),
        ("broken_before_sunset:government=US", (), "2026-11-28", "no"),
        ("truce_reached", (), "2026-11-28", "void"),
        ("us_100pct_tariff:in_force", ("US:impose=us_100pct_tariff@2026-03-02",), "2026-03-15", "no"),
    ],
)
def test_what_came_of_it_is_read_off_a_life(text, changes, until, outcome):
    asked = event(text, date.fromisoformat(until))
    assert outcome in asked.outcomes
    assert outcome_of(asked, run_holding(BUSAN, changes, date.fromisoformat(until))).outcome == outcome


@pytest.mark.parametrize(
    ("text", "acts", "how", "before"),
    [
        (
            "cn_ga_ge_sb_ban:in_force",
            (),
            "Beijing lets it lapse on its date",
            "after Washington lets a measure lapse first",
        ),
        (
            "cn_ga_ge_sb_ban:in_force",
            ("US:reactivate=us_port_fees@2026-03-02", "CN:reactivate=cn_ga_ge_sb_ban@2026-03-04"),
            "Beijing reactivates it",
            "after Washington escalates first",
        ),
        (
            "cn_ga_ge_sb_ban:in_force",
            ("US:reactivate=us_port_fees@2026-03-04", "CN:reactivate=cn_ga_ge_sb_ban@2026-03-02"),
            "Beijing reactivates it",
            "before anybody escalates",
        ),
        (
            "cn_ga_ge_sb_ban:lifted",
            ("CN:lift=cn_ga_ge_sb_ban@2026-03-02",),
            "Beijing lifts it",
            "before anybody escalates",
        ),
        ("us_fentanyl:lifted", (), "nothing happens to it", "after Beijing lets a measure lapse first"),
        (
            "us_reciprocal_24+cn_reciprocal_24:ends",
            (),
            "Beijing and Washington let theirs lapse on the date",
            "before anybody escalates",
        ),
        (
            "us_reciprocal_24+cn_reciprocal_24:ends",
            ("CN:extend=cn_reciprocal_24@2026-11-01", "US:extend=us_reciprocal_24@2026-11-02"),
            "all are extended, Beijing the first",
            "before anybody escalates",
        ),
        (
            "us_100pct_tariff:in_force",
            ("US:impose=us_100pct_tariff@2026-03-02",),
            "Washington imposes it, in force as announced",
            "before anybody escalates",
        ),
    ],
)
def test_the_path_of_a_life_is_told_by_rule(text, acts, how, before):
    asked = event(text, date(2026, 11, 11) if text.endswith("ends") else BY)
    life = run_holding(BUSAN, acts, date.fromordinal(asked.by))
    way = pathway_of(asked, life, outcome_of(asked, life), BUSAN)
    assert (way.how, way.before) == (how, before)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"event": "cn_gallium:in_force"}, "no measure 'cn_gallium'"),
        ({"event": "cn_ga_ge_sb_ban:in_forse"}, "did you mean in_force"),
        ({"event": "cn_ga_ge_sb_ban"}, "expected MEASURE:STATUS"),
        ({"event": "us_fentanyl:ends"}, "expected measures that are suspended"),
        ({"event": "2026-11-12:ends"}, "expected one of 2026-11-09, 2026-11-10, 2026-11-27"),
        ({"event": "cost:government=CN"}, "expected an outcome that is a chance"),
        ({"event": "lapse_at_sunset:measure=ban"}, "no measure 'ban'"),
        ({"by": END}, "by: expected a day after 2025-12-31"),
        ({"by": date(2028, 1, 1)}, "up to 2027-01-31"),
        ({"as_of": date(2025, 11, 9)}, "as-of: expected a day of busan"),
        ({"as_of": date(2027, 1, 31)}, "as-of: expected a day of busan"),
        ({"as_of": date(2026, 10, 9)}, "that us_china_events.csv covers (to 2026-10-08)"),
        ({"as_of": date(2026, 11, 27), "scenario": "busan_2026"}, "ask a scenario that starts on that day"),
        ({"scenario": "ipd"}, "got a matrix game"),
        ({"events": Path("no.csv")}, "no.csv"),
        ({"overrides": ("US.renewal_beleif=1",)}, "did you mean renewal_belief"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(wrong, expected):
    with pytest.raises(SnapbackError) as error:
        forecast(replace(ASKED, **wrong))
    assert expected in str(error.value)


shares = some.lists(some.integers(0, 20), min_size=6, max_size=40)


@given(shares)
def test_the_spread_keeps_the_mean_and_never_leaves_0_to_1(counts):
    given_ = np.array(counts) / 20
    s = uncertainty_of(given_, 20)
    assert s.probability == pytest.approx(given_.mean())
    assert s.draws.mean() == pytest.approx(given_.mean())
    assert (s.draws >= -1e-12).all()
    assert (s.draws <= 1 + 1e-12).all()
    assert s.draws.std() <= given_.std() + 1e-12


def test_what_is_luck_alone_has_no_spread_and_what_is_sure_has_no_luck():
    rng = np.random.default_rng(1)
    luck = uncertainty_of(rng.binomial(20, 0.3, 4000) / 20, 20)
    assert luck.luck > 0.99
    assert luck.p90 - luck.p10 < 0.05
    sure = uncertainty_of((rng.random(4000) < 0.3).astype(float), 20)
    assert sure.luck < 0.01


def test_the_spread_of_the_draws_is_found_through_luck():
    rng = np.random.default_rng(2)
    chances = rng.beta(2, 3, 20_000)
    s = uncertainty_of(rng.binomial(20, chances) / 20, 20)
    assert s.draws.std() == pytest.approx(chances.std(), rel=0.03)
    assert s.p10 == pytest.approx(np.quantile(chances, 0.1), abs=0.03)
    assert s.p90 == pytest.approx(np.quantile(chances, 0.9), abs=0.03)


def test_what_moves_the_chance_is_found_and_what_does_not_is_not():
    rng = np.random.default_rng(3)
    values = {name: rng.random(300) for name in ("up", "down", "still", "other")} | {"same": np.ones(300)}
    happened = np.clip(0.5 + 0.3 * (values["up"] - 0.5) - 0.6 * (values["down"] - 0.5), 0, 1)
    found = drivers_of(values, happened)
    assert [d.path for d in found[:2]] == ["down", "up"]
    assert found[0].shift < 0 < found[1].shift
    assert [d.beyond_luck for d in found] == [True, True, False, False]


def test_a_number_that_goes_with_a_large_one_is_not_taken_for_it():
    rng = np.random.default_rng(4)
    large = rng.random(400)
    values = {"large": large, "near": 0.7 * large + 0.3 * rng.random(400)}
    found = drivers_of(values, np.clip(large + rng.normal(0, 0.1, 400), 0, 1))
    assert [(d.path, d.beyond_luck) for d in found] == [("large", True), ("near", False)]


def test_with_few_draws_each_number_is_looked_at_alone_and_what_is_sure_has_no_drivers():
    rng = np.random.default_rng(5)
    values = {f"n{k}": rng.random(12) for k in range(30)}
    assert len(drivers_of(values, rng.random(12))) == 30
    assert drivers_of(values, np.ones(12)) == []


def test_the_record_s_own_forecasts_add_to_one():
    for text, by in (
        (BAN, BY),
        ("2026-11-10:ends", date(2026, 11, 11)),
        ("2026-11-10:ends", date(2026, 5, 1)),
    ):
        said = baselines(event(text, by), record(), END)
        assert [b.name for b in said] == ["even", "truces", "measures"]
        assert all(sum(b.probabilities.values()) == pytest.approx(1) for b in said)
    assert [b.name for b in baselines(event("cn_ga_ge_sb_ban:lifted"), record(), END)] == ["even"]


def test_fewer_than_six_draws_left_is_an_error(tmp_path):
    path = written(tmp_path / "a.csv", BEFORE, BANNED, LAST)
    with pytest.raises(EvidenceError):
        forecast(replace(ASKED, events=path, draws=3))
