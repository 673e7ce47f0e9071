"""The table of single numbers at the ends of their ranges, from a list of them."""

import knife_edges
import pytest
import what_snaps_back

import sim
from sim.scenarios.assumptions import assumptions_of

STAKE = {"Beijing's stake": ["deals.busan.CN.stake"]}


def test_a_row_as_shipped_and_two_for_each_entry_of_the_list():
    shipped, low, high = knife_edges.edges(STAKE, 20)
    assert (shipped.name, shipped.end) == ("as shipped", "")
    assert (low.end, high.end) == ("0", "40")
    assert low.kinds == 2 * (frozenset({knife_edges.NOTHING}),)
    assert len(shipped.cells) == 3 * len(knife_edges.PROVOCATIONS)


def test_the_sentence_names_what_takes_the_answer_away_and_the_table_has_it():
    told, table = knife_edges.edge_lines({}, STAKE, 20)
    assert told.startswith("One number alone, moved within its range, leaves most runs without an answer: ")
    assert told.endswith("0 of 1 change neither.")
    assert [line.split(" | ")[0] for line in table[2:]] == ["| as shipped", *2 * ["| Beijing's stake"]]


def test_kinds_that_luck_does_not_tell_apart_are_modal_together():
    shares = {"control": 0.93, "tariff": 0.92, "listing": 0.5, knife_edges.NOTHING: 0.06}
    assert knife_edges.modal_kinds(shares, 400) == {"control", "tariff"}
    assert knife_edges.modal_kinds(shares, 40_000) == {"control"}


def test_every_assumption_with_a_range_is_in_one_list_or_the_other():
    paths = [path for entry in knife_edges.LISTED.values() for path in entry]
    rest = [path for entry in knife_edges.others(knife_edges.LISTED).values() for path in entry]
    ranges = {p for p, n in assumptions_of(sim.scenario("busan")).items() if n.low is not None is not n.high}
    assert {*paths, *rest} == ranges
    assert len(paths) + len(rest) == len(ranges)


@pytest.mark.parametrize("name", what_snaps_back.CASES)
def test_every_case_has_a_line(name):
    line = what_snaps_back.case_row(name, what_snaps_back.CASES[name], 20)
    assert line.count(" | ") == what_snaps_back.HEAD.count(" | ")
