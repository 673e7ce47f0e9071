"""A story's bill has a line for every term of a cost, and a summit that nobody calls is not told as held."""

import sim
from sim.domain.terms import TERMS
from sim.reports.run.measure_timeline import rows_of
from sim.reports.run.story import run_story


def test_every_term_of_a_cost_is_told():
    story = run_story(sim.TradeModel("busan", rng=1, until="2025-11-20").run())
    assert all(f"\n| {term.label} |" in story for term in TERMS)


def test_a_package_is_told_act_by_act_and_one_that_is_not_legal_as_told():
    force = ["CN:reactivate=cn_port_fees+cn_graphite_checks@2026-03-02", "US:lift=us_port_fees@2026-03-03"]
    quiet = {"US": "hold", "CN": "hold"}
    model = sim.TradeModel("busan", rng=1, strategy=quiet, force=force, until="2026-03-10").run()
    story = run_story(model)
    both = "Beijing reactivates `cn_graphite_checks` ("
    assert both in story
    assert "and `cn_port_fees` (" in story[story.index(both) :].splitlines()[0]
    illegal = "US:raise=us_port_fees+us_301_exclusions@2026-03-02"
    model = sim.TradeModel("busan", rng=1, strategy=quiet, force=illegal, until="2026-03-10").run()
    told = "Washington is told to raise `us_port_fees` and raise `us_301_exclusions`, which is not legal"
    assert told in run_story(model)


def test_a_summit_is_told_as_held_only_if_a_spiral_called_it():
    quiet = {"US": "hold", "CN": "hold"}
    both = ["US:impose=us_fentanyl@2025-05-01", "CN:impose=cn_farm_tariffs@2025-05-02"]
    for force, held in (([], False), (both[:1], False), (both, True)):
        model = sim.TradeModel("spiral_2025", rng=1, strategy=quiet, force=force, until="2025-05-31").run()
        story = run_story(model)
        assert "Ministers meet at Geneva" in story
        assert ("called off" in story) != held
        assert any(row.label == "Ministers meet at Geneva" for row in rows_of(model)) == held
