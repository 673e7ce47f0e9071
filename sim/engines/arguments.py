"""What users hand over from Python: texts, numbers and days of any kind that says exactly what is meant."""

import math
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from numbers import Real
from os import PathLike
from typing import Any

import numpy as np

from sim.domain.errors import EngineError


def texts_of(value: Any) -> tuple[str, ...]:
    """A text, several, or None as texts; a table, such as {"US.renewal_belief": 0.5}, as NAME=VALUE."""
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(f"{name}={word_of(name, inner)}" for name, inner in value.items())
    values = tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes) else (value,)
    for text in values:
        if not isinstance(text, str):
            raise EngineError(f"expected a text such as US.renewal_belief=0.5, got {text!r}")
    return tuple(map(str, values))


def word_of(name: object, value: Any) -> str:
    """A number, a date, a truth or a word as a change to a scenario writes it."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, Real) and math.isfinite(value):
        return str(int(value)) if isinstance(value, int | np.integer) else repr(float(value))
    if isinstance(value, str | PathLike):
        return str(value)
    if isinstance(value, date | np.datetime64):
        return str(day_from(str(name), value))
    raise EngineError(f"{name}: expected a finite number, a date or a word, got {value!r}")


def day_from(name: str, value: Any) -> date | str | None:
    """A date, the day of a datetime, a Timestamp or a NumPy date, or the text of one, which is not read."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[D]").item() or np.nan
    if isinstance(value, date) and value == value:  # a day that is missing is not even itself
        return value.date() if isinstance(value, datetime) else value
    raise EngineError(f"{name}: expected a date or YYYY-MM-DD, got {value!r}")


def whole(name: str, value: Any, least: int, most: int = 2**63 - 1) -> int:
    """A whole number within bounds, of whatever type."""
    is_whole = isinstance(value, Real) and not isinstance(value, bool) and value % 1 == 0
    if not is_whole or not least <= value <= most:
        bounds = f"from {least} to {most}" if most < 2**63 - 1 else f"of at least {least}"
        raise EngineError(f"{name}: expected a whole number {bounds}, got {value!r}")
    return int(value)


def seed_from(rng: Any) -> int:
    """A seed [0 to 2^63 - 1] from an integer, anything NumPy makes a generator of, or nothing."""
    if rng is None:
        return secrets.randbits(63)
    if isinstance(rng, int | np.integer) and not isinstance(rng, bool) and 0 <= int(rng) < 2**63:
        return int(rng)
    try:
        if isinstance(rng, Real | str | np.bool_):
            raise TypeError
        return int(np.random.default_rng(rng).integers(2**63 - 1))
    except (TypeError, ValueError):
        raise EngineError(f"rng: expected a seed from 0 to 2^63 - 1, got {rng!r}") from None
