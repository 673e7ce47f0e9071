"""A decision is explained by its table of acts: terms, answers, acts, packages, and what would change it."""

import json
import math
from datetime import date
from functools import cache

import pandas as pd
import pytest

import sim
from sim.domain.constants import ESCALATE, MOVE_OF_ACT, MOVES, RELAX
from sim.engines.decision_replay import STEPS, RunTrace, held_numbers, replayed
from sim.engines.package_chances import likely_packages, opening_chances, package_chance
from sim.reports.run.decision_facts import decision_facts, decisions_of
from sim.reports.run.explanation import decision_text, trace_of
from sim.rules.act_table import fill_table
from sim.rules.packages import drawn_package

PROVOKED = ("busan", 8, "US:reactivate=us_reciprocal_24@2026-03-02", ())
WORLDS = {
    "a provocation": PROVOKED,
    "three governments": ("triangle", 1, (), ()),
    "lapses, and a forced package": ("busan", 3, ("CN:lift=cn_port_fees@2026-10-20",), ()),
    "a strategy that remembers": ("phase_one", 3, (), {"US": "contrite", "CN": "gradual"}),
}
ANSWER = "2026-03-04"


@cache
def traced(world):
    """A run as what its decisions can be explained from."""
    name, seed, force, strategy = WORLDS[world]
    model = sim.TradeModel(name, rng=seed, force=force, strategy=strategy).run()
    rows = json.loads(json.dumps([trace_of(model, d) for d in model.decisions]))
    return RunTrace(rows, model.spec, model.number)


@pytest.fixture(scope="module")
def provoked():
    return traced("a provocation")


@pytest.fixture(scope="module")
def answer(provoked):
    """Beijing's answer to Washington's 24 points."""
    return decisions_of(provoked, ANSWER)[0]


def place_of(run, day):
    return next(k for k, row in enumerate(run.rows) if row["date"] == day)


@pytest.mark.parametrize("world", WORLDS)
def test_the_terms_of_a_move_add_up_to_its_value_and_answers_to_what_comes_later(world):
    run = traced(world)
    assert run.rows
    for row in run.rows:
        for move, m in row["moves"].items():
            assert sum(m["terms"].values()) == pytest.approx(m["value"], abs=1e-5), (row["date"], move)
            assert m["terms"]["answers"] == pytest.approx(m["later"], abs=1e-6)
            chances, worth = m["answers"]["chances"], m["answers"]["worth"]
            assert sum(chances.values()) == pytest.approx(1)
            assert sum(chances[k] * worth[k] for k in MOVES) == pytest.approx(m["later"], abs=1e-5)


def test_terms_are_those_of_the_acts_where_none_acts_on_another(provoked):
    found = 0
    for row in provoked.rows:
        table = {(act["act"], act["measure"]): act for act in row["table_of_acts"]}
        for m in row["moves"].values():
            acts = [table[a["act"], a["measure"]] for a in m["acts"]]
            if len(acts) == 1 and row["view"]["days_to_my_sunset"] > 30:
                found += 1
                for name in ("trade", "rent", "controls"):
                    assert m["terms"][name] == pytest.approx(acts[0].get(name, 0.0), abs=2e-6)
    assert found > 10


def test_the_trace_has_all_legal_acts_with_their_values_and_what_was_learned(provoked):
    row = provoked.rows[place_of(provoked, ANSWER)]
    assert len(row["table_of_acts"]) == 18
    values = {a["measure"]: a["value"] for a in row["table_of_acts"] if a["move"] == "escalate"}
    assert max(values, key=values.get) == "cn_oct9_controls"
    assert row["circumstances"]["stake"] == 21.1
    assert sum(row["answers_counted"]["escalate"].values()) == pytest.approx(10)
    assert {a["measure"] for a in row["table_of_acts"] if a["in_package"] and a["move"] == "escalate"} == {
        a["measure"] for a in row["acts"]
    }


@pytest.mark.parametrize("world", WORLDS)
def test_a_decision_played_again_has_the_values_it_had(world):
    run = traced(world)
    for place in range(0, len(run.rows), 7):
        row = run.rows[place]
        values = replayed(run, place).moves()[0]
        if row["reason"] != "forced":
            found = [value.now + value.later for value in values[:3]]
            assert found == pytest.approx([m["value"] for m in row["moves"].values()], abs=1e-12)


