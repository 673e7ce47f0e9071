"""What a model is asked for, read from what people write."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from sim.domain.errors import EngineError
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import Strategy, parse


def seed_from(rng: Any) -> int:
    """A seed [0 to 2^63 - 1] from an integer, anything NumPy makes a generator of, or nothing."""
    if rng is None:
        return secrets.randbits(63)
    if isinstance(rng, int | np.integer) and not isinstance(rng, bool):
        if not 0 <= int(rng) < 2**63:
            raise EngineError(f"rng: expected a seed from 0 to 2^63 - 1, got {rng}")
        return int(rng)
    try:
        if isinstance(rng, bool | str):
            raise TypeError
        return int(np.random.default_rng(rng).integers(2**63 - 1))
    except (TypeError, ValueError):
        raise EngineError(f"rng: expected a seed from 0 to 2^63 - 1, got {rng!r}") from None


def texts_of(given: Any) -> list[str]:
    """A text or several as a list."""
    texts = list(given) if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    for text in texts:
        if not isinstance(text, str):
            raise EngineError(f"expected a text such as US.renewal_belief=0.5, got {text!r}")
    return texts


def last_day(until: date | str | None, s: Scenario) -> int:
    """The last day of a run."""
    if until is None:
        return s.end.toordinal()
    try:
        day = until if isinstance(until, date) else date.fromisoformat(until)
    except (ValueError, TypeError):
        raise EngineError(f"until: expected a date as YYYY-MM-DD, got {until!r}") from None
    if not s.start <= day <= s.end:
        raise EngineError(f"until: expected a day from {s.start} to {s.end}, got {day}")
    return day.toordinal()


def strategies_of(given: str | Sequence[str] | Mapping[str, str], s: Scenario) -> dict[str, Strategy]:
    """Every government's strategy: what is given for it, else the scenario's own."""
    if not isinstance(given, Mapping):
        pairs = [text.partition("=") for text in texts_of(given)]
        for code, sign, _ in pairs:
            if not sign or code not in s.governments:
                raise EngineError(
                    f"strategy {code!r}: expected GOVERNMENT=STRATEGY with one of {', '.join(s.governments)}"
                )
        codes = [code for code, _, _ in pairs]
        if len(set(codes)) < len(codes):
            raise EngineError(f"strategy: expected one a government, got {', '.join(codes)}")
        given = {code: text for code, _, text in pairs}
    unknown = [code for code in given if code not in s.governments]
    if unknown:
        raise EngineError(
            f"strategy: there is no government {unknown[0]!r}; expected one of {', '.join(s.governments)}"
        )
    return {code: parse(given.get(code, government.strategy)) for code, government in s.governments.items()}
