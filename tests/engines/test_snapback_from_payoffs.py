"""What the Busan scenario must show, over 200 runs, and that payoffs and not names bring it about."""

import re
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

import sim
from sim.domain.constants import BY_MOVE, IN_FORCE, MOVE_OF_ACT, REACTIVATE
from sim.rules.luck import code

RUNS = 200
PROVOKED = "US:reactivate=us_reciprocal_24@2026-03-02"
DAY = date(2026, 3, 2).toordinal()
WINDOW = 7  # days
NO_STAKES = (
    "CN.political_weight=0",
    "CN.trade_factor=0",
    "CN.mineral_weight=0",
    "CN.discount=0",
    "CN.horizon_months=0",
)


def answers(who="CN", scenario="busan", **change):
    """Per run the days from the provocation to the first measure that `who` reactivates, or None."""
    played = sim.ensemble(scenario, runs=RUNS, until="2026-03-10", record=True, **change)
    place = played.names.governments.index(who)
    found = []
    for life in played.records:
        days = [
            m.day - DAY
            for m in life.moves
            if m.government == place and m.act == REACTIVATE and DAY <= m.day <= DAY + WINDOW
        ]
        back = {
            (c.day, life.opening[c.measure].issuer)
            for c in life.changes
            if c.status == IN_FORCE and c.cause == BY_MOVE
        }
        assert all((DAY + day, place) in back for day in days)
        found.append(min(days) if days else None)
    return found


def share(found):
    return sum(day is not None for day in found) / len(found)


class Answer(NamedTuple):
    """Shares of runs in which Beijing answers within a week by ..."""

    anything: float
    ban_or_controls: float
    ban: float
    two_kinds: float


def answer_to(*breaches, runs=RUNS):
    """Beijing's answers to measures that Washington puts back on 2 March 2026; none if it puts back none."""
    force = f"US:reactivate={'+'.join(breaches)}@2026-03-02" if breaches else ()
    played = sim.ensemble("busan", runs=runs, seed=1, until="2026-03-10", record=True, force=force)
    rows = []
    for life in played.records:
        acts = [a for a in life.acts if a.government == 1 and DAY < a.day <= DAY + WINDOW]
        measures = [played.source.measures[a.measure] for a in acts if MOVE_OF_ACT[a.act] == sim.ESCALATE]
        ids = {m.id for m in measures}
        ban = "cn_ga_ge_sb_ban" in ids
        rows.append((bool(ids), ban or "cn_oct9_controls" in ids, ban, len({m.kind for m in measures}) > 1))
    return Answer(*(sum(column) / runs for column in zip(*rows, strict=True)))


def test_beijing_snaps_back_within_days_of_a_provocation():
    found = answers(force=PROVOKED)
    assert share(found) >= 0.9
    assert median(day for day in found if day is not None) <= 4


def test_after_the_24_points_the_ban_and_the_controls_come_back_in_a_package():
    answer = answer_to("us_reciprocal_24")
    assert answer.ban_or_controls >= 0.8
    assert answer.ban >= 0.5
    assert answer.two_kinds >= 0.7


def test_after_the_affiliates_rule_they_mostly_do():
    """What is reached; the aim of four in five for either has a test of its own."""
    answer = answer_to("us_affiliates_50pct")
    assert answer.ban_or_controls >= 0.7
    assert answer.ban >= 0.4
    assert answer.two_kinds >= 0.7


def test_half_a_point_is_answered_by_little():
    """What is reached; the aim that nine in ten are answered at all has a test of its own."""
    answer = answer_to("us_301_exclusions")
    assert answer.anything >= 0.8
    assert answer.ban_or_controls <= 0.5


@pytest.mark.xfail(strict=True, reason="an aim that is missed: 79 % on README's account of limits")
def test_after_the_affiliates_rule_four_in_five_have_the_ban_or_the_controls():
    assert answer_to("us_affiliates_50pct", runs=500).ban_or_controls >= 0.8


@pytest.mark.xfail(strict=True, reason="an aim that is missed: 87 % on README's account of limits")
def test_half_a_point_is_answered_by_something_in_nine_of_ten():
    assert answer_to("us_301_exclusions", runs=500).anything >= 0.9