def test_no_strategy_is_asked_to_explain_what_it_said(monkeypatch, provoked):
    from sim.strategies.strategy_register import REGISTER, Strategy

    def fail(view):
        raise AssertionError("asked again")

    once = Strategy("payoff_logit", fail, "a test", {"precision": 0.5, "look_ahead": 1.0}, once=True)
    rows = [{**row, "chances": dict.fromkeys(MOVES)} for row in provoked.rows]
    monkeypatch.setitem(REGISTER, "payoff_logit", once)
    facts = decisions_of(provoked._replace(rows=rows), ANSWER)[0]
    assert facts["smallest_change"] == {"likeliest": None, "move": None, "act": None}
    assert facts["stretches"] == []
    assert "its chances are not known" in decision_text(facts)


def test_a_set_of_acts_has_the_probability_of_all_the_luck_that_draws_it(provoked):
    d = replayed(provoked, place_of(provoked, ANSWER))
    draws = 1000
    for move in (ESCALATE, RELAX):
        counts = {}
        for k in range(draws):
            case = d.case()
            drawn_package(case.world, case.o, case.t, move, (k + 0.5) / draws)
            acts = enumerate(case.world.acts[: case.t.rows])
            rows = frozenset(n for n, r in acts if r.weighed == 1 and MOVE_OF_ACT[r.act] == move)
            counts[rows] = counts.get(rows, 0) + 1
        case = d.case()
        for rows, count in sorted(counts.items(), key=lambda item: -item[1])[:12]:
            error = 4 * math.sqrt(count) / draws + 0.004
            assert package_chance(case, move, rows) == pytest.approx(count / draws, abs=error)
        listed = likely_packages(case, move, 3)
        assert max(counts, key=counts.get) in {frozenset(way.rows) for way in listed}
        assert [way.probability for way in listed] == sorted((w.probability for w in listed), reverse=True)


def test_the_probabilities_of_all_sets_of_acts_add_up_to_one(provoked):
    d = replayed(provoked, place_of(provoked, "2025-11-20"))
    case = d.case()
    for measure in case.world.measures:  # so that few acts are left, and every set can be tried
        measure.stays = int((measure.issuer == 1 and measure.harm > 0.06) or measure.cost > 0.05)
    case = case._replace(t=fill_table(case.world, case.o))
    drawn_package(case.world, case.o, case.t, RELAX, 0.5)
    fill_table(case.world, case.o)
    rows = [
        k for k, x in enumerate(opening_chances(case, RELAX)) if MOVE_OF_ACT[case.world.acts[k].act] == RELAX
    ]
    assert 2 <= len(rows) <= 9
    sets = [frozenset(r for n, r in enumerate(rows) if k >> n & 1) for k in range(1, 2 ** len(rows))]
    assert sum(package_chance(case, RELAX, some) for some in sets) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("day", [ANSWER, "2026-03-20", "2026-04-24", "2026-10-11"])
def test_the_smallest_change_does_change_the_likeliest_act_and_no_smaller_one_does(provoked, day):
    place = place_of(provoked, day)
    d = replayed(provoked, place)
    before = d.likeliest()
    changes = decision_facts(provoked, place, None)["smallest_change"]
    assert changes["act"] is not None
    for what, parts in (("act", 2), ("move", 1)):
        change = changes[what]
        if change is None:
            continue
        number = next(n for n in held_numbers(d) if n.path == change["number"])
        assert change["low"] <= change["to"] <= change["high"]
        assert (change["low"], change["high"]) == (number.low, number.high)
        after = d.likeliest_if(number, change["to"])
        assert after[:parts] != before[:parts]
        assert after.move == change["likeliest"]["move"]
        for other in held_numbers(d):  # no smaller change of any number does
            value, whole = getattr(other.record, other.key), other.declaration.whole
            reach = (change["share_of_range"] - 2 / STEPS) * (other.high - other.low)
            for x in (value + part * reach for part in (-1, -0.5, 0.5, 1)):
                if reach > 0 and other.low <= x <= other.high and not whole:
                    assert d.likeliest_if(other, x)[:parts] == before[:parts], other.path
    assert d.likeliest() == before, "numbers are put back"


def test_the_stretches_of_luck_are_those_of_the_strategy(provoked, answer):
    place = place_of(provoked, ANSWER)
    d = replayed(provoked, place)
    view = d.moves()[1]
    assert [s["move"] for s in answer["stretches"]] == ["escalate", "hold", "relax"]
    for stretch in answer["stretches"]:
        middle = (stretch["from"] + stretch["to"]) / 2
        assert MOVES[d.strategy(view._replace(luck=middle))] == stretch["move"]
    assert answer["stretches"][0]["from"] == 0 and answer["stretches"][-1]["to"] == 1


