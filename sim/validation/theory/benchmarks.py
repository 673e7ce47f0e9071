"""The numbers of theory that the code must give back: the rows of `benchmarks.csv`."""

import csv
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.validation.theory.game_benchmarks import GAME_QUANTITIES
from sim.validation.theory.tariff_benchmarks import TARIFF_QUANTITIES

QUANTITIES = {**TARIFF_QUANTITIES, **GAME_QUANTITIES}


class Benchmark(NamedTuple):
    """A number with its source, what the code gives, and how far apart they may be."""

    name: str
    source: str
    expected: float
    computed: float
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether the code gives the number within the tolerance."""
        return abs(self.computed - self.expected) <= self.tolerance


def benchmarks() -> list[Benchmark]:
    """All benchmarks in the order of the table, its numbers of a quantity in that of the computed ones."""
    text = Path(__file__).with_name("benchmarks.csv").read_text("utf-8")
    results = []
    for quantity, rows in groupby(csv.DictReader(text.splitlines()), lambda row: row["quantity"]):
        computed = np.ravel(np.asarray(QUANTITIES[quantity](), dtype=float))
        for row, number in zip(rows, computed.tolist(), strict=True):
            expected, tolerance = float(row["expected"]), float(row["tolerance"])
            results.append(Benchmark(row["name"], row["source"], expected, number, tolerance))
    return results
