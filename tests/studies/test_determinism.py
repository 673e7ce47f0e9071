"""Whether luck may change what a strategy says: in doubt it may."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.domain.view import View
from sim.engines.compiler.prepared_scenario import prepare
from sim.engines.run_spec import RunSpec
from sim.strategies.strategy_register import Strategy, names, parse, probabilities
from sim.studies.settings import depends_on_luck, uses_luck


def drawn(one: Strategy) -> bool:
    """Whether luck may change what a strategy says with the parameters that it has."""
    return bool(uses_luck(one, np.array([list(one.parameters.values())]))[0])


@st.composite
def views(draw: st.DrawFn) -> View:
    """Any view."""
    numbers = {name: draw(st.integers(-3, 400)) for name in View._fields}
    last = st.sampled_from([ESCALATE, HOLD, RELAX])
    flags = {name: draw(st.booleans()) for name in View._fields if name.startswith("can_") or name == "game"}
    said = {"my_last_move": draw(last), "their_last_move": draw(last), "provoked": draw(st.booleans())}
    return View(**{**numbers, **flags, **said, "luck": draw(st.floats(0, 1, exclude_max=True))})


@given(st.sampled_from(names()), st.data())
def test_what_is_said_not_to_draw_says_the_same_whatever_luck_is(name: str, data: st.DataObject) -> None:
    known = parse(name)
    values = {
        key: data.draw(st.sampled_from([0.0, 1.0, 0.5, value, -1.0, 2.0]))
        for key, value in known.parameters.items()
    }
    one = replace(known, parameters=values)
    if not drawn(one):
        assert max(probabilities(one, data.draw(views()))) == 1.0


@pytest.mark.parametrize(
    ("spelled", "may"),
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
def test_the_shipped_strategies_draw_where_their_parameters_let_them(spelled: str, may: bool) -> None:
    assert drawn(parse(spelled)) == may


def leaning(view, share=0.0):
    return HOLD if view.luck < share else RELAX


def handed_on(view, share=0.0):
    return leaning(view, share)


@pytest.mark.parametrize("rule", [leaning, handed_on])
def test_in_doubt_luck_may_change_what_is_said(rule) -> None:
    assert drawn(Strategy("rule", rule, "test", {"share": 0.0}))


def test_a_strategy_may_say_where_it_is_sure() -> None:
    at = [Strategy("rule", handed_on, "test", {"share": share}, sure=(0.0, 1.0)) for share in (0.0, 0.5, 1.0)]
    assert [drawn(one) for one in at] == [False, True, False]


def test_a_game_in_which_moves_come_out_wrong_is_left_to_luck() -> None:
    on = prepare(RunSpec("ipd", strategy=("ROW=grim", "COL=hold"), overrides=("game.error=0",)))
    assert not depends_on_luck(on, {}, 3).any()
    assert list(depends_on_luck(on, {"game.error": np.array([0.0, 0.1])}, 2)) == [False, True]
