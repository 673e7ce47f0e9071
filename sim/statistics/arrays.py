"""The type of every array of numbers; shape and unit stand in the words beside it."""

from typing import Any, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
