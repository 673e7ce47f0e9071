"""The numbers of theory that the code must give back: the rows of `benchmarks.csv`."""

import csv
from itertools import groupby
from pathlib import Path

import numpy as np

from sim.validation.theory.benchmark import Benchmark
from sim.validation.theory.choice_benchmarks import CHOICE_QUANTITIES
from sim.validation.theory.patience_benchmarks import PATIENCE_QUANTITIES
from sim.validation.theory.tariff_benchmarks import TARIFF_QUANTITIES

__all__ = ["Benchmark", "benchmarks"]

QUANTITIES = {**TARIFF_QUANTITIES, **PATIENCE_QUANTITIES, **CHOICE_QUANTITIES}


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
