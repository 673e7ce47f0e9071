"""The picture of what an answer rests on, and its folder: always drawn, always the same, and honest."""

import json
import math
import shlex

import pandas as pd
import pytest
from PIL import Image

import sim
from sim.engines.run_spec import RunSpec
from sim.outcomes import parse
from sim.reports.assumptions import assumptions_report as reports
from sim.reports.assumptions.tornado import (
    BARS,
    DPI,
    WIDTH,
    draw_tornado,
    limits,
    meaning,
    remainder,
    worlds,
)
from sim.scenarios import Number
from sim.scenarios.assumptions import assumptions_of, owner_of
from sim.statistics.intervals import paired_difference
from sim.studies.one_at_a_time import AssumptionEffect, OneAtATime, RangeEnd

BASE = (0.0, 1.0, 2.0, 3.0)
SPEC = RunSpec("busan", runs=4, force=("US:escalate@2026-03-02",))


def end(value, move, wobble=0.0, real=True):
    """An end that moves every run by so much, give or take."""
    return RangeEnd(
        value, paired_difference([x + move + wobble * (-1) ** k for k, x in enumerate(BASE)], BASE), real
    )


def answer(tested, silent=None, outcome="cost:government=CN", base=BASE):
    source = sim.scenario("busan")
    parsed = parse(outcome, source, source.end.toordinal())
    return OneAtATime(SPEC, source, parsed, base, tuple(tested), silent or {})


def every(move):
    """All assumptions of busan with a range, each moved by a function of its place, give or take."""
    numbers = [(p, n) for p, n in assumptions_of(sim.scenario("busan")).items() if n.low is not None]
    return [
        AssumptionEffect(
            path, n, end(n.low, -move(k), move(k) / 2, k < 5), end(n.high, move(k) / 2, move(k), k < 3)
        )
        for k, (path, n) in enumerate(numbers)
    ]


NUMBER = Number(value=1.0, unit="weight", source="assumption", low=0.0, high=2.0)
CASES = {
    "many": lambda: answer(every(lambda k: 10 / (k + 1))),
    "one": lambda: answer([AssumptionEffect("US.discount", NUMBER, end(0.0, 1), end(2.0, 2, 0.1))]),
    "nothing moves": lambda: answer([AssumptionEffect("US.discount", NUMBER, end(0.0, 0), end(2.0, 0))]),
    "none has a range": lambda: answer([], {"US.discount": NUMBER}),
    "an end cannot be run": lambda: answer(
        [AssumptionEffect("US.discount", NUMBER, RangeEnd(0.0, None, fault="no"), end(2, 1))]
    ),
    "no pair to compare": lambda: answer(
        [
            AssumptionEffect(
                "us_port_fees.harm",
                NUMBER,
                RangeEnd(0.0, paired_difference([math.nan] * 4, BASE)),
                end(2.0, 1),
            )
        ],
        base=(0.0, math.nan, 2.0, 3.0),
    ),
    "half a range": lambda: answer(
        [AssumptionEffect("US.discount", NUMBER.model_copy(update={"low": None}), None, end(2, 1))]
    ),
}


FILES = reports.FILES - {"tornado.svg", "tornado.pdf"}


@pytest.mark.parametrize("case", CASES)
def test_it_is_drawn_and_written_whatever_was_found(case, tmp_path):
    reports.write_sensitivity(CASES[case](), tmp_path / "found")
    assert {path.name for path in (tmp_path / "found").iterdir()} == FILES
    with Image.open(tmp_path / "found" / "tornado.png") as picture:
        assert picture.format == "PNG"
        assert picture.size[0] == round(WIDTH * DPI)
        assert 400 < picture.size[1] < 1600


def test_the_same_answer_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        reports.write_sensitivity(CASES["many"](), tmp_path / name)
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_what_is_not_shown_is_counted():
    result = answer(every(lambda k: 10 / (k + 1) if k < 30 else 0.0), {"US.discount": NUMBER})
    still = len(result.tested) - 30
    said = remainder(result, BARS)
    assert f"Shown: {BARS} of {len(result.tested) + 1} assumptions" in said
    assert f"10 that move it less, {still} that do not move it in these runs, 1 with no range" in said
    assert f"for {result.judged} ends tested" in meaning(result, "Pale: not")


def test_runs_in_which_it_did_not_happen_are_told():
    assert worlds(CASES["no pair to compare"]()).startswith("4 runs with seed 1; it happened in 3,")
    assert worlds(CASES["one"]()) == "4 runs with seed 1."


def test_the_axis_holds_every_bar_and_interval():
    result = CASES["many"]()
    low, high = limits(result, list(result.tested))
    for tested in result.tested:
        for one in tested.ends:
            assert low < result.mean + one.shift.interval.low
            assert result.mean + one.shift.interval.high < high


def test_a_number_belongs_to_its_government_its_measure_s_issuer_or_its_election_s_government():
    source = sim.scenario("phase_one")
    assert owner_of("CN.discount", source) == "CN"
    assert owner_of("us_midterm.political_weight", source) == "US"
    assert {owner_of(f"{m.id}.level", source) == m.issuer for m in source.measures} == {True}


def test_the_table_has_every_assumption_with_its_interval(tmp_path):
    reports.write_sensitivity(answer(every(lambda k: 1.0), {"US.x": NUMBER}), tmp_path / "found")
    table = pd.read_csv(tmp_path / "found" / "assumptions.csv")
    assert len(table) == len(every(lambda k: 1.0)) + 1
    first = table.iloc[0]
    assert first.move_from_at_low < first.move_at_low < first.move_to_at_low
    assert table.iloc[-1].assumption == "US.x"
    assert math.isnan(table.iloc[-1].span)


def test_the_manifest_says_what_to_type_to_get_it_again(tmp_path):
    reports.write_sensitivity(CASES["one"](), tmp_path / "found")
    manifest = json.loads((tmp_path / "found" / "manifest.json").read_text("utf-8"))
    words = shlex.split(manifest["command"])
    assert words[:5] == ["snapback", "assumptions", "busan", "--outcome", "cost:government=CN"]
    assert words[-2:] == ["--force", "US:escalate@2026-03-02"]
    assert (manifest["runs"], manifest["seed"], manifest["mean"]) == (4, 1, 1.5)
    assert "US.discount" in manifest["assumptions"]


def test_another_question_goes_to_another_folder():
    other = RunSpec("busan", runs=5, force=("US:escalate@2026-03-02",))
    one, two = (reports.folder_of(spec, "cost:government=CN", None) for spec in (SPEC, other))
    assert one != two
    assert one.parent.as_posix() == "results/runs"
    assert one.name.startswith("assumptions-busan-cost-")


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("ten years")
    with pytest.raises(
        sim.ResultsError, match=r"or one of assumptions, got one with other files: thesis\.tex"
    ):
        reports.write_sensitivity(CASES["one"](), tmp_path)


def test_an_interrupted_picture_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(reports, "draw_tornado", interrupt)
    with pytest.raises(KeyboardInterrupt):
        reports.write_sensitivity(CASES["one"](), tmp_path / "found")
    assert list(tmp_path.iterdir()) == []


def test_a_long_name_and_an_awkward_title_are_drawn(tmp_path):
    result = CASES["one"]()
    title = "Dollars $x_1$, 贸易\n" + "and on " * 50
    odd = result.source.model_copy(update={"title": title})
    tested = [result.tested[0]._replace(path="US." + "w" * 90)]
    draw_tornado(OneAtATime(SPEC, odd, result.outcome, BASE, tuple(tested), {}), tmp_path / "t.png")
    assert (tmp_path / "t.png").stat().st_size > 10_000
