"""Changes from outside the file: `--set US.renewal_belief=0.5`."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from random_toml import SMALL

import sim

SAID = tomllib.loads((Path(__file__).parent / "wrong_changes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("change", SAID["wrong"])
def test_a_change_that_names_nothing_or_gives_nothing_is_refused(
    change: str, sentence: Callable[..., str]
) -> None:
    assert sentence(SMALL, change) == f"set {change!r}: {SAID['wrong'][change]}"


@pytest.mark.parametrize("change", SAID["unfit"])
def test_a_change_to_a_value_that_does_not_fit_is_refused(change: str, sentence: Callable[..., str]) -> None:
    assert sentence(SMALL, change) == f"small.toml: {SAID['unfit'][change]}"


@pytest.mark.parametrize("text", ["[" * 5000, "{" + "a." * 500 + "a = 1}", "\udc80", "x" * 10_000])
def test_a_value_that_is_a_monster_is_refused(text: str, sentence: Callable[..., str]) -> None:
    assert sentence(SMALL, f"US.renewal_belief={text}").startswith("set 'US.renewal_belief=")


def test_changes_set_the_numbers_they_name_and_say_who_set_them() -> None:
    overrides = ("US.renewal_belief = 0.25", "US.gallium.stock=7", "US.CN.imports=500", "cn_ban.level=0.5")
    s = sim.scenario(SMALL, overrides)
    assert s.governments["US"].numbers["renewal_belief"].value == 0.25
    assert s.governments["US"].minerals["gallium"].numbers["stock"].value == 7
    assert s.trade[0].numbers["imports"].value == 500
    assert s.measures[2].numbers["level"].source == "set by the user"


def test_a_change_sets_what_an_election_changes() -> None:
    (election,) = (
        e for e in sim.scenario(SMALL, ["midterm.political_weight=0.75"]).events if e.id == "midterm"
    )
    assert (election.change.value, election.change.source) == (0.75, "set by the user")


def test_changes_set_dates_and_statuses() -> None:
    s = sim.scenario(
        SMALL, ("cn_ban.until=2026-06-01", "us_duty.status=suspended", "us_duty.until=2026-05-01")
    )
    assert s.measures[2].until == date(2026, 6, 1)
    assert s.measures[0].until == date(2026, 5, 1)


def test_a_measure_that_is_no_longer_suspended_loses_its_last_day() -> None:
    assert sim.scenario(SMALL, ["cn_ban.status=lifted"]).measures[2].until is None


def test_a_changed_scenario_has_another_digest() -> None:
    assert sim.scenario(SMALL).digest != sim.scenario(SMALL, ["US.renewal_belief=0.25"]).digest
    assert sim.scenario(SMALL).digest == sim.scenario(SMALL).digest
