"""Strategies of users in the ensemble: what can be compiled, and what is said of the rest."""

from pathlib import Path

import pytest
from twins import assert_same_runs

import sim
from sim.engines.ensemble import ensemble
from sim.strategies.strategy_register import REGISTER, Strategy

pytestmark = pytest.mark.usefixtures("compiled_once")

SHORT = "2026-03-31"
HEAD = """
import math
from sim import ESCALATE, HOLD, RELAX, Move, View, strategy

SEEN = []
LIMIT = 0.3


def doubtful(luck):
    return math.sqrt(luck) < LIMIT


@strategy(source="a test")
def {name}(view: View, weight: float = 0.5) -> Move:
    "A test."
    {body}
"""


def written(folder: Path, name: str, body: str) -> str:
    """A strategy file, as the command line spells it."""
    path = folder / f"{name}.py"
    path.write_text(HEAD.format(name=name, body=body), "utf-8")
    return str(path)


def test_a_file_with_its_own_functions_and_constants_plays_as_on_mesa(tmp_path):
    body = "return ESCALATE if doubtful(view.luck * weight) else HOLD"
    path = written(tmp_path, "with_helper", body)
    played = assert_same_runs("busan", runs=2, seed=2, until=SHORT, strategy=f"US={path}")
    assert any(move.move == sim.ESCALATE for life in played.records for move in life.moves)


REFUSED = {
    "with_text": 'said = {"a": HOLD, 1: "b"}; return said["a"]',
    "with_replace": "calm = view._replace(luck=0.0); return HOLD",
    "with_import": "import random; return HOLD if random.random() < 1 else RELAX",
    "with_state": "SEEN.append(view.luck); return HOLD",
    "with_format": 'return HOLD if f"{view.luck:.3f}" else RELAX',
}


FIRST = ("with_text", "with_state")  # of two kinds: a type that rules do not have, and a world outside them


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in FIRST else pytest.mark.slow) for name in REFUSED]
)
def test_what_numba_cannot_compile_is_refused_with_its_line_and_plays_on_mesa(tmp_path, name):
    path = written(tmp_path, name, REFUSED[name])
    with pytest.raises(sim.StrategyError) as caught:
        ensemble("busan", runs=1, strategy=f"US={path}")
    said = str(caught.value)
    assert said.startswith(f"strategy {name}: Numba cannot compile line 16 of {name}.py")
    assert REFUSED[name][:20] in said
    assert "numbers, comparisons, if and math" in said
    assert len(said.splitlines()) == 1
    assert len(said) < 500
    sim.TradeModel("busan", rng=1, until="2025-12-31", strategy=f"US={path}").run()


@pytest.mark.parametrize(("name", "body"), [("says_luck", "return view.luck"), ("says_yes", "return True")])
def test_what_is_no_move_is_refused_before_a_run(tmp_path, name, body):
    path = written(tmp_path, name, body)
    with pytest.raises(sim.StrategyError, match="expected ESCALATE, HOLD or RELAX"):
        ensemble("busan", runs=1, strategy=f"US={path}")


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("says_seven", "return 7", "expected ESCALATE, HOLD or RELAX, got 7 in run 5 on 2025-"),
        ("divides", "return HOLD if 1.0 / (view.luck - view.luck) > weight else RELAX", "its rule failed"),
    ],
)
def test_what_goes_wrong_in_a_run_is_said_with_run_and_day(tmp_path, name, body, said):
    path = written(tmp_path, name, body)
    with pytest.raises(sim.StrategyError, match=said):
        ensemble("busan", runs=2, first_run=5, strategy=f"US={path}")
    with pytest.raises(sim.StrategyError):
        sim.TradeModel("busan", rng=1, strategy=f"US={path}").run()


@pytest.mark.parametrize(
    "given", [{"runs": 0}, {"threads": 0}, {"first_run": -1}, {"first_run": 2**32}, {"seed": -1}]
)
def test_numbers_that_are_none_are_refused(given):
    with pytest.raises(sim.EngineError):
        ensemble("busan", **{"runs": 1, **given})


NOTED = """
def bold(luck):
    return luck < LIMIT

def noted(view):
    "A test."
    return 0 if bold(view.luck) else 1
"""


def test_a_constant_changed_in_a_notebook_counts_from_then_on(monkeypatch):
    cells = {"__name__": "a_notebook", "LIMIT": 0.0}
    exec(NOTED, cells)
    monkeypatch.setitem(REGISTER, "noted", Strategy("noted", cells["noted"], "a test"))
    timid = assert_same_runs("busan", runs=1, seed=2, until=SHORT, strategy="US=noted")
    cells["LIMIT"] = 1.0
    bold = assert_same_runs("busan", runs=1, seed=2, until=SHORT, strategy="US=noted")
    assert not (timid.terms == bold.terms).all()


REMEMBERING = """
from sim import ESCALATE, HOLD, Memory, Move, View, strategy


def note(memory: Memory, place: int) -> None:
    memory[place] = memory[place] + 1


@strategy(source="a test", memory=2)
def {name}(view: View, memory: Memory, every: int = 3) -> Move:
    "A test."
    note(memory, {place})
    return ESCALATE if memory[0] % every == 0 else HOLD
"""


def test_a_memory_is_written_by_its_own_functions_and_is_one_of_each_partner(tmp_path):
    path = tmp_path / "counts.py"
    path.write_text(REMEMBERING.format(name="counts", place=0), "utf-8")
    strategy = {code: f"{path}:every={k + 2}" for k, code in enumerate(("US", "CN", "EU"))}
    played = assert_same_runs("triangle", runs=2, seed=1, strategy=strategy, until=SHORT)
    for life in played.records:
        for me, other in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]:
            asked = [m.requested for m in life.moves if (m.government, m.partner) == (me, other)]
            due = [sim.ESCALATE if k % (me + 2) == 0 else sim.HOLD for k in range(1, len(asked) + 1)]
            assert asked == due


def test_a_memory_written_beyond_its_end_fails_on_both_engines(tmp_path):
    path = tmp_path / "beyond.py"
    path.write_text(REMEMBERING.format(name="beyond", place=2), "utf-8")
    for other in ("hold", "gradual"):  # nothing lies behind it, or room that another strategy needs
        strategy = {"US": str(path), "CN": other}
        with pytest.raises(sim.StrategyError, match="beyond: its rule failed in run 0 on 2025-"):
            ensemble("busan", runs=1, strategy=strategy)
        with pytest.raises(sim.StrategyError, match="beyond: its rule failed with IndexError"):
            sim.TradeModel("busan", rng=0, strategy=strategy).run()


def test_every_run_begins_with_an_empty_memory():
    strategy = {"US": "gradual", "CN": "random_move"}
    together = ensemble("busan", runs=80, seed=4, until=SHORT, strategy=strategy)
    alone = ensemble("busan", runs=1, seed=4, first_run=79, until=SHORT, strategy=strategy, record=True)
    assert (together.terms[79] == alone.terms[0]).all()
