"""A number that a file leaves out: neutral, and listed as a default; or required."""

import tomllib
from pathlib import Path

import pytest
from test_scenarios_page import EXAMPLE

import sim
from sim.domain.parameters import GOVERNMENT
from sim.domain.state import GovernmentState
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.initial_state import world_of

NAME = "norway.toml"
ELECTION = """
[[events]]
kind = "election"
id = "vote"
date = 2026-02-02
title = "A vote"
government = "NO"
number = "market_relief"
change = { value = 5, unit = "bn USD", source = "assumption" }
"""


def example(folder: Path, text: str = EXAMPLE) -> Path:
    path = folder / NAME
    path.write_text(text, "utf-8")
    return path


def test_what_a_file_leaves_out_is_neutral_and_listed_as_a_default(tmp_path) -> None:
    source = sim.scenario(example(tmp_path))
    given = tomllib.loads(EXAMPLE)["governments"]["NO"]["numbers"]
    assumed = assumptions_of(source)
    for name, parameter in GOVERNMENT.items():
        number = source.governments["NO"].numbers[name]
        if name not in given:
            assert number.source == "default"
            silent = name == "toughness"  # counts in talks alone, and there are none
            assert assumed.get(f"NO.{name}") is (None if silent else number)
            assert number.value == (parameter.minimum if parameter.default is None else parameter.default)


def test_a_default_that_is_written_down_changes_the_file_and_not_the_world(tmp_path) -> None:
    source = sim.scenario(example(tmp_path))
    same = EXAMPLE.replace(
        "noticed_size", "leverage = { value = 0, unit = 'months per bn USD', source = 'x' }\nnoticed_size"
    )
    other = sim.scenario(example(tmp_path, same))
    assert source.digest != other.digest
    assert world_of(source).governments == world_of(other).governments


@pytest.mark.parametrize("name", [n for n, p in GOVERNMENT.items() if p.default is None and not p.part_of])
def test_a_number_that_nothing_can_stand_for_is_required(name, tmp_path, sentence) -> None:
    lines = [line for line in EXAMPLE.splitlines() if not line.startswith(f"{name} = ")]
    says = f"{NAME}: governments.NO.numbers.{name}: expected a number, got nothing"
    assert sentence(example(tmp_path, "\n".join(lines))) == says


def test_a_part_of_a_number_is_required_once_that_is_not_0(tmp_path, sentence) -> None:
    says = f"{NAME}: governments.NO.numbers.election_months: expected a number, got nothing"
    assert sentence(example(tmp_path), "NO.election_weight=1") == says


def test_an_event_may_not_set_a_number_whose_parts_are_missing(tmp_path, sentence) -> None:
    says = f"{NAME}: governments.NO.numbers.market_threshold: expected a number, for the event vote sets"
    assert sentence(example(tmp_path, EXAMPLE + ELECTION)).startswith(says)


def test_a_number_is_written_by_its_position_whole_where_it_is_so() -> None:
    government: GovernmentState = world_of(sim.scenario("busan")).governments[0]
    for k, name in enumerate(GOVERNMENT):
        government[k] = 7.0
        assert getattr(government, name) == 7 and type(getattr(government, name)) is type(
            getattr(world_of(sim.scenario("busan")).governments[1], name)
        )


@pytest.mark.parametrize(
    ("changes", "talk"),
    [
        ((), False),
        (("US.negotiator=waiting",), True),
        (("talks.protocol=ultimatum",), True),
        (("talks.gap_days=30",), True),
        (("talks=false", "US.negotiator=waiting"), False),
    ],
)
def test_who_is_told_how_to_talk_talks(changes, talk):
    assert (sim.scenario("busan", changes).talks is not None) == talk
