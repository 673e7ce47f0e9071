"""What every outcome promises, whoever wrote it: each is found by itself."""

import inspect
import math
import re

import pytest
from living import PLAYED, played

from sim.outcomes import find, names, parse

NAMES = names()
every_outcome = pytest.mark.parametrize("name", NAMES)
every_life = pytest.mark.parametrize("life", PLAYED, ids=str)


def test_there_are_outcomes_and_they_are_sorted():
    assert {"cost", "snapback_within", "spiral_length"} <= set(NAMES)
    assert sorted(NAMES) == NAMES


@every_life
@every_outcome
def test_it_is_a_finite_number_or_none_in_every_shipped_scenario(name, life):
    source, found = played(*life)
    known = parse(name, source, found.end)
    value = known(found)
    assert math.isnan(value) or math.isfinite(value)
    assert known(found) == value or math.isnan(value)
    if known.unit in ("chance", "share"):
        assert math.isnan(value) or 0 <= value <= 1
    if known.unit == "chance":
        assert math.isnan(value) or value in (0, 1)


@every_outcome
def test_its_example_can_be_asked_of_busan_provoked(name):
    source, found = played(*PLAYED[0])
    known = parse(find(name).example, source, found.end)
    assert known.name == name
    talks = find(name).rule.__module__ == find("deal").rule.__module__  # there is a deal on the eve of Busan
    told = played("busan_eve", 1, "")[1] if talks else found
    assert math.isfinite(known(told)) or name == "points"  # which only a matrix game has


@every_outcome
def test_it_says_in_a_sentence_what_it_is_and_in_which_unit(name):
    known = find(name)
    assert re.fullmatch(r"[A-Z].{9,110}\.", known.sentence)
    assert re.fullmatch(r"[a-z][A-Za-z %/]{2,20}", known.unit)


@every_outcome
def test_it_documents_each_parameter_and_the_unit_of_each_number(name):
    known = find(name)
    text = " ".join((inspect.getdoc(known.rule) or "").split())
    for key, kind in known.kinds.items():
        assert re.search(rf"\b{key}: \w", text), key
        if kind in ("whole", "number"):
            assert re.search(rf"\b{key}: [^\[]+\[[^\]]+\]", text), key


@every_outcome
def test_its_name_is_that_of_its_function_and_of_its_file_or_a_family_is_in_one_file(name):
    rule = find(name).rule
    assert rule.__name__ == name
    assert rule.__module__ in (f"sim.outcomes.{name}", "sim.outcomes.deal")
