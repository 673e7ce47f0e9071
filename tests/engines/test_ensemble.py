"""The ensemble engine plays what the Mesa engine plays, run by run."""

from collections import Counter
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_toml import PATHS, mutated, quoted, toml
from random_worlds import DAYS, START, worlds, worlds_with_talks
from twins import assert_same_runs, pairs

import sim
from sim.domain.constants import ACCEPTED, DEAL, RELAX
from sim.domain.terms import ACCOUNTS, TERMS
from sim.engines.compiler.prepared_scenario import prepare
from sim.engines.ensemble import ensemble, simulate
from sim.engines.run_batch import loop
from sim.engines.run_spec import RunSpec

pytestmark = pytest.mark.usefixtures("compiled_once")

NAMES = sim.strategy_names()
fuzz = settings(
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ]
)


@pytest.mark.parametrize("scenario", sim.scenario_names())
def test_every_shipped_scenario_is_lived_as_on_mesa(scenario):
    assert_same_runs(scenario, runs=2, seed=7)


@pytest.mark.parametrize(("us", "cn"), [*zip(NAMES, NAMES[1:] + NAMES[:1], strict=True)])
def test_every_strategy_plays_as_on_mesa(us, cn):
    assert_same_runs("busan_court", runs=1, seed=3, strategy=(f"US={us}", f"CN={cn}"), until="2026-06-30")


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), pairs(NAMES))
def test_every_pair_of_strategies_plays_as_on_mesa_each_in_every_scenario_on_both_sides(first, second):
    names = sim.scenario_names()
    scenario = names[(NAMES.index(first) + NAMES.index(second)) % len(names)]
    assert len(NAMES) >= len(names)
    one, other = list(sim.scenario(scenario).governments)[:2]
    assert_same_runs(scenario, runs=1, seed=11, strategy={one: first, other: second})


def test_forced_moves_and_acts_are_carried_out_as_on_mesa():
    alike = assert_same_runs(
        "busan",
        runs=2,
        seed=1,
        force=("US:escalate@2026-03-02", "CN:hold@2026-03-05", "CN:extend=cn_port_fees@2026-11-01"),
    )
    forced = [move for move in alike.records[0].moves if move.reason == 3]
    assert [move.requested for move in forced] == [0, 1, 2]


def test_a_move_forced_on_every_day_is_made_on_every_day():
    days = [f"US:hold@2025-12-{day:02}" for day in range(1, 32)]
    assert_same_runs("triangle", runs=1, seed=1, force=days, until="2026-01-15")


def test_changed_numbers_and_strategies_with_parameters_are_the_same():
    assert_same_runs(
        "busan",
        runs=2,
        seed=9,
        set=("US.renewal_belief=0.2", "cn_port_fees.until=2026-01-20"),
        strategy={"CN": "tit_for_tat:generosity=0.3", "US": "random_move:escalate=0.6,relax=0.2"},
        until="2026-05-01",
    )


def test_runs_are_numbered_as_on_mesa_and_may_begin_anywhere():
    whole = ensemble("busan", runs=80, seed=4, until="2026-03-31")
    part = assert_same_runs("busan", runs=3, seed=4, first_run=70, until="2026-03-31")
    assert (whole.terms[70:73] == part.terms).all()


def test_threads_and_recording_change_nothing():
    alone = ensemble("busan", runs=200, seed=4, until="2026-03-31")
    together = ensemble("busan", runs=200, seed=4, until="2026-03-31", threads=3)
    recorded = ensemble("busan", runs=200, seed=4, until="2026-03-31", threads=2, record=True)
    assert (alone.terms == together.terms).all()
    assert (alone.terms == recorded.terms).all()
    assert not alone.records
    assert (np.array([life.costs for life in recorded.records]) == recorded.terms).all()


@pytest.mark.parametrize("count", [0, 1, 87, 173])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_any_number_of_runs_is_played_by_any_number_of_threads(count, threads):
    day = prepare(RunSpec("busan", until="2025-11-20"))
    some = simulate(day, np.arange(count), seed=4, values={}, threads=threads)
    all_ = simulate(day, np.arange(200), seed=4, values={})
    assert some.costs.equals(all_.costs[:count])
    assert some.costs.shape == (count, 4)


def test_costs_are_the_sum_of_their_terms_by_government():
    five = ensemble("busan", runs=5, seed=4, until="2026-03-31")
    for code in ("US", "CN"):
        for account in ACCOUNTS:
            total = sum(five.cost_terms[code][term.name] for term in TERMS if term.account == account)
            np.testing.assert_allclose(total, five.costs[code, account], rtol=1e-12)
    assert list(five.costs.columns.unique("government")) == ["US", "CN"]


