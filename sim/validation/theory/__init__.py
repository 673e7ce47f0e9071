"""What theory knows: benchmarks that the code must give back, and simulations where theory has the answer."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from numpy.typing import ArrayLike

Quantities: TypeAlias = Mapping[str, Callable[[], ArrayLike]]  # computed numbers, by quantity of the table