def test_beijing_does_not_snap_back_unprovoked():
    assert answer_to().anything <= 0.05


def test_a_beijing_that_always_holds_never_snaps_back():
    assert share(answers(force=PROVOKED, strategy="CN=hold")) == 0


def test_without_stakes_the_snapback_vanishes():
    provoked = share(answers(force=PROVOKED, set=NO_STAKES))
    assert provoked < 0.1


def test_without_what_audiences_expect_retaliation_does_not_pay():
    assert share(answers(force=PROVOKED, set="CN.expectation=0")) < 0.15


@pytest.fixture(scope="module")
def swapped(tmp_path_factory):
    """The Busan scenario with the two governments' data, measures and trade exchanged."""
    here = Path(sim.__file__).parent / "scenarios"
    folder = tmp_path_factory.mktemp("swapped")
    (folder / "governments").mkdir()
    other = {"US": "CN", "CN": "US"}
    for path in (here / "busan.toml", *(here / "governments" / f"{k}.toml" for k in ("us", "cn"))):
        text = path.read_text("utf-8")
        codes = r'(?<=")(US|CN)(?=")|(?<=governments\.)(US|CN)|(?<=stakes\.)(US|CN)'
        text = re.sub(codes, lambda m: other[m.group()], text)
        (folder / path.relative_to(here)).write_text(text, "utf-8")
    return folder / "busan.toml"


def test_with_the_data_exchanged_the_behaviour_is_exchanged(swapped):
    assert sim.scenario(swapped).governments["CN"].name == "United States"
    provoked = answers(who="US", scenario=swapped, force=PROVOKED.replace("US:", "CN:"))
    assert share(provoked) >= 0.9
    assert share(answers(who="US", scenario=swapped)) < 0.1


def decided(scenario, luck_of, force):
    """Decisions of a run, their governments by place, with luck drawn by the names in `luck_of`."""
    model = sim.TradeModel(scenario, rng=3, force=force)
    for government, name in zip(model.world.governments, luck_of, strict=True):
        government.code = code(name)
    model.run()
    return [d._replace(view=None) for d in model.decisions], model.changes, model.costs.to_numpy().T.tolist()


def test_with_the_codes_exchanged_everywhere_every_decision_is_mirrored(swapped):
    straight = decided("busan", ["US", "CN"], "US:escalate@2026-03-02")
    assert decided(swapped, ["US", "CN"], "CN:escalate@2026-03-02") == straight
    assert len(straight[0]) > 25


BACK_24 = {code: f"{code}:reactivate={code.lower()}_reciprocal_24@2026-03-02" for code in ("US", "CN")}


@pytest.mark.parametrize("who", ["US", "CN"])
def test_who_has_the_stake_is_who_snaps_back_after_24_points(who):
    """Beijing's stake in its own side of the deal, or moved into Washington's."""
    other = {"US": "CN", "CN": "US"}[who]
    stakes = (f"deals.busan.{who}.stake=20", f"deals.busan.{other}.stake=0")
    assert share(answers(who=who, force=BACK_24[other], set=stakes)) >= 0.8
    assert share(answers(who=other, force=BACK_24[who], set=stakes)) <= 0.5


def broken_around_its_sunset(beijing):
    """Share of runs in which a measure that was suspended is back within 30 days of its sunset."""
    beliefs = ("US.renewal_belief=1", f"CN.renewal_belief={beijing}")
    played = sim.ensemble("busan", runs=RUNS, record=True, set=beliefs)
    ends = {k: m.until.toordinal() for k, m in enumerate(played.source.measures) if m.until}
    broken = [
        any(c.status == IN_FORCE and abs(c.day - ends.get(c.measure, 0)) <= 30 for c in life.changes)
        for life in played.records
    ]
    return sum(broken) / RUNS


def test_beliefs_in_renewal_decide_what_happens_around_the_sunset():
    """Common random numbers: the same luck under both beliefs."""
    assert broken_around_its_sunset(0.1) - broken_around_its_sunset(1) >= 0.2
