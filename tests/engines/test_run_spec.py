"""Which runs, as one value: how users write it, what it loads and the command that gives it again."""

from dataclasses import replace
from datetime import date

import pytest

import sim
from sim.engines.run_spec import RunSpec

FULL = RunSpec(
    "busan",
    until="2026-06-30",
    force=("US:escalate@2026-03-02",),
    strategy=("CN=tit_for_tat:generosity=0.1",),
    overrides=("US.renewal_belief=0.5",),
    seed=7,
    runs=20,
)


def test_one_text_several_or_a_table_are_the_same_runs():
    assert (
        RunSpec.of(
            "busan",
            "2026-06-30",
            "US:escalate@2026-03-02",
            {"CN": "tit_for_tat:generosity=0.1"},
            ["US.renewal_belief=0.5"],
            seed=7,
            runs=20,
        )
        == FULL
    )
    assert RunSpec.of("busan", None, None, None, None) == RunSpec("busan")


def test_it_loads_the_scenario_with_its_overrides():
    source = FULL.load()
    assert source.digest == sim.scenario("busan", ["US.renewal_belief=0.5"]).digest
    assert FULL.last_day(source) == date(2026, 6, 30).toordinal()
    strategies = FULL.strategies(source)
    assert strategies["US"].name == source.governments["US"].strategy
    assert strategies["CN"].spelling == "tit_for_tat:generosity=0.1"
    assert RunSpec(source).load() is source
    with pytest.raises(sim.EngineError, match="by name or path to change its numbers"):
        RunSpec(source, overrides=("US.renewal_belief=0.5",)).load()


def test_its_command_gives_the_same_runs_again():
    tail = (
        " --until 2026-06-30 --force US:escalate@2026-03-02 --strategy CN=tit_for_tat:generosity=0.1 "
        "--set US.renewal_belief=0.5"
    )
    assert FULL.command("run") == "snapback run busan --runs 20 --seed 7 --engine ensemble" + tail
    assert FULL.command("assumptions", "--outcome", "cost") == (
        "snapback assumptions busan --outcome cost --runs 20 --seed 7" + tail
    )
    assert RunSpec("./my file.toml").command("compare").startswith("snapback compare './my file.toml' ")


def test_its_digest_changes_with_what_decides_the_runs_alone():
    same = {"until": date(2026, 6, 30), "strategy": ("CN=tit_for_tat:generosity=.1",), "engine": "mesa"}
    assert replace(FULL, **same).digest() == FULL.digest()
    other = {"until": None, "force": (), "strategy": (), "overrides": (), "seed": 8, "runs": 21}
    digests = {replace(FULL, **{key: value}).digest() for key, value in other.items()}
    assert len(digests - {FULL.digest()}) == len(other)


@pytest.mark.parametrize("texts", [("XX=hold",), ("hold",), ("CN=hold", "CN=grim")])
def test_a_strategy_belongs_to_one_government(texts):
    with pytest.raises(sim.EngineError, match="strategy"):
        RunSpec("busan", strategy=texts).strategies(sim.scenario("busan"))