def random_scenario(folder, document, number, value, day, when):
    """A random world with a number and a date changed, if it is one."""
    mutated(document, number, "replace", value, number)
    for end in ("low", "high"):
        mutated(document, (*number[:-1], end), "delete", None, number)
    since = when.replace(year=2025) if day[-1] == "since" else when
    mutated(document, day, "replace", since, day)
    try:
        return written(folder, document)
    except sim.SnapbackError:
        return None


def written(folder, document):
    """A document as a scenario that is read from its file."""
    path = folder / "random.toml"
    path.write_text("\n".join(f"{quoted(k)} = {toml(v)}" for k, v in document.items()), "utf-8")
    return sim.scenario(path)


scenarios = {
    "world": worlds(),
    "number": st.sampled_from([p for p in PATHS if p[-1] == "value"]),
    "value": st.floats(0, 1) | st.integers(0, 200) | st.sampled_from([1e-9, 1e6]),
    "day": st.sampled_from([p for p in PATHS if p[-1] in ("date", "until", "since")]),
    "when": DAYS,
    "us": st.sampled_from(NAMES),
    "cn": st.sampled_from(NAMES),
    "seed": st.integers(0, 2**63 - 1),
}


def play_random(folder, world, number, value, day, when, us, cn, seed):
    """Play a random world, the moves of packages forced in it included, on both engines."""
    document, forced = world
    source = random_scenario(folder, document, number, value, day, when)
    assume(source is not None)  # what is refused is no example
    players = (f"US={us}", f"CN={cn}")
    assert_same_runs(source, runs=1, seed=seed, strategy=players, force=forced)


@settings(fuzz, max_examples=25)
@given(**scenarios)
def test_random_scenarios_are_lived_as_on_mesa(tmp_path, world, number, value, day, when, us, cn, seed):
    play_random(tmp_path, world, number, value, day, when, us, cn, seed)


@pytest.mark.slow
@settings(fuzz, max_examples=1000)
@given(**scenarios)
def test_many_random_scenarios_are_lived_as_on_mesa(tmp_path, world, number, value, day, when, us, cn, seed):
    play_random(tmp_path, world, number, value, day, when, us, cn, seed)


MANY = 1000
TALKING = {"world": worlds_with_talks()} | {name: scenarios[name] for name in ("us", "cn", "seed")}
# The least share of MANY random worlds in which each is seen; in forty each is seen at all.
SEEN = {"meeting": 0.8, "offer": 0.6, "deal": 0.6, "due": 0.5, "carried out": 0.15, "refusal": 0.4}


def seen_in(record):
    """What talks came to in a run."""
    accepted = [o for o in record.offers if o.ending == ACCEPTED]
    due = [m for m in record.moves if m.reason == DEAL]
    found = {"meeting": record.offers, "offer": any(o.package for o in record.offers)}
    found |= {"deal": accepted, "due": due}
    found |= {"carried out": any(m.move == RELAX for m in due), "refusal": any(m.move != RELAX for m in due)}
    return [what for what, there in found.items() if there]


@pytest.mark.parametrize("count", [40, pytest.param(MANY, marks=pytest.mark.slow)])
def test_random_talks_are_held_as_on_mesa_and_come_to_all_that_talks_come_to(tmp_path, count):
    seen, digests = Counter(), set()

    @settings(fuzz, max_examples=5 * count // 4)  # some differ by their luck alone
    @given(**TALKING)
    def play(world, us, cn, seed):
        source = written(tmp_path, world[0])
        given = {"strategy": (f"US={us}", f"CN={cn}"), "force": world[1], "until": START + timedelta(days=40)}
        alike = assert_same_runs(source, runs=1, seed=seed, **given)
        digests.add(source.digest)
        seen.update(seen_in(alike.records[0]))

    play()
    assert len(digests) >= count
    least = {what: share * count if count == MANY else 1 for what, share in SEEN.items()}
    assert {what: seen[what] for what in SEEN if seen[what] < least[what]} == {}


def test_no_runs_compile_the_rules_so_that_workers_find_them():
    loop.cache_clear()
    nothing = simulate(prepare(RunSpec("ipd")), np.arange(0), seed=1, values={})
    assert nothing.terms.shape[0] == 0
    assert len(loop().signatures) == 1
