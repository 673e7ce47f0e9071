"""Whoever publishes draws in their own style, into their own axes, as the file that they need."""

from datetime import date

import matplotlib.pyplot as plt
import pytest

import sim
from sim.reports.drawing.theme import bytes_of

SHORT = {"until": "2026-03-20"}
PROVOKED = "US:reactivate=us_reciprocal_24@2026-03-02"
SUNSET = {"event": "cn_ga_ge_sb_ban:in_force", "by": "2026-11-28", "draws": 6, "runs": 2}
THINGS = {
    "a run": lambda: sim.TradeModel("busan", rng=1, **SHORT).run(),
    "a game": lambda: sim.TradeModel("ipd", rng=1).run(),
    "many runs": lambda: sim.ensemble("busan", runs=3, **SHORT),
    "many games": lambda: sim.ensemble("ipd", runs=3),
    "a comparison": lambda: sim.compare("busan", force=PROVOKED, runs=3, **SHORT),
    "assumptions": lambda: sim.assumptions("busan", "cost:government=US", runs=2, **SHORT),
    "a decision": lambda: sim.TradeModel("busan", rng=8, force=PROVOKED, **SHORT).run().explain(2),
    "a forecast": lambda: sim.forecast(date(2025, 12, 31), **SUNSET),
    "a table": lambda: sim.table("busan_eve", "2025-10-30"),
}


@pytest.fixture(params=THINGS)
def thing(request):
    return THINGS[request.param]()


def test_everything_is_drawn_in_ones_own_style_and_axes_and_file(thing, tmp_path):
    picture, serif = tmp_path / "picture.svg", {"font.family": "DejaVu Serif"}
    with sim.drawing_style(serif):
        styled = thing.plot()
    thing.plot(picture, style=serif)
    assert picture.read_bytes() == bytes_of(styled, "svg")
    own, axes = plt.subplots()
    assert not axes.has_data()
    assert thing.plot(ax=axes) is own
    assert axes.has_data() and own.axes == [axes]
    plt.close(own)


def test_a_style_ends_with_its_block():
    game, serif = THINGS["a game"](), {"font.family": "DejaVu Serif"}
    plain = bytes_of(game.plot(), "svg")
    with sim.drawing_style(serif):
        assert bytes_of(game.plot(), "svg") != plain
    assert bytes_of(game.plot(), "svg") == plain
