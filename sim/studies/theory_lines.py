"""Lines that theory draws into a study's pictures: from some value of a lever on, something should hold."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final, NamedTuple

import numpy as np
from pydantic import Field

from sim.domain.errors import SnapbackError, StudyError
from sim.scenarios.messages import did_you_mean, place_of, quoted
from sim.scenarios.numbers import Entry, Finite, Key, Text
from sim.theory.repeated import critical_discount
from sim.theory.sunset import renewal_threshold

THEORY: Final[Mapping[str, Callable[..., Any]]] = {
    "critical_discount": critical_discount,
    "renewal_threshold": renewal_threshold,
}


class Threshold(Entry):
    """A line that theory draws into pictures: from it on, something should hold."""

    theory: Text  # name of the function that gives its value
    levers: Annotated[list[Key], Field(min_length=1, max_length=2)]  # of numbers, that must each reach it
    # of the function, by the names of its parameters; `given` in the file
    arguments: Annotated[dict[Key, Finite], Field(alias="given")] = {}
    of: Text  # which world the line is of, in words: it is told with the picture
    outcomes: Annotated[list[Key], Field(max_length=100)] = []  # for whose pictures, all if not given


class TheoryLine(NamedTuple):
    """A threshold as it is drawn."""

    levers: tuple[str, ...]  # that must all reach it: it counts what the least of them is
    value: float  # of the threshold, infinity where nothing reaches it
    theory: str  # name of the function that gives it
    arguments: str  # of it, in words
    of: str  # which world it is of, in words
    outcomes: tuple[str, ...] = ()  # that it is drawn for, all if none is named


def lines_of(
    thresholds: Sequence[Threshold], numeric: Sequence[str], outcomes: Sequence[str]
) -> list[TheoryLine]:
    """The lines that a study file asks for.

    Raises StudyError if there is no such theory, lever or outcome, or theory cannot use the numbers.
    """
    return [_line(f"thresholds[{k}]", threshold, numeric, outcomes) for k, threshold in enumerate(thresholds)]


def _line(where: str, t: Threshold, numeric: Sequence[str], outcomes: Sequence[str]) -> TheoryLine:
    place_of(where, "theory", t.theory, THEORY, StudyError)
    for name in t.levers:
        if name not in numeric:
            hint = did_you_mean(name, numeric)
            raise StudyError(f"{where}: there is no lever {quoted(name)} of numbers; {hint}")
    for name in t.outcomes:
        place_of(where, "outcome", name, outcomes, StudyError)
    function = THEORY[t.theory]
    try:
        inspect.signature(function).bind(**t.arguments)
    except TypeError:
        keys = ", ".join(inspect.signature(function).parameters)
        raise StudyError(
            f"{where}.given: expected {keys}, got {', '.join(t.arguments) or 'nothing'}"
        ) from None
    try:
        value = float(np.asarray(function(**t.arguments)))
    except SnapbackError as error:
        raise StudyError(f"{where}.given: {error}") from None
    arguments = ", ".join(f"{key.replace('_', ' ')} {number:g}" for key, number in t.arguments.items())
    return TheoryLine(tuple(t.levers), value, t.theory, arguments, t.of, tuple(t.outcomes))
