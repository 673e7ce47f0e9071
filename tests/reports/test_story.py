"""A story's bill has a line for every term of a cost, and a summit that nobody calls is not told as held."""

import sim
from sim.domain.terms import TERMS
from sim.reports.run.measure_timeline import rows_of
from sim.reports.run.story import run_story


def test_every_term_of_a_cost_is_told():
    story = run_story(sim.TradeModel("busan", rng=1, until="2025-11-20").run())
    assert all(f"\n| {term.label} |" in story for term in TERMS)


def test_a_summit_is_told_as_held_only_if_a_spiral_called_it():
    quiet = {"US": "hold", "CN": "hold"}
    both = ["US:impose=us_fentanyl@2025-05-01", "CN:impose=cn_farm_tariffs@2025-05-02"]
    for force, held in (([], False), (both[:1], False), (both, True)):
        model = sim.TradeModel("spiral_2025", rng=1, strategy=quiet, force=force, until="2025-05-31").run()
        story = run_story(model)
        assert "Ministers meet at Geneva" in story
        assert ("called off" in story) != held
        assert any(row.label == "Ministers meet at Geneva" for row in rows_of(model)) == held
