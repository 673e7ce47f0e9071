"""The benchmark: sides in turn, absent libraries skipped, figures under their names."""

import json
import subprocess
import sys

import pytest
import speed_figures
from json_schemas import check_json, schemas_of
from speed_figures import TARGETS, _matches, ratio, seconds


def test_sides_are_played_in_turn_and_compared_repetition_by_repetition():
    told, clock = [], iter([0, 2, 2, 3, 10, 18, 18, 20])
    sides = {name: ((lambda seed, name=name: told.append((name, seed))), 2) for name in ("slow", "fast")}
    found = seconds(sides, 2, lambda: next(clock))
    assert told == [("slow", 0), ("fast", 0), ("slow", 1), ("fast", 1)]
    assert found == {"slow": [1.0, 4.0], "fast": [0.5, 1.0]}
    assert ratio(found, "slow", "fast") == 3.0


def test_who_is_not_installed_is_skipped_with_a_word(monkeypatch):
    def absent(*_):
        raise ImportError

    monkeypatch.setattr(speed_figures, "axelrod", absent)
    monkeypatch.setattr(speed_figures, "egttools", absent)
    skipped: dict[str, str] = {}
    assert list(_matches(skipped)) == ["ensemble"]
    assert skipped == {
        "ipd_vs_axelrod": "axelrod is not installed: pip install axelrod",
        "ipd_vs_egttools": "egttools is not installed: pip install egttools",
        "ipd_vs_egttools_imperfect": "egttools is not installed: pip install egttools",
    }


@pytest.mark.quick
def test_every_figure_with_an_aim_has_its_place_in_the_schema():
    [schema] = schemas_of("bench")
    assert set(TARGETS) <= set(schema["properties"])
    assert set(TARGETS) <= set(schema["required"])


@pytest.mark.slow
def test_the_command_prints_every_figure_or_why_it_is_skipped():
    command = [sys.executable, "-m", "sim", "bench", "--json", "--repeat", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    check_json("bench", done.stdout)
    found = json.loads(done.stdout)
    assert set(TARGETS) <= set(found)
    for key in TARGETS:
        assert (found[key] is None) == (key in found["skipped"])
        assert found[key] is None or found[key] > 0
    assert {"busan_ensemble", "busan_mesa"} <= set(found["runs_a_second"])
    assert found["repeat"] == 1
    assert found["second_process_s"] > 0
