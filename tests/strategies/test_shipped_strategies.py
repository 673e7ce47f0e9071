"""What each shipped strategy answers to what it sees."""

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from views import any_view, seen

from sim import ESCALATE, HOLD, RELAX, View
from sim.reports.templates.rendering import render
from sim.strategies import find, names, parse, probabilities

# Strategy, what it sees, its move.
ANSWERS: list[tuple[str, dict[str, Any], int]] = [
    ("tit_for_tat", {"their_last_move": ESCALATE}, ESCALATE),
    ("tit_for_tat", {"their_last_move": RELAX}, RELAX),
    ("tit_for_tat", {"their_last_move": HOLD}, HOLD),
    ("tit_for_tat", {"their_last_move": HOLD, "their_escalations": 9}, HOLD),
    ("tit_for_tat:generosity=0.3", {"their_last_move": ESCALATE, "luck": 0.29}, HOLD),
    ("tit_for_tat:generosity=0.3", {"their_last_move": ESCALATE, "luck": 0.3}, ESCALATE),
    ("tit_for_tat:generosity=1", {"their_last_move": ESCALATE, "luck": 0.999}, HOLD),
    ("grim", {}, HOLD),
    ("grim", {"their_escalations": 1}, ESCALATE),
    ("grim", {"their_escalations": 1, "their_last_move": RELAX, "quiet_days": 900}, ESCALATE),
    ("win_stay_lose_shift", {"my_last_move": ESCALATE, "their_last_move": HOLD}, ESCALATE),
    ("win_stay_lose_shift", {"my_last_move": ESCALATE, "their_last_move": ESCALATE}, HOLD),
    ("win_stay_lose_shift", {"my_last_move": HOLD, "their_last_move": ESCALATE}, ESCALATE),
    ("win_stay_lose_shift", {"my_last_move": HOLD, "their_last_move": RELAX}, HOLD),
    ("win_stay_lose_shift", {"my_last_move": RELAX, "their_last_move": HOLD}, HOLD),
    ("snapback", {}, HOLD),
    ("snapback", {"provoked": True}, ESCALATE),
    ("snapback", {"provoked": True, "can_reactivate": False}, HOLD),
    ("snapback", {"can_extend": True, "quiet_days": 59}, HOLD),
    ("snapback", {"can_extend": True, "quiet_days": 60}, RELAX),
    ("snapback", {"can_extend": True, "quiet_days": 60, "provoked": True}, ESCALATE),
    ("snapback", {"my_escalations": 1, "quiet_days": 60}, RELAX),
    ("snapback", {"my_escalations": 1, "my_relaxations": 1, "quiet_days": 60}, HOLD),
    ("snapback:quiet=10", {"can_extend": True, "quiet_days": 10}, RELAX),
    ("hold", {"provoked": True, "their_last_move": ESCALATE}, HOLD),
    ("always_escalate", {"their_last_move": RELAX}, ESCALATE),
    ("always_relax", {"their_last_move": ESCALATE, "provoked": True}, RELAX),
    ("random_move", {"luck": 0.0}, ESCALATE),
    ("random_move", {"luck": 0.5}, HOLD),
    ("random_move", {"luck": 0.9}, RELAX),
    ("random_move:escalate=0,relax=0", {"luck": 0.0}, HOLD),
    ("random_move:escalate=1", {"luck": 0.999}, ESCALATE),
    ("payoff_logit:precision=100", {}, HOLD),
    ("payoff_logit:precision=100", {"now_relax": 0.0}, RELAX),
    ("payoff_logit:precision=100,look_ahead=0", {"now_relax": -0.5}, HOLD),
    ("payoff_logit:precision=100", {"now_escalate": 9.0}, ESCALATE),
    ("payoff_logit:precision=100", {"now_escalate": 9.0, "can_escalate": False}, HOLD),
    ("payoff_logit:precision=0", {"luck": 0.1}, ESCALATE),
    ("payoff_logit:precision=0", {"luck": 0.5}, HOLD),
    ("payoff_logit:precision=0", {"luck": 0.9}, RELAX),
]


@pytest.mark.parametrize(("spelling", "parts", "move"), ANSWERS)
def test_a_strategy_answers_as_its_rule_says(spelling: str, parts: dict[str, Any], move: int) -> None:
    assert parse(spelling)(seen(**parts)) == move


@given(view=any_view)
def test_payoff_logit_never_does_what_it_cannot(view: View) -> None:
    escalate, _, relax = probabilities(parse("payoff_logit"), view)
    assert view.can_escalate or escalate == 0
    assert view.can_relax or relax == 0


@given(st.floats(-20, 20), st.floats(-20, 20), st.floats(0.01, 0.5), st.floats(0, 1))
def test_payoff_logit_chooses_with_odds_of_exp_precision_times_value(
    now: float, later: float, precision: float, look_ahead: float
) -> None:
    spelling = f"payoff_logit:precision={precision!r},look_ahead={look_ahead!r}"
    view = seen(now_escalate=now, later_escalate=later, now_hold=0.0, later_hold=0.0, can_relax=False)
    escalate, hold, relax = probabilities(parse(spelling), view)
    assert math.log(escalate / hold) == pytest.approx(precision * (now + look_ahead * later), abs=1e-6)
    assert relax == 0


def test_payoff_logit_without_precision_throws_even_dice() -> None:
    assert probabilities(parse("payoff_logit:precision=0"), seen()) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    forced = seen(can_escalate=False, can_relax=False)
    assert probabilities(parse("payoff_logit:precision=0"), forced) == (0, 1, 0)


def test_random_move_has_the_chances_it_is_given() -> None:
    found = probabilities(parse("random_move:escalate=0.2,relax=0.1"), seen())
    assert found == pytest.approx((0.2, 0.7, 0.1), abs=1e-12)


@pytest.mark.parametrize("name", names())
def test_a_template_that_was_left_as_it_began_does_not_pass(name):
    """Whoever adds a strategy says where its rule comes from, and what it does."""
    known = find(name)
    form = render("new_strategy.txt", name=name, title="")
    sentence = re.search(r'-> Move:\s+"""(.+)', form)[1]
    assert known.sentence != sentence
    assert f"{name}:" not in known.source and "where the rule comes from" not in known.source


def test_the_template_itself_would_not_pass():
    form = render("new_strategy.txt", name="mine", title="")
    assert "where the rule comes from" in form and 'source="mine:' in form
