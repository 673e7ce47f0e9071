"""The months played by the rulebook: the same chances as the Mesa engine, and no look ahead."""

from datetime import date

import numpy as np
import pytest

from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.engines.mesa_engine import TradeModel
from sim.estimation.daily_replay import READ_AS, day_decisions
from sim.estimation.likelihood import numbers_of, tables_of, values_of
from sim.estimation.replay import LAG, WORLD, rounds_of
from sim.record.events import SIDES
from sim.record.months import month_range

YEAR = month_range("2018-01:2018-12")


@pytest.fixture(scope="module")
def rounds(fitted):
    return rounds_of(fitted.record, fitted.steps, fitted.coded, YEAR)


@pytest.fixture(scope="module")
def tables(fitted, rounds):
    return tables_of(fitted.model, fitted.fitted.point, rounds)[0]


def test_chances_of_a_round_add_up_to_one(tables):
    assert tables.min() >= 0
    np.testing.assert_allclose(tables.sum((2, 3)), 1.0, atol=1e-12)


@pytest.mark.parametrize("mood", [0, 1])
def test_the_mesa_engine_gives_the_first_round_the_same_chances(fitted, tables, mood):
    differing, same = numbers_of(fitted.model, fitted.fitted.point)
    values = {name: given[mood] for name, given in differing.items()} | same
    overrides = [
        f"{code}.{name}={float(v[k])!r}" for name, v in values.items() for k, code in enumerate(SIDES)
    ]
    precision = values_of(fitted.model, fitted.fitted.point, "precision")[mood]
    players = [f"{code}=payoff_logit:precision={float(precision[k])!r}" for k, code in enumerate(SIDES)]
    model = TradeModel(WORLD, rng=1, until="2018-01-08", set=overrides, strategy=players).run()
    first, second = model.decisions
    assert (second.day - first.day, first.government, second.government) == (LAG, 0, 1)
    table = tables[0, mood]
    np.testing.assert_allclose(table.sum(1), first.probabilities, atol=1e-9)
    np.testing.assert_allclose(table[first.move] / table[first.move].sum(), second.probabilities, atol=1e-9)


def test_rows_of_a_month_and_after_it_do_not_change_its_chances(fitted, rounds, tables):
    start = date(2018, 9, 1)
    earlier = fitted.record._replace(
        events=tuple(e for e in fitted.record.events if e.date_announced < start)
    )
    steps = [step for step in fitted.steps if step.date <= start]
    coded = [month for month in fitted.coded if month.month < month_range("2018-09")[0]]
    known = rounds_of(earlier, steps, coded, YEAR)
    again = tables_of(fitted.model, fitted.fitted.point, known)[0]
    np.testing.assert_array_equal(again[:9], tables[:9])
    assert not np.array_equal(again[9:], tables[9:])


def test_an_escalation_makes_the_answer_likelier_than_holding_does(tables):
    answers = tables / tables.sum(3, keepdims=True)
    assert (answers[:, :, ESCALATE, ESCALATE] > answers[:, :, HOLD, ESCALATE]).mean() > 0.9


def test_a_replay_goes_on_from_any_month_as_it_would_have_gone(fitted, rounds, tables):
    point = fitted.fitted.point
    _, states = tables_of(fitted.model, point, rounds, store_states=True)
    later = rounds._replace(
        months=rounds.months[6:],
        days=rounds.days[6:],
        moves=rounds.moves[6:],
        levels=rounds.levels[6:],
        renewed=rounds.renewed[6:],
    )
    again = tables_of(fitted.model, point, later, start=states[6])[0]
    np.testing.assert_array_equal(again, tables[6:])


def test_every_recorded_decision_has_its_day_and_its_chances(fitted, year):
    months = month_range("2018-01:2018-12")
    found = day_decisions(fitted, year, months)
    rows = [e for e in fitted.record.events if e.date_announced.year == 2018]
    assert sorted(name for d in found for name in d.ids) == sorted(e.id for e in rows)
    assert {d.day for d in found} == {e.date_announced for e in rows}
    assert all(abs(sum(d.probabilities) - 1) < 1e-12 for d in found)
    assert READ_AS["extension"] == HOLD and READ_AS["agreement"] == RELAX


def test_the_first_decision_of_a_month_on_its_first_day_has_the_chances_of_the_month(fitted, year):
    months = month_range("2019-08")
    found = day_decisions(fitted, year, months)
    at = year.rounds.months.index(months[0])
    assert found[0].day == date(2019, 8, 1)
    np.testing.assert_allclose(found[0].probabilities, year.probabilities[at, 0], atol=1e-9)


def test_who_decides_on_one_day_does_not_know_what_the_other_does_on_it(fitted, year):
    may = month_range("2025-05")

    def beijing(record):
        decisions = day_decisions(fitted._replace(record=record), year, may)
        return next(d for d in decisions if (d.day, d.side) == (date(2025, 5, 12), 1))

    alone = tuple(e for e in fitted.record.events if e.id != "US250512")
    assert len(alone) == len(fitted.record.events) - 1
    assert beijing(fitted.record._replace(events=alone)) == beijing(fitted.record)
