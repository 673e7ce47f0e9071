"""Beijing's five answers of 2025: the world of each day, what the record has, and the count on the page."""

import re
from datetime import date
from pathlib import Path

import answers_of_2025
import pytest
from recorded_answers import GENEVA, QUESTIONS, SPIRAL, by_instrument, by_scenario
from rulebook_answers import Answers, Worth, acts_on, eve, past, verdict, verdicts, world_of

import sim
from sim.record.events import named_in, record
from sim.record.tariffs import step_on, tariff_steps

PAGE = Path(__file__).parents[1] / "results" / "answers_of_2025.md"
NAMES = [question.name for question in QUESTIONS]
each = pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)


@each
def test_every_escalation_in_the_record_on_these_days_is_an_act_of_the_answer(question):
    source = sim.scenario(question.scenario)
    named = {row for m in source.measures if m.id in question.taken for row in named_in(m)}
    rows = [
        row.id
        for row in record().events
        if row.actor == "CN"
        and row.move == "escalate"
        and question.steps[0][0] <= row.date_announced <= question.last
    ]
    assert set(rows) <= named


@each
def test_the_record_s_own_answer_is_open_on_the_days_asked_for(question):
    acts = set()
    for day, lag in question.steps:
        source = world_of(question, lag)
        acts |= {act.measure for act in acts_on(source, past(source, question, day), day)}
    assert set(question.taken) <= acts


@pytest.mark.parametrize("question", [QUESTIONS[k] for k in (0, 2, 4)], ids=lambda q: q.name)
def test_tariffs_on_the_eve_are_those_of_piie_where_no_rise_is_on_its_way(question):
    day, lag = question.steps[0]
    source = world_of(question, lag)
    rates = eve(source, past(source, question, day), day).record.tariffs[-1]
    piie = step_on(tariff_steps(), day)
    if question.name == "4 February":  # announced on the 1st, in effect on the day itself
        piie = step_on(tariff_steps(), date(2025, 2, 3))
    assert 100 * rates[1] == pytest.approx(piie.us_avg_tariff_on_cn, abs=0.1)
    assert 100 * rates[2] == pytest.approx(piie.cn_avg_tariff_on_us, abs=0.1)


def test_both_codings_have_the_sets_they_are_said_to_have():
    sets = {}
    for question in QUESTIONS:
        kinds = [coding(sim.scenario(question.scenario)) for coding in (by_scenario, by_instrument)]
        sets[question.name] = [{known[name] for name in question.taken} - {""} for known in kinds]
    assert sets == {
        "4 February": [{"tariff", "control", "listing"}, {"tariff", "control"}],
        "4 March": [{"tariff", "listing"}, {"tariff", "control"}],
        "4 April": [{"tariff", "control", "listing"}, {"tariff", "control"}],
        "9 to 11 April": [{"tariff", "listing"}, {"tariff"}],
        "9 to 10 October": [{"control", "listing", "port fee"}] * 2,
    }


def test_the_verdict_is_on_the_likeliest_set_of_kinds():
    question = QUESTIONS[1]
    both = frozenset({"cn_farm_tariffs", "cn_listings_march"})
    packages = [both, both, frozenset({"cn_farm_tariffs"}), frozenset({"cn_listings_march"})]
    acts = {name: Worth(name, 0.1, 0.0, False) for name in both}
    v = verdict(question, Answers(sim.scenario(SPIRAL), [1.0], packages, acts))
    assert (v.equal, v.share, v.recorded_share, v.open) == (True, 0.5, 0.5, v.recorded)
    other = verdict(question, Answers(sim.scenario(SPIRAL), [1.0], packages[2:3] * 2 + packages[:1], acts))
    assert (other.equal, other.modal, other.recorded_share) == (False, {"tariff"}, 1 / 3)


def test_geneva_is_a_scenario_whose_deal_binds_both():
    (deal,) = sim.scenario(GENEVA).deals
    assert {name[:2] for name in deal.members} == {"us", "cn"}


@pytest.mark.slow
def test_the_page_says_what_the_rulebook_answers():
    page = PAGE.read_text("utf-8")
    told, of = map(int, re.search(r"\*\*(\d) of (\d)\*\*", page).groups())
    runs = int(re.search(r"(\d+) runs of seed 0", page)[1])
    found = verdicts(runs)
    assert (told, of) == (sum(v.equal for v in found), len(found))
    for question, v in zip(QUESTIONS, found, strict=True):
        assert f"| {answers_of_2025.told(v.recorded)} | {answers_of_2025.told(v.modal)} |" in page, (
            question.name
        )
