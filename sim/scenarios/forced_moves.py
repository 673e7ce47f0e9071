"""Forced moves: `US:escalate@2026-03-02`, `CN>US:hold@2026-03-05`, `CN:extend=cn_port_fees@2026-11-10`."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sim.domain.constants import ACTS, MOVE_OF_ACT, MOVES, NO_ACT
from sim.domain.errors import ForceError
from sim.domain.state import Names
from sim.scenarios.messages import did_you_mean, quoted
from sim.scenarios.schema import Scenario


class Force(NamedTuple):
    """A move, or an act on a measure, that a government is made to take on a day."""

    day: int
    government: int
    partner: int
    move: int
    act: int  # NO_ACT: the rulebook finds the best act for the move
    measure: int  # -1: likewise


def forces_of(texts: Iterable[str], s: Scenario, names: Names) -> dict[tuple[int, int, int], Force]:
    """The forced moves by (day, government, partner).

    Args:
        texts: each GOVERNMENT[>PARTNER]:MOVE@DATE or GOVERNMENT:ACT=MEASURE@DATE.
        s: the scenario they are for.
        names: of its governments and measures.

    Raises:
        ForceError: one names no government, partner, move, act, measure or day of the run.
    """
    forces: dict[tuple[int, int, int], Force] = {}
    for text in texts:
        for force in _parse(text, s, names):
            key = (force.day, force.government, force.partner)
            if key in forces:
                raise ForceError(f"force {quoted(text)}: expected one move a day towards a partner")
            forces[key] = force
    return forces


def _parse(text: str, s: Scenario, names: Names) -> list[Force]:
    who, colon, rest = text.strip().partition(":")
    what, at, when = rest.rpartition("@")
    if not colon or not at:
        raise ForceError(
            f"force {quoted(text)}: expected GOVERNMENT:MOVE@DATE such as US:escalate@2026-03-02"
        )
    day = _day(text, when, s)
    name, arrow, partner = who.partition(">")
    government = _place(text, "government", name, names.governments)
    partners = [k for k in range(len(names.governments)) if k != government]
    if arrow:
        partners = [_place(text, "partner", partner, names.governments)]
        if partners == [government]:
            raise ForceError(f"force {quoted(text)}: expected another government as the partner")
    word, equals, target = what.partition("=")
    if not equals:
        move = _place(text, "move", word, list(MOVES))
        return [Force(day, government, p, move, NO_ACT, -1) for p in partners]
    act = 1 + _place(text, "act", word, list(ACTS[1:]))
    measure = _place(text, "measure", target, names.measures)
    entry = s.measures[measure]
    if entry.issuer != names.governments[government]:
        raise ForceError(f"force {quoted(text)}: {target} is {entry.issuer}'s, not {name}'s")
    return [Force(day, government, names.governments.index(entry.target), MOVE_OF_ACT[act], act, measure)]


def _day(text: str, when: str, s: Scenario) -> int:
    try:
        day = date.fromisoformat(when.strip())
    except ValueError:
        raise ForceError(f"force {quoted(text)}: expected a date as YYYY-MM-DD, got {quoted(when)}") from None
    if not s.start <= day <= s.end:
        raise ForceError(f"force {quoted(text)}: expected a day of the run ({s.start} to {s.end}), got {day}")
    return day.toordinal()


def _place(text: str, kind: str, word: str, names: list[str]) -> int:
    word = word.strip()
    if word not in names:
        hint = did_you_mean(word, names)
        raise ForceError(f"force {quoted(text)}: there is no {kind} {quoted(word)}; {hint}")
    return names.index(word)
