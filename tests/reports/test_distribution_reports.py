"""The spread of many runs as a folder: tables, summary and picture of every scenario, always the same."""

import functools
import shlex

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import sim
from sim.domain.terms import ACCOUNTS, TERMS
from sim.engines.run_spec import RunSpec
from sim.outcomes.run_events import RunEvent
from sim.reports.distribution import distribution_folder as folders
from sim.reports.distribution.distribution_charts import limits_of
from sim.reports.distribution.distribution_figure import WIDTH, marks_of
from sim.reports.distribution.distribution_tables import (
    changing,
    costs_frame,
    events_frame,
    points,
    rounds_frame,
    tariffs_frame,
)
from sim.reports.distribution.distribution_text import distribution_text
from sim.reports.drawing.theme import DPI
from sim.reports.text.formats import decimal, short_percent
from sim.studies.distribution import distribution_of

PROVOKED = RunSpec("busan", runs=20, force=("US:escalate@2026-03-02",), strategy=("CN=hold",))


@functools.cache
def played(worlds=PROVOKED):
    return distribution_of(worlds)


@pytest.mark.parametrize("name", sim.scenario_names())
def test_every_scenario_is_told_drawn_and_written(name, tmp_path):
    s = played(RunSpec(name, runs=3))
    folders.write_distribution(s, tmp_path / "many")
    missing = {"spread.svg", "spread.pdf", "tariffs.csv" if s.source.game else "rounds.csv"}
    assert {path.name for path in (tmp_path / "many").iterdir()} == folders.FILES - missing
    with Image.open(tmp_path / "many" / "spread.png") as picture:
        assert picture.size[0] == round(WIDTH * DPI)
        assert 700 < picture.size[1] < 2000
    assert s.source.title in (tmp_path / "many" / "spread.md").read_text("utf-8")


