"""A story's bill has a line for every term of a cost."""

from sim.reports.story import ECONOMY, POLITICS
from sim.rules.accounts import Cost


def test_every_term_of_a_cost_is_told():
    assert set(ECONOMY) | set(POLITICS) | {"game"} == set(Cost._fields)
