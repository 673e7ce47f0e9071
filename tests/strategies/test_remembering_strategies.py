"""What the strategies with a memory answer, one decision after the other, by their papers."""

from datetime import date, timedelta
from typing import Any

import pytest
from views import seen

import sim
from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.strategies import find

LETTER = {ESCALATE: "E", HOLD: "h", RELAX: "r"}
OF_LETTER = {letter: move for move, letter in LETTER.items()}
GAME = {"can_relax": False, "game": True}


def answers(name: str, theirs: str, mine: str | None = None, **parts: Any) -> str:
    """The moves of a strategy, a letter each, to what it sees of the partner.

    Args:
        name: of the strategy.
        theirs: what the partner did before each decision: E, r, or h for nothing; a digit is as many
            escalations.
        mine: what came of its own moves before each decision; what it said if None.
        parts: of its view.
    """
    memory, said, escalations = [0.0] * find(name).memory, "", 0
    for k, letter in enumerate(theirs):
        escalations += int(letter) if letter.isdigit() else letter == "E"
        last = ESCALATE if letter.isdigit() else OF_LETTER[letter]
        own = mine[k] if mine else ("h" + said)[-1]
        view = seen(their_last_move=last, their_escalations=escalations, my_last_move=OF_LETTER[own], **parts)
        said += LETTER[find(name)(view, memory)]
    return said


def test_tit_for_two_tats_lets_one_escalation_pass_and_answers_each_that_follows_at_once() -> None:
    assert answers("tit_for_two_tats", "hEhEhhEEEhEE", **GAME) == "hhhhhhhEEhhE"


def test_in_a_world_quiet_decisions_do_not_make_tit_for_two_tats_forget() -> None:
    assert answers("tit_for_two_tats", "hEhhEhEh") == "hhhhEhEh"


def test_a_relaxation_makes_tit_for_two_tats_forget_and_is_answered() -> None:
    assert answers("tit_for_two_tats", "ErEhEr") == "hrhhEr"


def test_two_escalations_before_one_decision_are_two_tats() -> None:
    assert answers("tit_for_two_tats", "h2h") == "hEh"


def test_gradual_punishes_once_more_each_time_and_makes_peace_twice() -> None:
    assert answers("gradual", "hEhhhEhhhhEhhhhhh") == "hErrhEErrhEEErrhh"


def test_gradual_counts_no_escalation_while_it_punishes_or_makes_peace() -> None:
    assert answers("gradual", "EEEEEEEEEhhh") == "ErrEErrEEErr"


def test_gradual_answers_a_relaxation_once_it_is_at_peace() -> None:
    assert answers("gradual", "rEhhr") == "rErrr"


def test_contrite_answers_in_kind_as_tit_for_tat_does() -> None:
    assert answers("contrite", "hEEhrEh", **GAME) == "hEEhrEh"


def test_contrite_bears_the_answer_to_its_own_slip() -> None:
    assert answers("contrite", theirs="hhEh", mine="hEhh", **GAME) == "hrhh"


def test_contrite_is_sorry_until_it_has_not_escalated() -> None:
    assert answers("contrite", theirs="hEEEE", mine="EEEhh", **GAME) == "rrrhE"


def test_two_who_slip_at_once_owe_each_other_nothing() -> None:
    assert answers("contrite", theirs="hEh", mine="hEh", **GAME) == "hhh"


# Row, column, the column's slip in the fourth round, and what both play from there on (Wu and Axelrod 1995).
SLIPS = [
    ("tit_for_tat", "tit_for_tat", "hEhEhE", "EhEhEh"),
    ("contrite", "contrite", "hEhhhh", "Ehhhhh"),
    ("tit_for_tat", "contrite", "hEhhhh", "Ehhhhh"),
    ("contrite", "tit_for_tat", "hEhEhE", "EhEhEh"),
    ("tit_for_two_tats", "tit_for_tat", "hhhhhh", "Ehhhhh"),
    ("gradual", "gradual", "hEhhhh", "EhEhhh"),
]


@pytest.mark.parametrize(("row", "column", "rows", "columns"), SLIPS)
def test_a_slip_is_overcome_or_not(row: str, column: str, rows: str, columns: str) -> None:
    slip = date(2000, 1, 1) + timedelta(days=3)
    model = sim.TradeModel(
        "ipd",
        rng=1,
        until=str(slip + timedelta(days=5)),
        strategy={"ROW": row, "COL": column},
        force=f"COL:escalate@{slip}",
        set="game.error=0",
    ).run()
    moves = ["".join(LETTER[d.move] for d in model.decisions if d.government == k) for k in (0, 1)]
    assert moves == ["hhh" + rows, "hhh" + columns]


@pytest.mark.parametrize("name", ["tit_for_two_tats", "gradual", "contrite"])
def test_they_escalate_and_relax_in_a_world_of_measures_too(name: str) -> None:
    model = sim.TradeModel("busan", rng=1, strategy={"US": "random_move", "CN": name}).run()
    said = {d.requested for d in model.decisions if d.government == 1}
    assert said == {ESCALATE, HOLD, RELAX}
