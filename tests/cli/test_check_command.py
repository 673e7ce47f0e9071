"""`snapback check` as its users meet it: what a file says, and what its governments believe."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from sim.engines.run_spec import RunSpec
from sim.reports.run.scenario_summary import cautions
from sim.scenarios import scenario

NUMBER = r"-?\d+\.\d\d"


def test_belief_and_world_stand_side_by_side(snapback, compiled_once):
    code, out, err = snapback("check", "busan", "--runs", "20")
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    for government in ("US", "CN"):
        assert re.search(
            rf"{government}: leverage believed -?[\d.]+, in this world {NUMBER} \({NUMBER}\)", said
        )


def test_a_game_has_no_pressure_to_believe_in(snapback):
    code, out, _ = snapback("check", "ipd")
    assert code == 0
    assert "leverage" not in out
    code, out, err = snapback("check", "ipd", "--fixed-point")
    assert (code, out) == (2, "")
    assert err == "snapback: ipd: expected a scenario with measures, got a matrix game\n"


def test_the_fixed_point_is_printed_as_lines_to_store(snapback, compiled_once):
    code, out, _ = snapback("check", "busan", "--fixed-point", "--runs", "40", "--seed", "2")
    assert code == 0
    lines = out[out.index("[governments.US.numbers]") :]
    for government, entries in tomllib.loads(lines)["governments"].items():
        leverage = entries["numbers"]["leverage"]
        assert leverage["low"] <= leverage["value"] <= leverage["high"]
        end = "fixed point of `snapback check busan --fixed-point`, 40 runs, seed 2"
        assert leverage["source"].endswith(end), government
    head = 'extends = "busan"\ntitle = "Mine"\nabout = "With its own beliefs."\n\n'
    Path("mine.toml").write_text(head + lines, "utf-8")
    believed = scenario("mine.toml").governments["CN"].numbers["leverage"].value
    assert f"CN: leverage believed {believed:g}" in snapback("check", "mine.toml", "--runs", "5")[1]


LATER = """
extends = "busan"
title = "Later"
about = "Begins after its suspensions have ended."
start = 2026-12-15
end = 2027-06-30
"""


def test_all_that_is_wrong_is_told_at_once(snapback):
    Path("later.toml").write_text(LATER, "utf-8")
    code, out, err = snapback("check", "later.toml")
    assert (code, out) == (2, "")
    head, *faults = err.splitlines()
    ended = [m for m in scenario("busan").measures if m.until and str(m.until) < "2026-12-15"]
    assert head == f"snapback: later.toml: {len(ended)} faults"
    for m, fault in zip(ended, faults, strict=True):
        told = f"measures[{m.id}].until: expected a day on or after the start (2026-12-15), got {m.until}"
        assert fault == f"- {told}"
    assert json.loads(snapback("check", "later.toml", "--json")[1])["faults"] == [f[2:] for f in faults]
    _, _, err = snapback("run", "later.toml")
    assert f"(and {len(ended) - 1} more: snapback check tells all)" in err


def test_all_numbers_of_a_table_that_are_wrong_are_told_at_once(snapback):
    wrong = 'discount = 1\nrenewal_belief = { value = 3, unit = "share", source = "x" }\nspite = 2\n'
    Path("wrong.toml").write_text(f"extends = 'busan'\n[governments.US.numbers]\n{wrong}", "utf-8")
    _, _, err = snapback("check", "wrong.toml")
    assert "discount: expected a table" in err
    numbers = 'discount = { value = 3, unit = "per month", source = "x" }\n' + wrong.split("\n")[1]
    more = '\nspite = { value = 1, unit = "share", source = "x" }'
    Path("wrong.toml").write_text(f"extends = 'busan'\n[governments.US.numbers]\n{numbers}{more}", "utf-8")
    _, _, err = snapback("check", "wrong.toml")
    for said in ("spite: there is no such number", "discount.value: expected 0 to 1", "renewal_belief.unit:"):
        assert said in err


def test_what_may_not_be_meant_is_told(snapback, compiled_once):
    text = """
extends = "busan"
title = "Odd"
about = "Odd in four ways."
start = 2026-11-05
[governments.US]
strategy = "always_escalate"
[governments.NO]
name = "Norway"
capital = "Oslo"
"""
    snapback("new", "scenario", "--between", "NO", "US")
    made = tomllib.loads(Path("no_us.toml").read_text("utf-8"))
    Path("no.toml").write_text(Path("no_us.toml").read_text("utf-8").split("[[measures]]")[0], "utf-8")
    odd = text.split("[governments.NO]")[0]
    Path("odd.toml").write_text(odd, "utf-8")
    told = list(cautions(RunSpec("odd.toml", runs=10)))
    assert sum("within a week of the start" in t for t in told) == 8
    assert any(t.startswith("US escalates first and unprovoked, by 2026-11-") for t in told)
    assert any(t.startswith("The average tariff of US on CN opens at 47.5 %") for t in told)
    assert made["measures"]
    assert "NO has no measure, so that it can only hold" in list(cautions(RunSpec("no.toml", runs=2)))


def test_json_says_what_the_file_says(snapback):
    found = json.loads(snapback("check", "busan", "--runs", "5", "--json")[1])
    assert (found["scenario"], found["faults"], found["governments"]) == ("busan", [], ["US", "CN"])
    assert found["tariffs"]["US on CN"]["opening"] == pytest.approx(0.475, abs=1e-3)
