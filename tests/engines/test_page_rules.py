"""The rules that pages run are the rules: the file is up to date, and plays what the ensemble plays."""

import importlib
import platform
import shutil
import subprocess
import sys
from operator import attrgetter
from pathlib import Path

import llvmlite
import numba
import pytest
from hypothesis import assume, given, settings
from page_twins import SETTINGS, assert_same_on_pages, needs_node
from test_ensemble import fuzz, random_scenario, scenarios

import sim
from sim.engines import page_rules
from sim.negotiators import negotiator_register
from sim.protocols import protocol_register
from sim.strategies import strategy_register

pytestmark = pytest.mark.usefixtures("compiled_once")
BUILD = Path(sim.__file__).parents[1] / "experiments" / "build_page_rules.py"
worlds = {name: scenarios[name] for name in ("world", "number", "value", "day", "when")}


def test_the_file_was_made_of_the_rules_as_they_are():
    assert page_rules.is_current(), f"the rules have changed since pages got theirs: run {page_rules.REBUILD}"


ROOMS = (strategy_register, negotiator_register, protocol_register)
PLAYERS = [room.find(name) for room in ROOMS for name in room.names()]


@pytest.mark.parametrize("player", PLAYERS, ids=attrgetter("name"))
def test_the_file_has_each_player_as_it_is(player):
    said = f"{player.name} has changed since pages got it: run {page_rules.REBUILD}"
    assert page_rules.plays(player), said


def test_players_of_all_rooms_have_names_of_their_own():
    assert len({player.name for player in PLAYERS}) == len(PLAYERS)


def digest_of(folder, name, text, monkeypatch):
    """The digest of the function `rule` in a text."""
    (folder / "rule_of_a_test.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    sys.modules.pop("rule_of_a_test", None)
    return page_rules.source_digest(importlib.import_module("rule_of_a_test").rule)


RULE = "LIMIT = 3\ndef limit():\n    return LIMIT\ndef rule(x):\n    return min(x, limit())\n"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (("def rule(x):\n", 'def rule(x):\n    """Say."""\n    # a comment\n'), True),
        (("LIMIT = 3", "LIMIT = 4"), False),
        (("return LIMIT", "return LIMIT + 1"), False),
        (("min(x", "max(x"), False),
    ],
)
def test_a_digest_is_of_what_rules_say_and_not_of_comments(tmp_path, monkeypatch, change, same):
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before = digest_of(tmp_path / "before", "rule", RULE, monkeypatch)
    after = digest_of(tmp_path / "after", "rule", RULE.replace(*change), monkeypatch)
    assert (before == after) == same


@needs_node
@pytest.mark.parametrize("name", sim.scenario_names())
def test_shipped_scenarios_are_lived_as_by_the_ensemble(tmp_path, name):
    assert assert_same_on_pages(tmp_path, name, settings=4)[0] > 0


@needs_node
def test_moves_that_are_forced_are_lived_as_by_the_ensemble(tmp_path):
    force = ("US:reactivate=us_reciprocal_24@2026-03-02", "CN:hold@2026-03-04")
    assert assert_same_on_pages(tmp_path, "busan", settings=4, force=force)[0] > 0


@needs_node
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("busan_eve", ()),
        ("busan_eve", ("US.negotiator=time_based:firmness=1", "CN.negotiator=waiting")),
        ("busan_eve", ("talks.protocol=ultimatum",)),
        ("busan", ("talks=true",)),
    ],
)
def test_talks_are_held_as_by_the_ensemble(tmp_path, name, changes):
    assert assert_same_on_pages(tmp_path, name, settings=6, changes=changes)[1] > 0


def play_random(folder, world, number, value, day, when):
    document, forced = world
    source = random_scenario(folder, document, number, value, day, when)
    assume(source is not None)
    assert_same_on_pages(folder, folder / "random.toml", SETTINGS, forced)


@needs_node
@settings(fuzz, max_examples=10)
@given(**worlds)
def test_random_scenarios_are_lived_as_by_the_ensemble(tmp_path, world, number, value, day, when):
    play_random(tmp_path, world, number, value, day, when)


@pytest.mark.slow
@needs_node
@settings(fuzz, max_examples=100)
@given(**worlds)
def test_many_random_scenarios_are_lived_as_by_the_ensemble(tmp_path, world, number, value, day, when):
    play_random(tmp_path, world, number, value, day, when)


@pytest.mark.slow
def test_built_again_the_file_has_the_same_bytes():
    here = {"python": platform.python_version(), "numba": numba.__version__, "llvmlite": llvmlite.__version__}
    if shutil.which("wasm-ld") is None or page_rules.origin()["versions"] != here:
        pytest.skip("the file is built by wasm-ld and the versions in page_rules.json, which are not here")
    before = page_rules.FILE.read_bytes()
    subprocess.run([sys.executable, BUILD], check=True)
    assert page_rules.FILE.read_bytes() == before
