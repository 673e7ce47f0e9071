"""One definition of truces: its thresholds, and that compiled outcomes read the same one."""

from hypothesis import given
from test_outcome_laws import any_life

from sim.domain.constants import ESCALATE, EXTEND, NEVER, RELAX
from sim.outcomes.episodes import Step, first_escalation, truce_day, truces

WAR = Step(10, 0, ESCALATE)
EASE = (Step(20, 0, RELAX, 3), Step(45, 1, RELAX, 1))


def test_a_truce_lasts_from_the_second_relaxation_to_the_next_escalation():
    (truce,) = truces((WAR, *EASE), 30, 3)
    assert truce == (45, 10, NEVER)
    (truce,) = truces((WAR, *EASE, Step(60, 1, ESCALATE)), 30, 3)
    assert truce == (45, 10, 60)


def test_no_truce_of_one_side_too_far_apart_too_light_or_with_an_escalation_between():
    assert not truces((WAR, EASE[0]), 30, 3)
    assert not truces((WAR, *EASE), 24, 3)
    assert not truces((WAR, *EASE), 30, 4)
    assert not truces((EASE[0], Step(30, 0, ESCALATE), EASE[1]), 30, 0)
    assert truces(EASE, 30, 0) == [(45, NEVER, NEVER)]


@given(any_life())
def test_what_compiled_outcomes_read_is_the_first_truce_however_far_apart_and_light(run):
    first = first_escalation(run, -1, -1)
    if first < 0:
        return
    pair = {run.moves[first].government, run.moves[first].partner}
    steps = [
        Step(m.day, m.government, m.move)
        for m in run.moves[first:]
        if {m.government, m.partner} == pair and (m.move == ESCALATE or (m.move == RELAX and m.act != EXTEND))
    ]
    found = truces(steps, 10**6, 0.0)
    assert truce_day(run, first) == (found[0].day if found else NEVER)
