"""What a notebook shows: a few facts of each thing, tables with dates and labels, and the pictures."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from calling import called

import sim
from sim.engines.run_spec import RunSpec
from sim.reports.distribution.distribution_figure import draw_distribution
from sim.reports.drawing.theme import bytes_of
from sim.studies.distribution import distribution_of
from sim.studies.store import results

FORCE = "US:reactivate=us_reciprocal_24@2026-03-02"
ROOT = Path(__file__).parents[1]
SHORT = "2026-03-31"
STUDY = """
title = "What beliefs do"
question = "Does Beijing's belief matter?"
until = 2025-12-31
runs = 3
[outcomes]
cost = "cost:government=CN"
[levers.belief]
number = "CN.renewal_belief"
values = [0.1, 0.9]
[design]
kind = "grid"
"""


@pytest.fixture(scope="module")
def model():
    return sim.TradeModel("busan", rng=8, force=FORCE, until=SHORT).run()


@pytest.fixture(scope="module")
def worlds(compiled_once):
    return sim.ensemble("busan", 20, seed=8, force=FORCE, until=SHORT)


@pytest.fixture(scope="module")
def folder(compiled_once, tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "beliefs.toml"
    path.write_text(STUDY, "utf-8")
    sim.study(path).run(path.parent / "beliefs")
    return path.parent / "beliefs"


def things(model, worlds, folder):
    yield sim.scenario("busan"), "Busan truce", "11 suspended", "armington"
    yield (
        model,
        f"{(model.moves.move == 'escalate').sum()} escalate",
        FORCE,
        "seed 8, run 0",
        f"US {model.costs['US']['economy']:.1f}",
    )
    yield worlds, "20 runs of seed 8", f"US {worlds.costs['US', 'economy'].mean():.1f}"
    study = sim.study(folder.parent / "beliefs.toml")
    for thing in (study, study.spec):
        yield (
            thing,
            "What beliefs do",
            "Does Beijing's belief matter?",
            "grid, 2 cells, 6 runs",
            "cost [bn USD]",
        )
    yield sim.report(folder), "What beliefs do", "6 runs", "0 failed"
    yield results(folder), "2 cells", "cost"
    yield sim.TradeModel("ipd", rng=1), "prisoner", "0 played", "cost [points]"
    effects = sim.assumptions("ipd", "cost:government=ROW", runs=2, until="2000-01-31")
    yield effects, "cost:government=ROW", "2 with a range"
    card = sim.forecast("2025-12-31", "2026-11-10:ends", "2026-11-11", draws=6, runs=2)
    yield card, "promises until 10 November 2026", "extended", "6 draws"


def test_everything_shows_itself_in_a_few_lines_and_in_a_small_table(model, worlds, folder):
    for thing, *facts in things(model, worlds, folder):
        text, page = repr(thing), thing._repr_html_()
        assert text.startswith(f"{text.partition(':')[0]}: ") and str(thing) == text
        assert 4 <= len(text.splitlines()) <= 16 and len(text) <= 1500, text
        assert page.count("<tr>") <= 12 and len(page) <= 3000
        flat = " ".join(text.split())
        for fact in facts:
            assert fact in flat, (fact, text)


def test_ten_governments_are_shown_in_no_more_lines():
    source = sim.scenario("triangle")
    (eu,) = (g for code, g in source.governments.items() if code == "EU")
    many = source.model_copy(update={"governments": {f"G{k:02}": eu for k in range(60)}})
    assert len(repr(many)) < 1500


def test_a_name_is_text_and_no_page():
    odd = sim.scenario("busan").model_copy(update={"title": "<script>"})
    assert "<script>" in repr(odd) and "<script>" not in odd._repr_html_()


def test_tables_of_a_run_have_days_and_names(model):
    for table, columns in (("moves", ["date"]), ("measures", ["date", "until"]), ("state", ["date"])):
        frame = getattr(model, table)
        assert len(frame) > 0
        assert all(np.issubdtype(frame[column].dtype, np.datetime64) for column in columns), table
    assert (model.state.date.diff().dropna() == pd.Timedelta(days=1)).all()
    assert (model.moves[model.moves.date == "2026-03-02"].government == "US").all()
    assert list(model.costs.columns) == list(model.cost_terms.columns) == ["US", "CN"]
    assert model.cost_terms.sum().to_numpy() == pytest.approx(model.costs.sum().to_numpy())


def test_days_are_iso_text_in_files_and_json(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert called("run", "busan", "--force", FORCE, "--until", SHORT, "--out", "one", "--json") == 0
    printed = capsys.readouterr().out
    for table in ("moves", "measures", "state"):
        days = pd.read_csv(f"one/{table}.csv", dtype=str).date
        assert days.str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    assert '"date": "2026-03-02"' in printed and "Timestamp" not in printed and "NaT" not in printed


def test_costs_of_many_worlds_are_by_run_government_and_account(worlds):
    assert worlds.costs.index.name == "run" and worlds.costs.columns.names == ["government", "account"]
    later = sim.ensemble("busan", 3, seed=8, first_run=17, force=FORCE, until=SHORT)
    assert later.costs.equals(worlds.costs.loc[17:19])
    one = sim.TradeModel("busan", rng=8, run=18, force=FORCE, until=SHORT).run()
    assert later.costs.loc[18, "CN"].to_numpy() == pytest.approx(one.costs["CN"].to_numpy(), abs=1e-8)
    assert worlds.cost_terms["US"]["trade"].shape == (20,)


def test_a_run_plots_the_picture_and_tells_the_story_of_its_folder(model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert called("run", "busan", "--force", FORCE, "--until", SHORT, "--seed", 8, "--out", "one") == 0
    assert model.plot()._repr_png_() == Path("one/timeline.png").read_bytes()
    assert model.story() == repr(model.story()) == model.story()._repr_markdown_()
    assert model.story() == Path("one/story.md").read_text("utf-8")


def test_a_plot_in_the_middle_of_a_run_shows_what_has_been_played():
    model = sim.TradeModel("busan", rng=8)
    with pytest.raises(sim.EngineError, match="has been run"):
        model.plot()
    for _ in range(40):
        model.step()
    assert len(model.plot().axes) == 4
    assert model.day == model.start + 39


def test_many_worlds_plot_the_picture_of_their_folder_kept_or_simulated_again(worlds):
    spec = RunSpec.of("busan", SHORT, FORCE, seed=8, runs=20)
    drawn = bytes_of(draw_distribution(distribution_of(spec)), "png")
    assert worlds.plot()._repr_png_() == drawn
    stored = sim.ensemble("busan", 20, seed=8, force=FORCE, until=SHORT, record=True)
    assert stored.plot()._repr_png_() == drawn
    beliefs = sim.ensemble("busan", 20, until=SHORT, vary={"CN.renewal_belief": np.linspace(0, 1, 20)})
    assert any("CN.renewal_belief varied" in text.get_text() for text in beliefs.plot().texts)


def test_a_figure_has_the_style_of_the_house_wherever_it_is_drawn(model, tmp_path):
    import matplotlib as mpl

    figure = model.plot()
    with mpl.rc_context({"xtick.major.size": 30, "axes.facecolor": "red", "font.size": 30}):
        figure.savefig(tmp_path / "again.png", metadata={"Software": None})
    assert (tmp_path / "again.png").read_bytes() == model.plot()._repr_png_()


def test_what_commands_answer_is_given_in_python(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    numbers = sim.assumptions("busan")
    assert numbers.loc["US.discount", "value"] == 0.99 and numbers.source.notna().all()
    assert "US.discount" not in sim.assumptions("busan", set="US.discount=0.5").index
    effects = sim.assumptions("ipd", "cost:government=ROW", runs=2, until="2000-01-31", out="ipd")
    assert effects.table.assumption[0] == "game.error"
    assert effects.plot()._repr_png_() == Path("ipd/tornado.png").read_bytes()
    asked = sim.report(folder, out="page")
    assert asked.answers["mean"].notna().all() and "Beijing" in asked.text
    assert {f"{name}.png" for name in asked.figures} == {p.name for p in Path("page/figures").iterdir()}
    assert all(one._repr_png_()[1:4] == b"PNG" for one in asked.figures.values())
    card = sim.forecast("2025-12-31", "2026-11-10:ends", "2026-11-11", draws=6, runs=2, out="card.json")
    assert card.tables["chances"].chance.sum() == pytest.approx(1, abs=1e-5)
    assert np.issubdtype(card.tables["paths"].median_day.dtype, np.datetime64)
    assert set(card.tables["drivers"].index.get_level_values(0)) <= set(card.card["outcomes"])
    assert card.plot()._repr_png_() == Path("card.png").read_bytes()


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: sim.forecast("soon", "2026-11-10:ends", "2026-11-11"), "as_of: expected a date"),
        (lambda: sim.report("nowhere"), "nowhere: expected a folder"),
        (lambda: sim.assumptions("busan", "costs"), "there is no outcome 'costs'"),
        (lambda: sim.assumptions("busan", seed=1, sett="x=1"), "sett"),
    ],
)
def test_what_is_wrong_is_said(ask, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((sim.SnapbackError, TypeError), match=sentence):
        ask()
    assert not list(tmp_path.iterdir())
