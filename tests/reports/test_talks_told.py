"""Talks are told whole in a file, and in short in the story; an explanation tells what is due and why."""

import json

import pytest

import sim
from sim.domain.constants import ACTS
from sim.domain.dates import iso, spoken
from sim.engines.decision_replay import RunTrace
from sim.reports.run.decision_facts import decisions_of
from sim.reports.run.explanation import decision_text, trace_of
from sim.reports.run.offers import meetings, offers_of, offers_text
from sim.reports.run.run_folder import read_offers, summary_of, write_run
from sim.reports.run.story import run_story
from sim.rules.day import morning
from sim.rules.talks.package_worths import package_worth, side_of

CAPITALS = {"US": "Washington", "CN": "Beijing"}
EVE = {"scenario": "busan_eve", "rng": 2}


@pytest.fixture(scope="module")
def model():
    return sim.TradeModel(**EVE, until="2025-12-20").run()


@pytest.fixture(scope="module")
def offers(model):
    return offers_of(model)


def offer(number: int, ending: str = "below_ask", **given):
    """An offer of Beijing's two measures for Washington's one."""
    acts = {"CN": [{"act": "suspend", "measure": f"cn_{k}"} for k in (1, 2)]}
    return {
        **{"date": "2025-10-30", "round": number, "proposer": "CN", "responder": "US", "ending": ending},
        "gives": acts | {"US": [{"act": "lower", "measure": "us_1"}]},
        "keeps": {"CN": [{"act": "lift", "measure": "cn_3"}], "US": []},
        "worth": {"CN": float(number), "US": 2.0},
        **{"believed_worth": 2.5, "waiting": 1.5, "demand": 1.0, "answer": 3.0},
        **given,
    }


def test_the_file_holds_every_offer_of_the_record(model, tmp_path):
    write_run(model, tmp_path / "run")
    lines = [json.loads(line) for line in (tmp_path / "run" / "talks.jsonl").read_text("utf-8").splitlines()]
    told = [(o["round"] - 1, o["demand"], sum(map(len, o["gives"].values())), o["ending"]) for o in lines]
    record = [(o.round, o.demand, o.gives + o.gets, o) for o in model.record.offers]
    assert len(lines) == len(record) > 3
    assert [row[:3] for row in told] == [row[:3] if row[3].package else (row[0], None, 0) for row in record]
    assert {o["date"] for o in lines} == {"2025-10-30", "2025-12-12"}
    assert read_offers(tmp_path / "run", "2025-10-30") == [o for o in lines if o["date"] == "2025-10-30"]


def test_a_world_without_talks_has_no_such_file(tmp_path):
    quiet = sim.TradeModel("busan", rng=1, set="talks=false", until="2025-11-20").run()
    write_run(quiet, tmp_path / "run")
    assert not (tmp_path / "run" / "talks.jsonl").exists()
    assert summary_of(quiet, tmp_path)["deals"] == []
    assert "What was agreed" not in run_story(quiet)


def test_the_ledger_adds_up_to_the_deal_and_its_first_line_is_what_those_acts_are_worth(model, offers):
    deal = next(o for o in offers if o["ending"] == "accepted")
    before = sim.TradeModel(**EVE, until="2025-10-29").run()
    codes, day = before.names.governments, before.day + 1
    morning(before.world, day, [], [])
    me, far = (codes.index(deal[side]) for side in ("proposer", "responder"))
    clauses = [before.names.measures.index(a["measure"]) for a in deal["gives"][deal["proposer"]]]
    for code, one, other in ((deal["proposer"], me, far), (deal["responder"], far, me)):
        assert sum(deal["adds"][giver][code] for giver in CAPITALS) == pytest.approx(deal["worth"][code])
        worth = package_worth(side_of(before.world, one, other, clauses, day), (1 << len(clauses)) - 1)
        assert deal["adds"][deal["proposer"]][code] == pytest.approx(worth, abs=1e-9)


