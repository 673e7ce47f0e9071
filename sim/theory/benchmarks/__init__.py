"""The numbers of theory that the code must give back, one line each."""

from sim.theory.benchmarks.choices import choices
from sim.theory.benchmarks.line import Benchmark
from sim.theory.benchmarks.patience import patience
from sim.theory.benchmarks.tariffs import tariffs

__all__ = ["Benchmark", "benchmarks"]


def benchmarks() -> list[Benchmark]:
    """All benchmarks, computed afresh: tariffs, patience, choices."""
    return [*tariffs(), *patience(), *choices()]
