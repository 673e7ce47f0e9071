"""Forced moves: `US:escalate@2026-03-02`, `CN>US:hold@2026-03-05`, `US:lift=a+b@2026-03-02`."""

from datetime import date
from pathlib import Path

import pytest
from calling import called
from random_toml import SMALL as FILE

import sim
from sim.domain.constants import ESCALATE, EXTEND, HOLD, IMPOSE, LIFT, NO_ACT, REACTIVATE, RELAX, SUSPEND
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
    "CN:none=cn_ban@2026-11-10": "there is no act 'none'; expected one of extend, impose, lift, lower",
    "CN:extend=cn_bann@2026-11-10": "there is no measure 'cn_bann'; did you mean cn_ban?",
    "US:extend=cn_ban@2026-11-10": "cn_ban is CN's, not US's",
    "US:escalate@2025-12-31": "expected a day of the run (2026-01-01 to 2026-12-31), got 2025-12-31",
    "US:escalate@2027-01-01": "expected a day of the run (2026-01-01 to 2026-12-31), got 2027-01-01",
    "US:escalate@tomorrow": "expected a date as YYYY-MM-DD, got 'tomorrow'",
    "US:escalate@2026-02-30": "expected a date as YYYY-MM-DD, got '2026-02-30'",
    "US:escalate@": "expected a date as YYYY-MM-DD, got ''",
    "US:suspend=us_duty+impose=us_reserve@2026-03-10": "expected acts of one move, got suspend and impose",
    "CN:reactivate=cn_ban+lift=cn_ban@2026-03-10": "expected acts of one move, got reactivate and lift",
    "CN:reactivate=cn_ban+cn_ban@2026-03-10": "expected each measure once",
    "US:suspend=us_duty+lift=us_duty@2026-03-10": "expected each measure once",
    "US:suspend=us_duty+cn_ban@2026-03-10": "cn_ban is CN's, not US's",
    "US:suspend=us_duty+us_dutty@2026-03-10": "there is no measure 'us_dutty'; did you mean us_duty?",
    "US:suspend=us_duty+@2026-03-10": "there is no measure ''; expected one of cn_ban, us_duty, us_reserve",
    "US:suspend=us_duty+stop=us_reserve@2026-03-10": "there is no act 'stop'; expected one of extend, impose",
    "US:suspend=us_duty+escalate@2026-03-10": "there is no measure 'escalate'; expected one of",
    "US:escalate+hold@2026-03-10": "there is no move 'escalate+hold'; did you mean escalate?",
    "US:deal=us_duty+cn_ban@2026-03-10": "expected two governments such as US+CN",
    "US+US:deal=us_duty+cn_ban@2026-03-10": "expected two governments such as US+CN",
    "US+EU:deal=us_duty+cn_ban@2026-03-10": "there is no government 'EU'; expected one of CN, US",
    "US+CN:deal=us_dutty@2026-03-10": "there is no clause 'us_dutty'; did you mean us_duty?",
    "US+CN:deal=@2026-03-10": "there is no clause ''; expected one of cn_ban, us_duty, us_reserve",
    "US+CN:deal@2026-03-10": "there is no clause ''; expected one of cn_ban, us_duty, us_reserve",
    "US+CN:deal=us_duty+us_duty@2026-03-10": "expected one clause on each measure, got two on us_duty",
    "US+CN:deal=us_duty@2027-03-10": "expected a day of the run (2026-01-01 to 2026-12-31), got 2027-03-10",
}


def test_a_deal_of_more_than_sixteen_clauses_is_refused() -> None:
    assert sentence(f"US+CN:deal={'+'.join(['us_duty'] * 17)}@2026-03-10").endswith(
        "at most 16 clauses, got 17"
    )


def forced(*texts: str) -> dict[tuple[int, int, int], list[Force]]:
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


def test_a_move_is_forced_towards_every_partner_and_the_rulebook_finds_the_package() -> None:
    day = date(2026, 3, 2).toordinal()
    assert forced("US:escalate@2026-03-02") == {(day, 0, 1): [Force(day, 0, 1, ESCALATE, NO_ACT, -1)]}
    assert forced("CN>US:hold@2026-03-02")[day, 1, 0][0].move == HOLD


def test_an_act_on_a_measure_is_forced_towards_its_target() -> None:
    day = date(2026, 11, 10).toordinal()
    assert forced(" CN:extend=cn_ban@2026-11-10 ") == {(day, 1, 0): [Force(day, 1, 0, RELAX, EXTEND, 2)]}


def test_a_package_is_forced_act_by_act_and_an_act_holds_for_all_measures_after_it() -> None:
    day = date(2026, 3, 10).toordinal()
    both = [Force(day, 0, 1, RELAX, LIFT, 0), Force(day, 0, 1, RELAX, LIFT, 1)]
    assert forced("US:lift=us_duty+us_reserve@2026-03-10") == {(day, 0, 1): both}
    assert forced("US: lift = us_duty + lift = us_reserve @2026-03-10") == {(day, 0, 1): both}
    mixed = [Force(day, 0, 1, RELAX, SUSPEND, 0), Force(day, 0, 1, RELAX, LIFT, 1)]
    assert forced("US:suspend=us_duty+lift=us_reserve@2026-03-10") == {(day, 0, 1): mixed}


def test_a_package_is_against_one_partner() -> None:
    triangle = sim.scenario("triangle")
    text = "US:reactivate=us_reciprocal_24+impose=us_eu_digital_duty@2026-03-10"
    with pytest.raises(sim.ForceError, match="expected measures against one partner"):
        forces_of([text], triangle, names_of(triangle))


def test_all_acts_of_a_forced_package_that_are_legal_are_carried_out_that_evening() -> None:
    text = "CN:reactivate=cn_ga_ge_sb_ban+cn_oct9_controls+impose=cn_detour_crackdown@2025-11-12"
    model = sim.TradeModel("busan", rng=1, until="2025-11-12", force=text).run()
    (made,) = (d for d in model.decisions if d.reason == 3)
    acts = [(a.act, model.names.measures[a.measure]) for a in made.acts]
    assert acts == [
        (REACTIVATE, "cn_ga_ge_sb_ban"),
        (REACTIVATE, "cn_oct9_controls"),
        (IMPOSE, "cn_detour_crackdown"),
    ]
    illegal = text.replace("reactivate=", "raise=").replace("impose=", "reactivate=")
    model = sim.TradeModel("busan", rng=1, until="2025-11-12", force=illegal).run()
    (made,) = (d for d in model.decisions if d.reason == 3)
    assert (made.requested, made.move, made.acts) == (ESCALATE, HOLD, ())


@pytest.mark.parametrize(
    "words",
    [
        ("--force", "US:suspend=us_duty+impose=us_reserve@2026-03-10"),
        ("--force", "CN:reactivate=cn_ban+cn_ban@2026-03-10"),
        ("--force", "US:suspend=cn_ban@2026-03-10"),
        ("--set", "packages=maybe"),
        ("--set", "deals.truce.tolerance=1.5"),
        ("--set", "deals.truce.EU.stake=1"),
        ("--set", "deals.truc.US.stake=1"),
    ],
)
def test_whoever_asks_for_what_cannot_be_is_told_so_once_and_nothing_is_written(
    words: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert called("run", FILE, *words) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("snapback: ") and len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
