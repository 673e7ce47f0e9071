"""The picture of a run: always drawn, always the same, and readable without colour."""

from datetime import date
from itertools import combinations

import pytest
from PIL import Image

import sim
from sim.reports.drawing.colours import GOVERNMENTS, government_style
from sim.reports.drawing.layout import date_ticks, label_heights, shorten
from sim.reports.drawing.theme import DPI
from sim.reports.run.timeline import WIDTH, draw_timeline

OTHERS = ("JP", "IN", "GB", "KR", "MX", "CA", "BR", "AU", "RU", "TW", "VN", "CH")


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb [0 black to 1 white] (W3C, WCAG 2.1)."""
    parts = [int(colour[k : k + 2], 16) / 255.0 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def size_of(path):
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        return picture.size


@pytest.mark.parametrize(
    "run",
    [
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


def test_every_government_has_its_own_style_wherever_it_appears():
    styles = {code: government_style(code) for code in (*GOVERNMENTS, *OTHERS)}
    assert len({style.colour for style in styles.values()}) == len(styles)
    assert styles == {code: government_style(code) for code in reversed((*GOVERNMENTS, *OTHERS))}


def test_governments_differ_in_grey_too_and_stand_out_from_paper():
    for one, other in combinations(GOVERNMENTS, 2):
        assert abs(luminance(government_style(one).colour) - luminance(government_style(other).colour)) > 0.1
        assert government_style(one).line != government_style(other).line
    for code in (*GOVERNMENTS, *OTHERS):
        assert luminance(government_style(code).colour) < 0.6


@pytest.mark.parametrize("days", [1, 2, 9, 40, 74, 75, 76, 200, 448, 1000, 5000, 36600])
def test_a_calendar_of_any_length_has_some_dates_and_not_too_many(days):
    first = 730_000
    ticks = date_ticks(first, first + days - 1)
    assert 1 <= len(ticks) <= 17
    assert all(first <= day < first + days for day, _, _ in ticks)
    assert ticks[0][2].isdigit()


def test_ticks_fit_and_januaries_come_first():
    first, last = date(2025, 4, 1).toordinal(), date(2027, 6, 1).toordinal()
    ticks = date_ticks(first, last, 5)
    assert len(ticks) <= 5
    assert ("Jan", "2026") in [(name, year) for _, name, year in ticks]


def test_labels_that_would_overlap_are_moved_apart_and_the_others_stay():
    assert label_heights([3.0, 1.0, 1.1], 0.5, 10.0) == pytest.approx([3.0, 1.0, 1.5])
    assert label_heights([9.9, 9.8, 1.0], 0.5, 10.0) == pytest.approx([10.0, 9.5, 1.0])


def test_a_text_is_cut_to_its_width_and_never_asks_the_font_for_what_it_lacks():
    assert shorten("as it is", 8.0, "normal", 3.0) == "as it is"
    assert shorten("贸易 war", 8.0, "normal", 3.0) == "?? war"
    assert shorten("W" * 500, 8.0, "bold", 1.0).endswith("W…")
    assert len(shorten("W" * 500, 8.0, "bold", 1.0)) < 12
