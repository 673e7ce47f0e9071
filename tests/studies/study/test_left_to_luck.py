"""Whether luck may change what a strategy says is read from its source, and in doubt it may."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.view import View
from sim.domain.words import ESCALATE, HOLD, RELAX
from sim.engines.stage import stage
from sim.strategies.register import Strategy, chances, names, parse
from sim.studies.study.left_to_luck import draws, left_to_luck

LIMIT = 0.0


@st.composite
def views(draw: st.DrawFn) -> View:
    """Any view."""
    numbers = {name: draw(st.integers(-3, 400)) for name in View._fields}
    last = st.sampled_from([ESCALATE, HOLD, RELAX])
    flags = {name: draw(st.booleans()) for name in View._fields if name.startswith("can_")}
    said = {"my_last_move": draw(last), "their_last_move": draw(last), "provoked": draw(st.booleans())}
    return View(**{**numbers, **flags, **said, "luck": draw(st.floats(0, 1, exclude_max=True))})


@given(st.sampled_from(names()), st.data())
def test_what_is_said_not_to_draw_says_the_same_whatever_luck_is(name: str, data: st.DataObject) -> None:
    known = parse(name)
    values = {
        key: data.draw(st.sampled_from([0.0, 1.0, 0.5, value, -1.0, 2.0]))
        for key, value in known.parameters.items()
    }
    one = Strategy(known.name, known.rule, known.source, values)
    if not draws(one):
        assert max(chances(one, data.draw(views()))) == 1.0


@pytest.mark.parametrize(
    ("spelled", "drawn"),
    [
        ("hold", False),
        ("tit_for_tat", False),
        ("tit_for_tat:generosity=0.1", True),
        ("tit_for_tat:generosity=1", False),
        ("memory_one", False),
        ("memory_one:cd=0.5", True),
        ("random_move", True),
        ("random_move:escalate=0,relax=0", False),
        ("payoff_logit", True),
    ],
)
def test_the_shipped_strategies_draw_where_their_parameters_let_them(spelled: str, drawn: bool) -> None:
    assert draws(parse(spelled)) == drawn


def kept(view, share=0.0):
    return HOLD if view.luck < share else RELAX


def limited(view, share=0.0):
    calm = LIMIT if view.provoked else share
    chance = calm
    if view.quiet_days > 3:
        chance = 1.0 - calm
    return HOLD if chance > view.luck else RELAX


def asking(view, share=0.0):
    return kept(view)


def by_place(view, share=0.0):
    return HOLD if view[29] < 0.5 else RELAX


def by_another_name(view, share=0.0):
    v = view
    return HOLD if v.luck < 0.5 else RELAX


def taken_out(view, share=0.0):
    return HOLD if view._asdict()["luck"] < 0.5 else RELAX


def asked_by_name(view, share=0.0):
    return HOLD if getattr(view, "luck") < 0.5 else RELAX  # noqa: B009


def growing(view, share=0.0):
    share += 0.5
    return HOLD if view.luck < share else RELAX


def between(view, share=0.0):
    return HOLD if 0.2 < view.luck < 0.3 else RELAX


def scaled(view, share=0.0):
    return HOLD if 2.0 * view.luck < share else RELAX


def hidden(view, share=0.0):
    share = view.my_pressure
    return HOLD if view.luck < share else RELAX


@pytest.mark.parametrize("rule", [kept, limited])
def test_comparisons_that_no_luck_changes_do_not_draw(rule) -> None:
    assert not draws(Strategy("rule", rule, "test", {"share": 0.0}))
    assert draws(Strategy("rule", rule, "test", {"share": 0.5}))


@pytest.mark.parametrize(
    "rule",
    [asking, by_place, by_another_name, taken_out, asked_by_name, growing, between, scaled, hidden],
)
def test_in_doubt_luck_may_change_what_is_said(rule) -> None:
    assert draws(Strategy("rule", rule, "test", {"share": 0.0}))


def test_a_game_in_which_moves_come_out_wrong_is_left_to_luck() -> None:
    on = stage("ipd", strategy=["ROW=grim", "COL=hold"], set=["game.error=0"])
    assert not left_to_luck(on, {}, 3).any()
    assert list(left_to_luck(on, {"game.error": np.array([0.0, 0.1])}, 2)) == [False, True]
