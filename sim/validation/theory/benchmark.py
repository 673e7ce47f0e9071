"""One number of theory beside what the code gives."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from numpy.typing import ArrayLike

Quantities: TypeAlias = Mapping[str, Callable[[], ArrayLike]]  # computed numbers, by quantity of the table


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
