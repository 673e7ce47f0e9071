"""`snapback check` as its users meet it: what a file says, and what its governments believe."""

import re
import tomllib
from pathlib import Path

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