def test_why_not_tells_the_terms_that_decide(provoked):
    facts = decisions_of(provoked, ANSWER, "cn_graphite_checks")[0]
    found = facts["why_not"]
    assert found["against"] == {"act": "reactivate", "measure": "cn_oct9_controls"}
    assert found["alone"] < found["against_value"]
    assert next(iter(found["terms"])) == "audience"
    assert sum(found["terms"].values()) == pytest.approx(found["alone"] - found["against_value"], abs=2)
    assert 0 < found["added"]["joins"] < 1
    text = decision_text(facts)
    assert "**Why not `cn_graphite_checks`?** To reactivate it alone would have made escalating worth" in text
    assert "this draw left it out" in text


WHY_NOT = {
    "what was done": (ANSWER, "cn_ga_ge_sb_ban", "Beijing did act on it: it is in the package."),
    "what is in force": (
        "2026-03-11",
        "cn_ga_ge_sb_ban",
        "It was already in force on that morning, at level 1",
    ),
    "what has another time": (
        "2025-11-20",
        "cn_ga_ge_sb_ban",
        "for holding, which it chose; the chance of esc",
    ),
    "what stays": ("2025-11-20", "cn_reciprocal_10", "in force"),
}


@pytest.mark.parametrize("case", WHY_NOT)
def test_why_not_is_answered_in_a_sentence(provoked, case):
    day, measure, words = WHY_NOT[case]
    text = decision_text(decisions_of(provoked, day, measure)[0])
    assert words in text.partition("**Why not")[2].partition("**Why a decision")[0]


WRONG = {
    "no such measure": ((ANSWER, "cn_ga_ge_sb_bn"), "did you mean cn_ga_ge_sb_ban"),
    "the other government's": (
        (ANSWER, "us_port_fees"),
        "us_port_fees is a measure of Washington on Beijing",
    ),
    "no such number": (("46",), "1 to 45, got 46"),
    "no day": (("yesterday",), "expected a day as YYYY-MM-DD or the number of a decision, got 'yesterday'"),
    "a day on which nobody decided": (("2026-03-05",), "the nearest are 2026-02-28, 2026-03-02, 2026-03-04"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_question_that_cannot_be_answered_gets_one_sentence(provoked, case):
    words, message = WRONG[case]
    with pytest.raises(sim.ResultsError, match=r"^[^\n]+$") as error:
        decisions_of(provoked, *words)
    assert message in str(error.value)


def test_a_run_that_would_go_otherwise_now_is_not_explained(provoked):
    other = sim.TradeModel("busan", rng=8, force=PROVOKED[2], set="CN.renewal_belief=0.9").spec
    with pytest.raises(sim.ResultsError, match="run it again to explain it"):
        decisions_of(provoked._replace(spec=other), ANSWER)


def test_the_text_says_what_pressure_horizon_discount_and_the_draw_are(answer):
    text = decision_text(answer)
    for words in (
        "Pressure is what measures cost the government that they are aimed at",
        "for 12 months on average (its horizon)",
        "a dollar a month later as 0.99 of a dollar today (its discount factor)",
        "The stretch from 0.00000 to 0.97933 is for escalating",
        "| politics: audiences at home | -1.04 | -28.02 | -28.92 |",
        "| chance of the move | 97.9 % | 2.1 % | under 0.1 % |",
    ):
        assert words in text


def test_a_model_explains_itself():
    model = sim.TradeModel(PROVOKED[0], rng=8, force=PROVOKED[2], until=ANSWER).run()
    table = model.explain()
    assert list(table.what)[-1].startswith("escalate: cn_reciprocal_24, ")
    shown = model.explain(date(2026, 3, 4), why_not="cn_port_fees")
    assert str(shown) == str(model.explain(len(table), why_not="cn_port_fees")) == shown._repr_markdown_()
    assert str(model.explain(pd.Timestamp("2026-03-04"))) == str(model.explain(ANSWER))
    assert list(shown.terms.move) == list(MOVES)
    assert shown.terms.drop(columns=["decision", "move", "value"]).sum(axis=1).to_numpy() == pytest.approx(
        shown.terms.value.to_numpy(), abs=1e-5
    )
    assert len(shown.acts) == 18 and set(shown.packages.move) == {"escalate", "relax"}
    assert len(shown.plot().axes) == 3


def test_a_round_of_a_game_is_explained_without_acts():
    model = sim.TradeModel("ipd", rng=1, until="2000-01-05").run()
    assert "What it compared" in str(model.explain(3))
    with pytest.raises(sim.ResultsError, match="a matrix game has no measures"):
        model.explain(3, why_not="grain")
    with pytest.raises(sim.ResultsError, match="expected one decision"):
        model.explain(3).plot()