def test_a_deal_says_whether_each_side_carried_it_out(model, offers):
    deals = [o for o in offers if o["ending"] == "accepted"]
    assert [o["fulfilled"] for o in deals] == [{"US": False, "CN": True}, {"CN": True, "US": True}]
    for deal in deals:
        for code, carried in deal["fulfilled"].items():
            acts = {(a["act"], a["measure"]) for a in deal["gives"][code]}
            done = {
                (ACTS[a.act], model.names.measures[a.measure])
                for d in model.decisions
                for a in d.acts
                if iso(d.day) == deal["due_on"] and model.names.governments[d.government] == code
            }
            assert done <= acts
            assert len(done) == (deal["due"][code] if carried else 0)


def test_the_story_tells_each_meeting_in_a_sentence_an_offer_and_each_deal_in_a_table(model, offers):
    story = run_story(model)
    for day, text in meetings(offers, CAPITALS):
        assert f"**{spoken(day)}.** {text}" in story
        assert text.count("(worth ") == sum(o["date"] == iso(day) for o in offers if o["worth"])
    deals = [o for o in offers if o["ending"] == "accepted"]
    assert story.count("\n| the deal | ") == len(deals)
    assert [d["worth"] for d in summary_of(model, None)["deals"]] == [o["worth"] for o in deals]


def test_of_more_than_four_offers_the_first_and_the_last_are_told_with_the_count():
    ((_, four),) = meetings([offer(k) for k in range(1, 5)], CAPITALS)
    ((_, five),) = meetings([*(offer(k) for k in range(1, 5)), offer(5, "deadline")], CAPITALS)
    assert four.count("Beijing offers") == 4
    assert five == (
        "Talks, with 3 of Beijing's measures and 1 of Washington's on the table. Of 5 offers the first "
        "and the last: Beijing offers `cn_1` and `cn_2` for `us_1` (worth 1.0 bn USD to it and, as it "
        "believes, 2.5 to Washington); Washington asks for 3.0. "
        "Beijing offers `cn_1` and `cn_2` for `us_1` (worth 5.0 bn USD to it and, as it believes, "
        "2.5 to Washington); Washington asks for 3.0, and no offer is left. No deal."
    )


def test_who_walks_out_and_who_has_nothing_to_offer_is_told():
    nothing = {"gives": {"CN": [], "US": []}, "worth": None}
    ((_, walked),) = meetings([offer(1, "walked_out", **nothing)], CAPITALS)
    assert walked == "Beijing escalates, and does not sit down with Washington."
    ((_, silent),) = meetings([offer(1, "not_credible", **nothing)], CAPITALS)
    assert "the table. There is no offer, for nothing" in silent
    assert silent.endswith("No deal.")


def test_an_offer_with_nearly_all_of_a_side_names_what_is_left_out():
    many = [{"act": "suspend", "measure": f"cn_{k}"} for k in range(4, 9)]
    ((_, text),) = meetings([offer(1, gives={"CN": many, "US": []})], CAPITALS)
    assert "Beijing offers all of its own but `cn_3` for nothing (" in text


def test_a_day_of_talks_is_explained_offer_by_offer(offers):
    day = [o for o in offers if o["date"] == "2025-10-30"]
    text = offers_text(day, CAPITALS)
    assert "## 30 October 2025: talks" in text
    assert [line.split("|")[-2].strip() for line in text.splitlines()[-len(day) :]] == [
        o["ending"].replace("_", " ") for o in day
    ]


def test_on_a_due_day_refusing_is_weighed_against_carrying_out(model):
    rows = [json.loads(json.dumps(trace_of(model, d))) for d in model.decisions]
    for facts in decisions_of(RunTrace(rows, model.spec, 0), "2025-10-31"):
        dues, moves = facts["dues"], facts["moves"]
        more = dues["own_weight"] * dues["own"] + dues["whole_weight"] * dues["whole"]
        assert moves["relax"]["value"] - moves["hold"]["value"] == pytest.approx(more, abs=1e-9)
        assert f"carrying out what is due is worth {more:+.2f} bn USD against refusing" in decision_text(
            facts
        )
        if facts["move"] == "relax":
            assert facts["acts"] == dues["acts"]
    assert "dues" not in decisions_of(RunTrace(rows, model.spec, 0), "1")[0]
