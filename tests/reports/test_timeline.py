"""The picture of a run: always drawn, always the same, and readable without colour."""

from itertools import combinations

import pytest
from PIL import Image

import sim
from sim.reports.drawing.colours import KNOWN, look_of, luminance
from sim.reports.drawing.layout import date_ticks, fitted, spread
from sim.reports.run.timeline import DPI, WIDTH, draw_timeline

OTHERS = ("JP", "IN", "GB", "KR", "MX", "CA", "BR", "AU", "RU", "TW", "VN", "CH")


def size_of(path):
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        return picture.size


@pytest.mark.parametrize(
    "run",
    [
        {},
        {"force": "US:escalate@2026-03-02"},
        {"strategy": ["US=always_escalate", "CN=tit_for_tat"]},
        {"strategy": ["US=always_relax", "CN=always_relax"]},
        {"scenario": "triangle"},
        {"scenario": "spiral_2025"},
    ],
    ids=str,
)
def test_a_run_is_drawn_as_a_png_of_a_sane_size(run, tmp_path):
    draw_timeline(sim.TradeModel(**run, rng=1).run(), tmp_path / "timeline.png")
    width, height = size_of(tmp_path / "timeline.png")
    assert width == WIDTH * DPI
    assert 600 < height < 1600
    assert 50_000 < (tmp_path / "timeline.png").stat().st_size < 500_000


def test_the_same_run_gives_the_same_bytes(tmp_path):
    for name in ("one.png", "two.png"):
        draw_timeline(sim.TradeModel("busan", rng=1).run(), tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_a_day_on_which_nothing_changes_is_drawn(tmp_path):
    model = sim.TradeModel("busan", rng=1, until="2025-11-10").run()
    assert model.changes == []
    draw_timeline(model, tmp_path / "timeline.png")
    assert size_of(tmp_path / "timeline.png")[0] == WIDTH * DPI


def test_a_scenario_without_measures_and_with_an_awkward_title_is_drawn(tmp_path):
    title = "Dollars $x_1$, \\alpha, 贸易\n" + "and on " * 200
    bare = sim.scenario("busan").model_copy(update={"measures": [], "title": title})
    draw_timeline(sim.TradeModel(bare, rng=1, until="2026-01-31").run(), tmp_path / "timeline.png")
    assert size_of(tmp_path / "timeline.png")[0] == WIDTH * DPI


def test_every_government_has_its_own_look_wherever_it_appears():
    looks = {code: look_of(code) for code in (*KNOWN, *OTHERS)}
    assert len({look.colour for look in looks.values()}) == len(looks)
    assert looks == {code: look_of(code) for code in reversed((*KNOWN, *OTHERS))}


def test_governments_differ_in_grey_too_and_stand_out_from_paper():
    for one, other in combinations(KNOWN, 2):
        assert abs(luminance(look_of(one).colour) - luminance(look_of(other).colour)) > 0.1
        assert look_of(one).line != look_of(other).line
    for code in (*KNOWN, *OTHERS):
        assert luminance(look_of(code).colour) < 0.6


@pytest.mark.parametrize("days", [1, 2, 9, 40, 74, 75, 76, 200, 448, 1000, 5000, 36600])
def test_a_calendar_of_any_length_has_some_dates_and_not_too_many(days):
    first = 730_000
    ticks = date_ticks(first, first + days - 1)
    assert 1 <= len(ticks) <= 17
    assert all(first <= day < first + days for day, _, _ in ticks)
    assert ticks[0][2].isdigit()


def test_labels_that_would_overlap_are_moved_apart_and_the_others_stay():
    assert spread([3.0, 1.0, 1.1], 0.5, 10.0) == pytest.approx([3.0, 1.0, 1.5])
    assert spread([9.9, 9.8, 1.0], 0.5, 10.0) == pytest.approx([10.0, 9.5, 1.0])


def test_a_text_is_cut_to_its_width_and_never_asks_the_font_for_what_it_lacks():
    assert fitted("as it is", 8.0, "normal", 3.0) == "as it is"
    assert fitted("贸易 war", 8.0, "normal", 3.0) == "?? war"
    assert fitted("W" * 500, 8.0, "bold", 1.0).endswith("W…")
    assert len(fitted("W" * 500, 8.0, "bold", 1.0)) < 12
