"""What the Busan scenario must show, over 200 seeds, and that payoffs and not names bring it about."""

import re
from datetime import date
from pathlib import Path
from statistics import median

import pytest

import sim
from sim.domain.words import BY_MOVE, IN_FORCE, REACTIVATE

SEEDS = 200
PROVOKED = "US:escalate@2026-03-02"
DAY = date(2026, 3, 2).toordinal()
WINDOW = 7  # days
NO_STAKES = (
    "CN.political_weight=0",
    "CN.trade_weight=0",
    "CN.mineral_weight=0",
    "CN.discount=0",
    "CN.horizon_months=0",
)


def answers(who="CN", scenario="busan", seeds=SEEDS, **change):
    """Per seed the days from the provocation to the first measure that `who` reactivates, or None."""
    found = []
    for seed in range(seeds):
        model = sim.TradeModel(scenario, rng=seed, until="2026-03-10", **change).run()
        place = model.names.governments.index(who)
        days = [
            d.day - DAY
            for d in model.decisions
            if d.government == place and d.act == REACTIVATE and DAY <= d.day <= DAY + WINDOW
        ]
        back = {
            (c.day, model.source.measures[c.measure].issuer)
            for c in model.changes
            if c.status == IN_FORCE and c.cause == BY_MOVE
        }
        assert all((DAY + day, who) in back for day in days)
        found.append(min(days) if days else None)
    return found


def share(found):
    return sum(day is not None for day in found) / len(found)


def test_beijing_snaps_back_within_days_of_a_provocation():
    found = answers(force=PROVOKED)
    assert share(found) >= 0.9
    assert median(day for day in found if day is not None) <= 4


def test_beijing_does_not_snap_back_unprovoked():
    assert share(answers()) < 0.1


def test_a_beijing_that_always_holds_never_snaps_back():
    assert share(answers(force=PROVOKED, strategy="CN=hold")) == 0


def test_without_stakes_the_snapback_vanishes():
    provoked = share(answers(force=PROVOKED, set=NO_STAKES))
    assert provoked < 0.1


def test_without_what_audiences_expect_retaliation_does_not_pay():
    assert share(answers(force=PROVOKED, set="CN.expectation=0", seeds=100)) < 0.15


@pytest.fixture(scope="module")
def swapped(tmp_path_factory):
    """The Busan scenario with the two governments' data, measures and trade exchanged."""
    here = Path(sim.__file__).parent / "scenarios"
    folder = tmp_path_factory.mktemp("swapped")
    (folder / "governments").mkdir()
    other = {"US": "CN", "CN": "US"}
    for path in (here / "busan.toml", *(here / "governments" / f"{k}.toml" for k in ("us", "cn"))):
        text = path.read_text("utf-8")
        text = re.sub(r'(?<=")(US|CN)(?=")|(?<=governments\.)(US|CN)', lambda m: other[m.group()], text)
        (folder / path.relative_to(here)).write_text(text, "utf-8")
    return folder / "busan.toml"


def test_with_the_data_exchanged_the_behaviour_is_exchanged(swapped):
    assert sim.scenario(swapped).governments["CN"].name == "United States"
    provoked = answers(who="US", scenario=swapped, force="CN:escalate@2026-03-02")
    assert share(provoked) >= 0.9
    assert share(answers(who="US", scenario=swapped, seeds=100)) < 0.1


def comes_back_around_its_sunset(seed, beijing):
    model = sim.TradeModel("busan", rng=seed, set=["US.renewal_belief=1", f"CN.renewal_belief={beijing}"])
    model.run()
    ends = {k: m.until.toordinal() for k, m in enumerate(model.source.measures) if m.until}
    return any(
        c.status == IN_FORCE and c.measure in ends and abs(c.day - ends[c.measure]) <= 30
        for c in model.changes
    )


def test_beliefs_in_renewal_decide_what_happens_around_the_sunset():
    """Common random numbers: the same seeds under both beliefs."""
    doubtful = sum(comes_back_around_its_sunset(seed, 0.1) for seed in range(SEEDS)) / SEEDS
    trusting = sum(comes_back_around_its_sunset(seed, 1) for seed in range(SEEDS)) / SEEDS
    assert doubtful - trusting >= 0.2