def test_the_same_worlds_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        folders.write_distribution(distribution_of(RunSpec("ipd", runs=3)), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("until", ["2025-11-10", "2025-12-20"])
def test_runs_of_a_few_days_are_drawn_too(until, tmp_path):
    folders.write_distribution(distribution_of(RunSpec("busan", runs=2, until=until)), tmp_path / "many")


def test_a_game_in_which_all_runs_are_alike_is_drawn_too(tmp_path):
    s = distribution_of(RunSpec("ipd", runs=3, overrides=("game.error=0",)))
    folders.write_distribution(s, tmp_path / "many")
    assert "| all hold in the last round | 100 % |" in (tmp_path / "many" / "spread.md").read_text("utf-8")


def test_chances_of_events_have_a_row_a_day_and_lie_in_their_intervals():
    s, table = played(), events_frame(played())
    assert list(table.columns) == ["day", "event", "chance", "low", "high"]
    assert (table.low <= table.chance).all()
    assert (table.chance <= table.high).all()
    assert (table.groupby("event").day.count() == s.days).all()
    assert table.day.iloc[0] == "2025-11-10"
    first = table[table.event == "escalation:US"].set_index("day").chance
    assert first["2026-03-02"] == 1.0
    assert first["2026-03-01"] < 1.0


def test_what_has_happened_stays_happened_and_how_measures_stand_may_change_back():
    table = events_frame(played())
    kinds = table.event.str.partition(":")[0]
    for event, rows in table[~kinds.str.startswith("now_")].groupby("event"):
        assert rows.chance.is_monotonic_increasing, event
    ends = table[table.day == "2027-01-31"].set_index("event").chance
    for k in changing(played()):
        name = played().names.measures[k]
        assert ends[f"now_in_force:{name}"] + ends[f"now_suspended:{name}"] <= 1.0 + 1e-6


def test_three_governments_have_events_towards_each_partner_and_between_two():
    names = set(events_frame(played(RunSpec("triangle", runs=3))).event)
    assert {"escalation:CN", "escalation:CN>EU", "escalation:CN>US", "truce_broken:US-CN"} <= names
    assert "escalation:CN>US" not in set(events_frame(played()).event)


def test_fans_are_ordered_and_in_per_cent():
    table = tariffs_frame(played())
    assert list(table.columns) == ["day", "importer", "exporter", "mean", "p05", "p25", "p50", "p75", "p95"]
    assert (np.diff(table[["p05", "p25", "p50", "p75", "p95"]], axis=1) >= 0).all()
    assert table.p50.max() > 10.0
    assert len(table) == 2 * played().days


def test_a_game_has_chances_round_by_round_and_points():
    s = played(RunSpec("ipd", runs=4))
    table = rounds_frame(s)
    assert list(table.columns) == ["round", "government", "partner", "held", "low", "high"]
    assert set(table.government) == {"ROW", "COL", "all"}
    costs = costs_frame(s)
    model = sim.TradeModel("ipd", rng=1, run=2).run()
    assert costs.points_ROW[2] == pytest.approx(model.state.earned_ROW.iloc[-1] / 200)
    assert points(s, s.source.game).shape == (4, 2)


def test_costs_have_a_row_a_run():
    table = costs_frame(played())
    assert list(table.columns) == ["run", *(f"cost_{of}_{code}" for of in ACCOUNTS for code in ("US", "CN"))]
    assert table.run.tolist() == list(range(20))


def test_the_summary_says_which_worlds_what_is_sure_and_what_it_rests_on():
    text = distribution_text(played())
    assert "the spread of 20 runs" in text
    assert "forced: US:escalate@2026-03-02; strategies: CN=hold" in text
    assert "| Washington escalates | 100 % | 83.9 to 100.0 % |" in text
    assert "Wilson's" in text
    assert "numbers that nobody has measured" in text


def test_a_short_summary_counts_the_measures_it_leaves_out():
    s = played(RunSpec("busan", runs=20))
    assert f"{len(changing(s)) - 2} more change in some run" in distribution_text(s, 2)
    assert "more change" not in distribution_text(s)


def test_json_says_what_the_tables_say(tmp_path):
    result = folders.distribution_as_json(played(), tmp_path)
    table = events_frame(played())
    ends = table[table.day == "2027-01-31"].set_index("event").chance
    assert all(ends[name] == event["chance"] for name, event in result["events"].items())
    assert result["events"]["escalation:US"]["median_day"] <= "2026-03-02"
    units = {"economy": "bn_usd", "politics": "bn_usd_equivalents"}
    for account in ACCOUNTS:
        mean = result[f"cost_{account}_{units[account]}"]["US"]["mean"]
        assert mean == pytest.approx(costs_frame(played())[f"cost_{account}_US"].mean())
        terms = [result["cost_terms"]["US"][term.name] for term in TERMS if term.account == account]
        assert sum(terms) == pytest.approx(mean, abs=1e-5)
    assert result["runs"] == 20


def test_the_manifest_says_what_to_type_to_get_it_again():
    manifest = folders.manifest_of(PROVOKED)
    words = shlex.split(manifest["command"])
    assert words[:5] == ["snapback", "run", "busan", "--runs", "20"]
    assert words[-4:] == ["--force", "US:escalate@2026-03-02", "--strategy", "CN=hold"]
    assert manifest["strategies"]["CN"]["name"] == "hold"
    assert "US.renewal_belief" in manifest["assumptions"]


def test_other_worlds_go_to_another_folder():
    variants = [
        PROVOKED,
        RunSpec("busan", runs=20),
        RunSpec("busan", runs=21),
        RunSpec("busan", runs=20, seed=2),
        RunSpec("busan", runs=20, until="2026-01-01"),
        RunSpec("busan", runs=20, overrides=("US.discount=0.98",)),
        RunSpec("busan", runs=20, engine="mesa"),
    ]
    assert len({folders.folder_of(w, None) for w in variants}) == len(variants)
    assert folders.folder_of(PROVOKED, None).name.startswith("busan-20-runs-")


def test_a_folder_with_other_files_is_left_alone_and_one_of_many_runs_is_replaced(tmp_path):
    s = played(RunSpec("ipd", runs=3))
    (tmp_path / "many").mkdir()
    (tmp_path / "many" / "spread.md").write_text("of old")
    folders.write_distribution(s, tmp_path / "many")
    (tmp_path / "many" / "notes.md").write_text("mine")
    with pytest.raises(sim.ResultsError, match=r"one of many runs, got one with other files: notes\.md"):
        folders.write_distribution(s, tmp_path / "many")


def test_an_interrupted_picture_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.reports.distribution.distribution_figure.draw_distribution", interrupt)
    with pytest.raises(KeyboardInterrupt):
        folders.write_distribution(played(), tmp_path / "many")
    assert list(tmp_path.iterdir()) == []


def test_forced_moves_sunsets_and_outside_events_are_marked():
    day = pd.Timestamp("2026-03-02").toordinal()
    marks = marks_of(played())
    assert ("forced", day) in marks
    assert ("sunset", pd.Timestamp("2026-11-28").toordinal()) in marks  # the first day back
    court = sim.scenario("busan_court")
    events = [event.date.toordinal() for event in court.events]
    assert {day for mark, day in marks_of(played(RunSpec("busan_court", runs=3))) if mark == "event"} == set(
        events
    )


def test_numbers_are_told_as_people_write_them():
    assert short_percent(0.0) == "0 %"
    assert short_percent(0.0001) == "<1 %"
    assert short_percent(0.999) == ">99 %"
    assert short_percent(1.0) == "100 %"
    assert decimal(-2.4, 2) == "\N{MINUS SIGN}2.40"
    assert decimal(1234.56) == "1,234.6"
    low, high = limits_of(np.array([3.0, 3.0]))
    assert low < 3.0 < high


def test_an_event_that_never_happens_has_a_chance_of_nothing():
    assert (played().happened(RunEvent("lapse", 0, 1)) <= 20).all()
    assert (played().happened(RunEvent("fallen", 99)) == 0).all()
