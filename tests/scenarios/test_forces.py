"""Forced moves: `US:escalate@2026-03-02`, `CN>US:hold@2026-03-05`, `CN:extend=cn_ban@2026-11-10`."""

from datetime import date

import pytest
from random_toml import SMALL as FILE

import sim
from sim.domain.constants import ESCALATE, EXTEND, HOLD, NO_ACT, RELAX
from sim.scenarios.forced_moves import Force, forces_of
from sim.scenarios.initial_state import names_of

SMALL = sim.scenario(FILE)
SHAPE = "expected GOVERNMENT:MOVE@DATE such as US:escalate@2026-03-02"

WRONG = {
    "": SHAPE,
    "US": SHAPE,
    "US:escalate": SHAPE,
    "US escalate@2026-03-02": SHAPE,
    "EU:escalate@2026-03-02": "there is no government 'EU'; expected one of CN, US",
    "US>EU:escalate@2026-03-02": "there is no partner 'EU'; expected one of CN, US",
    "US>US:escalate@2026-03-02": "expected another government as the partner",
    "US:escalates@2026-03-02": "there is no move 'escalates'; did you mean escalate?",
    "US:@2026-03-02": "there is no move ''; expected one of escalate, hold, relax",
    "CN:extent=cn_ban@2026-11-10": "there is no act 'extent'; did you mean extend?",
    "CN:none=cn_ban@2026-11-10": "there is no act 'none'; expected one of extend, impose, lift, lower, raise",
    "CN:extend=cn_bann@2026-11-10": "there is no measure 'cn_bann'; did you mean cn_ban?",
    "US:extend=cn_ban@2026-11-10": "cn_ban is CN's, not US's",
    "US:escalate@2025-12-31": "expected a day of the run (2026-01-01 to 2026-12-31), got 2025-12-31",
    "US:escalate@2027-01-01": "expected a day of the run (2026-01-01 to 2026-12-31), got 2027-01-01",
    "US:escalate@tomorrow": "expected a date as YYYY-MM-DD, got 'tomorrow'",
    "US:escalate@2026-02-30": "expected a date as YYYY-MM-DD, got '2026-02-30'",
    "US:escalate@": "expected a date as YYYY-MM-DD, got ''",
}


def forced(*texts: str) -> dict[tuple[int, int, int], Force]:
    return forces_of(texts, SMALL, names_of(SMALL))


def sentence(*texts: str) -> str:
    with pytest.raises(sim.ForceError) as caught:
        forced(*texts)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert len(message) < 400
    return message


@pytest.mark.parametrize("text", WRONG)
def test_a_force_that_names_nothing_is_refused(text: str) -> None:
    assert sentence(text).startswith(f"force {text!r}: {WRONG[text]}")


@pytest.mark.parametrize("text", ["x" * 5000, "US:\n@2026-03-02", f"US:{'y' * 999}@2026-03-02", "\0:\0@\0"])
def test_a_force_that_is_a_monster_is_refused(text: str) -> None:
    assert sentence(text)


def test_two_forces_on_one_day_towards_one_partner_are_refused() -> None:
    told = sentence("US:escalate@2026-03-02", "US>CN:hold@2026-03-02")
    assert told == "force 'US>CN:hold@2026-03-02': expected one move a day towards a partner"


def test_a_move_is_forced_towards_every_partner_and_the_rulebook_finds_the_act() -> None:
    day = date(2026, 3, 2).toordinal()
    assert forced("US:escalate@2026-03-02") == {(day, 0, 1): Force(day, 0, 1, ESCALATE, NO_ACT, -1)}
    assert forced("CN>US:hold@2026-03-02")[day, 1, 0].move == HOLD


def test_an_act_on_a_measure_is_forced_towards_its_target() -> None:
    day = date(2026, 11, 10).toordinal()
    assert forced(" CN:extend=cn_ban@2026-11-10 ") == {(day, 1, 0): Force(day, 1, 0, RELAX, EXTEND, 2)}
