"""The numbers of theory that the code must give back, one line each."""

from sim.validation.theory.benchmark import Benchmark
from sim.validation.theory.choice_benchmarks import choice_benchmarks
from sim.validation.theory.patience_benchmarks import patience_benchmarks
from sim.validation.theory.tariff_benchmarks import tariff_benchmarks

__all__ = ["Benchmark", "benchmarks"]


def benchmarks() -> list[Benchmark]:
    """All benchmarks, computed afresh: tariffs, patience, choices."""
    return [*tariff_benchmarks(), *patience_benchmarks(), *choice_benchmarks()]
