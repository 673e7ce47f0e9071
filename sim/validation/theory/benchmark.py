"""One number of theory beside what the code gives."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


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


def rows(
    names: Iterable[str], source: str, expected: ArrayLike, computed: ArrayLike, tolerance: float
) -> Iterator[Benchmark]:
    """Benchmarks of one source, a name for each number."""
    numbers = np.ravel(np.asarray(expected, dtype=float)), np.ravel(np.asarray(computed, dtype=float))
    for name, want, have in zip(names, *numbers, strict=True):
        yield Benchmark(name, source, float(want), float(have), tolerance)
