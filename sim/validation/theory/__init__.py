"""The numbers of theory that the code must give back, one line each."""

from sim.validation.theory.benchmark import Benchmark
from sim.validation.theory.choice_benchmarks import choices
from sim.validation.theory.patience_benchmarks import patience
from sim.validation.theory.tariff_benchmarks import tariffs

__all__ = ["Benchmark", "benchmarks"]


def benchmarks() -> list[Benchmark]:
    """All benchmarks, computed afresh: tariffs, patience, choices."""
    return [*tariffs(), *patience(), *choices()]
