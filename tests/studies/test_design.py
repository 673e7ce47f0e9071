"""Designs lay out the cells that they name."""

import numpy as np
import pytest

from sim.domain.errors import StudyError
from sim.studies.design import saltelli

DRAWN = """
[uncertainties.threat]
number = "deals.busan.CN.stake"

[uncertainties.stocks]
numbers = ["US.gallium.stock", "US.germanium.stock"]
low = 1
high = 16
distribution = "log_uniform"

[uncertainties.lag]
number = "CN.reaction_days"
"""


def test_a_grid_has_every_combination_once(ask) -> None:
    cells = ask().spec.cells.frame()
    assert list(cells.columns) == ["cell", "washington", "beijing"]
    combined = set(zip(cells["washington"], cells["beijing"], strict=True))
    assert combined == {(w, b) for w in (0.1, 0.9) for b in ("payoff_logit", "tit_for_tat")}
    assert len(cells) == 4


def test_several_scenarios_are_a_lever(ask) -> None:
    head = 'title = "a"\nquestion = "b"\nscenario = ["busan", "busan_court"]\nuntil = 2025-12-01\nruns = 2\n'
    asked = ask(head=head, levers="")
    assert list(asked.spec.cells.frame()["scenario"]) == ["busan", "busan_court"]
    assert [setting.scenario for setting in asked.settings] == ["busan", "busan_court"]


def test_rows_of_a_list_are_played_as_they_stand_and_what_they_leave_out_as_shipped(ask) -> None:
    rows = (
        'kind = "list"\nrows = [{ beijing = "tit_for_tat", washington = 0.5 }, { beijing = "payoff_logit" }]'
    )
    cells = ask(rows).spec.cells.frame()
    assert list(cells["washington"]) == [0.5, 0.9]
    assert list(cells["beijing"]) == ["tit_for_tat", "payoff_logit"]


def test_a_latin_hypercube_has_one_point_in_every_slice(ask) -> None:
    asked = ask('kind = "latin_hypercube"\npoints = 20', levers=DRAWN)
    threat = asked.spec.cells.columns["threat"]
    low, high = 0.0, 40.0
    assert sorted(np.floor(20 * (threat - low) / (high - low))) == list(range(20))
    lag = asked.spec.cells.columns["lag"]
    assert (lag % 1 == 0).all()
    assert lag.min() >= 1
    stocks = np.log2(asked.spec.cells.columns["stocks"])
    assert sorted(np.floor(20 * stocks / 4)) == list(range(20))


def test_a_nested_design_draws_the_same_uncertainties_for_every_combination(ask) -> None:
    asked = ask(
        'kind = "nested"\npoints = 5',
        levers=DRAWN + '[levers.us]\nnumber = "US.renewal_belief"\nvalues = [0, 1]\n',
    )
    cells = asked.spec.cells.frame()
    assert len(cells) == 10
    for name in ("threat", "stocks", "lag"):
        assert list(cells[cells["us"] == 0][name]) == list(cells[cells["us"] == 1][name])


def test_a_sobol_design_changes_one_column_at_a_time() -> None:
    sample = saltelli(3, 8, seed=1)
    a, b, mixed = sample[:8], sample[8:16], sample[16:].reshape(3, 8, 3)
    for k in range(3):
        others = [j for j in range(3) if j != k]
        assert (mixed[k][:, k] == b[:, k]).all()
        assert (mixed[k][:, others] == a[:, others]).all()


def test_the_same_seed_draws_the_same_cells_and_another_one_others(ask) -> None:
    design = 'kind = "latin_hypercube"\npoints = 8'
    one, again = (ask(design, levers=DRAWN).spec.cells.columns["threat"] for _ in range(2))
    head = 'title = "a"\nquestion = "b"\nuntil = 2026-01-15\nruns = 2\nseed = 2\n'
    other = ask(design, levers=DRAWN, head=head).spec.cells.columns["threat"]
    assert (one == again).all()
    assert (one != other).all()


def test_identical_cells_are_refused(ask) -> None:
    twice = '[levers.washington]\nnumber = "US.renewal_belief"\nvalues = [0.5, 0.1, 0.5]\n'
    with pytest.raises(StudyError, match=r"cells that differ, got the same more than once: washington 0.5"):
        ask(levers=twice)


def test_every_assumption_with_a_range_is_an_uncertainty_but_those_left_out(ask) -> None:
    head = 'title = "a"\nquestion = "b"\nuntil = 2025-12-01\nuncertainties = "assumptions"\nruns = 2\n'
    left_out = '"us_phase_one_duty.level", "cn_chip_antidumping.level", "cn_chip_antidumping.coverage"'
    asked = ask(f'kind = "sobol"\npoints = 2\nwithout = [{left_out}]', levers="", head=head)
    names = [factor.name for factor in asked.spec.cells.factors]
    assert "deals.busan.CN.stake" in names
    assert "us_phase_one_duty.level" not in names
    assert len(asked.settings) == 1
    assert len(asked.spec.cells) == 2 * (len(names) + 2)
