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
    got: float
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether the code gives the number within the tolerance."""
        return abs(self.got - self.expected) <= self.tolerance


def lines(
    names: Iterable[str], source: str, expected: ArrayLike, got: ArrayLike, tolerance: float
) -> Iterator[Benchmark]:
    """Benchmarks of one source, a name for each number."""
    numbers = np.ravel(np.asarray(expected, dtype=float)), np.ravel(np.asarray(got, dtype=float))
    for name, want, have in zip(names, *numbers, strict=True):
        yield Benchmark(name, source, float(want), float(have), tolerance)
