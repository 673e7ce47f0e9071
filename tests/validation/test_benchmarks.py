"""Every number of theory is given back."""

from collections import Counter
from pathlib import Path

import sim.validation.theory
from sim.validation.theory.benchmarks import QUANTITIES, Benchmark, benchmarks


def test_every_number_is_given_back_and_no_two_have_one_name() -> None:
    results = benchmarks()
    assert [line for line in results if not line.passed] == []
    assert max(Counter(line.name for line in results).values()) == 1


def test_every_quantity_is_a_part_of_the_table() -> None:
    rows = (
        Path(sim.validation.theory.__file__).with_name("benchmarks.csv").read_text("utf-8").splitlines()[1:]
    )
    assert list(dict.fromkeys(row.partition(",")[0] for row in rows)) == list(QUANTITIES)


def test_a_number_that_is_off_does_not_pass() -> None:
    assert not Benchmark("off", "nobody", 1.0, 1.1, 0.05).passed
    assert not Benchmark("nothing", "nobody", 1.0, float("nan"), 0.05).passed
