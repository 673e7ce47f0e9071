"""The rows of the picture say what happened to every measure."""

from datetime import date

import pytest

import sim
from sim.domain.constants import AVAILABLE, IN_FORCE, SUSPENDED
from sim.reports.run.measure_timeline import ANNOUNCED, measure_rows, rows_of


def life_of(model, measure):
    return measure_rows(model)[model.names.measures.index(measure)]


def day(text):
    return date.fromisoformat(text).toordinal()


def test_a_suspension_that_ends_is_marked_on_the_morning_the_measure_is_back():
    model = sim.TradeModel("busan", rng=1, strategy=["US=hold", "CN=hold"]).run()
    life = life_of(model, "cn_ga_ge_sb_ban")
    assert [span.status for span in life.spans] == [SUSPENDED, IN_FORCE]
    assert life.marks == [("sunset", day("2026-11-28"))]
    assert life.spans[1].first == day("2026-11-28")
    assert life.now == "in force"


def test_an_extended_suspension_shows_the_sunset_it_was_spared():
    force = "CN:extend=cn_ga_ge_sb_ban@2026-11-10"
    model = sim.TradeModel("busan", rng=1, strategy=["US=hold", "CN=hold"], force=force).run()
    life = life_of(model, "cn_ga_ge_sb_ban")
    assert [span.status for span in life.spans] == [SUSPENDED, SUSPENDED]
    assert life.marks == [("extended", day("2026-11-28"))]
    assert life.now == "suspended to 27 Nov 2027"


def test_an_imposed_measure_is_announced_until_its_day():
    force = "US:impose=us_100pct_tariff@2026-03-02"
    model = sim.TradeModel("busan", rng=1, strategy=["US=hold", "CN=hold"], force=force).run()
    spans = life_of(model, "us_100pct_tariff").spans
    assert [span.status for span in spans] == [AVAILABLE, ANNOUNCED, IN_FORCE]
    assert [span.first for span in spans] == [model.start, day("2026-03-02"), day("2026-03-16")]


@pytest.mark.parametrize("seed", range(5))
def test_a_life_has_no_gaps(seed):
    model = sim.TradeModel("busan", rng=seed, strategy=["US=random_move", "CN=random_move"]).run()
    for life in measure_rows(model):
        assert life.spans[0].first == model.start
        assert life.spans[-1].end == model.day + 1
        assert [s.end for s in life.spans[:-1]] == [s.first for s in life.spans[1:]]


def test_measures_without_a_story_share_a_row():
    model = sim.TradeModel("busan", rng=1, until="2025-11-10").run()
    rows = rows_of(model)
    assert [row.label for row in rows if row.heading] == ["Washington (US)", "Beijing (CN)"]
    assert len(rows) < len(model.source.measures)
    assert {row.now for row in rows if "other measures" in row.label} == {
        "in force throughout",
        "never taken up",
    }


def test_every_move_is_marked_at_its_government():
    model = sim.TradeModel("busan", rng=3, force="US:escalate@2026-03-02").run()
    headings = {row.government: row.marks for row in rows_of(model) if row.heading}
    assert ("forced", day("2026-03-02")) in headings["US"]
    for code, marks in headings.items():
        own_moves = model.moves[(model.moves.government == code) & (model.moves.move != "hold")]
        said = [(move, when.toordinal()) for move, when in zip(own_moves.move, own_moves.date, strict=True)]
        assert [mark for mark in marks if mark[0] != "forced"] == said
