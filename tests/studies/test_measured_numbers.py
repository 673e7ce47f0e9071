"""Outcomes of many runs: compiled and evaluated while runs are played, they are the numbers of the lives."""

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.domain.errors import OutcomeError
from sim.domain.run_record import RunRecord
from sim.engines.compiler.outcome_functions import CompiledOutcome
from sim.engines.compiler.prepared_scenario import ends_of, prepare
from sim.engines.ensemble import simulate
from sim.engines.run_spec import RunSpec
from sim.outcomes import Outcome, find, names, parse
from sim.scenarios.load import scenario as load
from sim.studies.engine_choice import outcome_values, prepared_values, run_records

PROVOKED = ("US:escalate@2026-03-02",)
GAMES = [name for name in sim.scenario_names() if load(name).game]


def outcomes_of(name: str) -> list[Outcome]:
    """Every registered outcome with its defaults, and on busan and its eve also as its example has it."""
    s = load(name)
    spelt = [*names(), *(find(n).example for n in names() if name in ("busan", "busan_eve"))]
    return [parse(text, s, s.end.toordinal()) for text in spelt]


def by_record(spec, outcomes, **more):
    """The outcomes of records, evaluated in Python."""
    return np.array([[outcome(record) for outcome in outcomes] for record in run_records(spec, **more)])


@pytest.mark.parametrize("name", sim.scenario_names())
def test_every_outcome_is_exactly_the_number_of_the_life_in_every_shipped_scenario(name):
    outcomes = outcomes_of(name)
    spec = RunSpec(name, force=PROVOKED if name in ("busan", "busan_court") else (), runs=12, seed=3)
    fast = outcome_values(spec, outcomes, first_run=5)
    np.testing.assert_array_equal(fast, by_record(spec, outcomes, first_run=5))


def test_both_engines_measure_the_same():
    outcomes = [o for o in outcomes_of("busan") if o.name != "cost"]
    spec = RunSpec("busan", runs=2, seed=8, until="2026-06-30")
    fast = outcome_values(spec, outcomes)
    np.testing.assert_allclose(fast, outcome_values(replace(spec, engine="mesa"), outcomes), rtol=1e-12)


def test_threads_and_numbers_that_differ_change_nothing_else():
    outcomes = outcomes_of("busan")
    beliefs = np.linspace(0.1, 0.9, 150)
    spec = RunSpec("busan", runs=150, seed=2, until="2026-03-31")
    vary = {"US.renewal_belief": beliefs}
    on = prepare(spec, {path: ends_of(column) for path, column in vary.items()})
    alone = prepared_values(on, outcomes, numbers=np.arange(150), seed=2, values=vary)
    readings = [CompiledOutcome(o.rule, tuple(o.parameters.values())) for o in outcomes]
    two = simulate(on, np.arange(150), seed=2, values=vary, readings=readings, threads=2).readings
    np.testing.assert_array_equal(alone, two)
    some = {"US.renewal_belief": beliefs[100:103]}
    part = prepared_values(on, outcomes, numbers=np.arange(100, 103), seed=2, values=some)
    np.testing.assert_array_equal(alone[100:103], part)


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
    spec = RunSpec("busan", runs=4, until="2026-01-31")
    values = outcome_values(spec, [cost, made(with_text)])
    np.testing.assert_array_equal(values, by_record(spec, [cost, made(with_text)]))
    np.testing.assert_array_equal(values[:, :1], outcome_values(spec, [cost]))


def test_whole_parameters_stay_whole():
    spec = RunSpec("busan", runs=4, until="2026-03-31")
    outcomes = [made(last_move_less, days=3, share=0.5)]
    np.testing.assert_array_equal(outcome_values(spec, outcomes), by_record(spec, outcomes))


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
    spec = RunSpec("busan", runs=6, strategy=("US=hold", "CN=hold"), until="2026-01-31")
    with pytest.raises(OutcomeError, match=r"fails_without_escalation.*ZeroDivisionError.*in run 40$"):
        outcome_values(spec, [made(rule)], first_run=40)
    with pytest.raises(OutcomeError, match=r"in run 40$"):
        outcome_values(replace(spec, engine="mesa"), [made(rule)], first_run=40)


def test_an_unknown_engine_is_refused():
    with pytest.raises(sim.SnapbackError, match="ensembel"):
        outcome_values(RunSpec("busan", engine="ensembel"), [])
