"""Outcomes of many runs: compiled and evaluated while runs are played, they are the numbers of the lives."""

import numpy as np
import pytest

import sim
from sim.domain.errors import OutcomeError
from sim.domain.run_record import RunRecord
from sim.outcomes import Outcome, find, names, parse
from sim.scenarios.load import scenario as load
from sim.studies.world_runs import outcome_values, run_records

PROVOKED = ("US:escalate@2026-03-02",)
GAMES = [name for name in sim.scenario_names() if load(name).game]


def outcomes_of(name: str) -> list[Outcome]:
    """Every registered outcome with its defaults, and on busan also as its example has it."""
    s = load(name)
    spelt = [*names(), *(find(n).example for n in names() if name == "busan")]
    return [parse(text, s, s.end.toordinal()) for text in spelt]


def kept(name, outcomes, **asked):
    """The outcomes of lives that are kept, asked in Python."""
    return np.array([[outcome(life) for outcome in outcomes] for life in run_records(name, **asked)])


@pytest.mark.parametrize("name", sim.scenario_names())
def test_every_outcome_is_exactly_the_number_of_the_life_in_every_shipped_scenario(name):
    outcomes = outcomes_of(name)
    asked = {"runs": 12, "seed": 3, "first_run": 5}
    force = PROVOKED if name in ("busan", "busan_court") else ()
    fast = outcome_values(name, outcomes, force=force, **asked)
    np.testing.assert_array_equal(fast, kept(name, outcomes, force=force, **asked))


def test_both_engines_measure_the_same():
    outcomes = [o for o in outcomes_of("busan") if o.name != "cost"]
    asked = {"runs": 2, "seed": 8, "until": "2026-06-30"}
    fast = outcome_values("busan", outcomes, **asked)
    np.testing.assert_allclose(fast, outcome_values("busan", outcomes, engine="mesa", **asked), rtol=1e-12)


def test_threads_and_numbers_that_differ_change_nothing_else():
    outcomes = outcomes_of("busan")
    beliefs = np.linspace(0.1, 0.9, 150)
    asked = {"runs": 150, "seed": 2, "until": "2026-03-31", "vary": {"US.renewal_belief": beliefs}}
    alone = outcome_values("busan", outcomes, **asked)
    np.testing.assert_array_equal(alone, outcome_values("busan", outcomes, threads=2, **asked))
    part = {**asked, "runs": 3, "first_run": 100, "vary": {"US.renewal_belief": beliefs[100:103]}}
    np.testing.assert_array_equal(alone[100:103], outcome_values("busan", outcomes, **part))


def made(rule, **parameters) -> Outcome:
    """An outcome of a function, as the register makes it."""
    return Outcome(rule.__name__, rule, "days", rule.__name__, {}, parameters, rule.__name__)


def with_text(life: RunRecord) -> float:
    """What Numba cannot compile."""
    return float(len(f"{len(life.moves):.3f}"))


def last_move_less(life: RunRecord, days: int = 0, share: float = 1.0) -> float:
    """What takes whole numbers and others."""
    return share * (life.moves[len(life.moves) - 1].day - life.start - days // 2)


def test_what_cannot_be_compiled_is_asked_of_lives_with_the_same_numbers():
    cost = parse("cost", load("busan"), 0)
    asked = {"runs": 4, "seed": 1, "until": "2026-01-31"}
    found = outcome_values("busan", [cost, made(with_text)], **asked)
    np.testing.assert_array_equal(found, kept("busan", [cost, made(with_text)], **asked))
    np.testing.assert_array_equal(found[:, :1], outcome_values("busan", [cost], **asked))


def test_whole_parameters_stay_whole():
    asked = {"runs": 4, "seed": 1, "until": "2026-03-31"}
    known = made(last_move_less, days=3, share=0.5)
    np.testing.assert_array_equal(outcome_values("busan", [known], **asked), kept("busan", [known], **asked))


def fails_without_escalation(life: RunRecord) -> float:
    """What divides by nothing in some runs."""
    escalations = 0
    for m in life.moves:
        if m.move == sim_escalate:
            escalations += 1
    return 1.0 / escalations


sim_escalate = sim.ESCALATE


@pytest.mark.parametrize("rule", [fails_without_escalation], ids=lambda rule: rule.__name__)
def test_an_outcome_that_fails_names_its_run_however_it_is_evaluated(rule):
    asked = {"runs": 6, "seed": 1, "first_run": 40, "strategy": ["US=hold", "CN=hold"], "until": "2026-01-31"}
    with pytest.raises(OutcomeError, match=r"fails_without_escalation.*ZeroDivisionError.*in run 40$"):
        outcome_values("busan", [made(rule)], **asked)
    with pytest.raises(OutcomeError, match=r"in run 40$"):
        outcome_values("busan", [made(rule)], engine="mesa", **asked)


def test_an_unknown_engine_is_refused():
    with pytest.raises(sim.SnapbackError, match="ensembel"):
        outcome_values("busan", [], runs=1, seed=1, engine="ensembel")
