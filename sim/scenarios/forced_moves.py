"""Forced moves: `US:escalate@2026-03-02`, `CN>US:hold@2026-03-05`, `CN:extend=cn_port_fees@2026-11-10`."""

from collections.abc import Iterable

from sim.domain.constants import ACTS, MOVE_OF_ACT, MOVES, NO_ACT
from sim.domain.errors import ForceError
from sim.domain.state import Force, Names
from sim.scenarios.messages import day_of, place_of, quoted
from sim.scenarios.schema import Scenario


def forces_of(texts: Iterable[str], s: Scenario, names: Names) -> dict[tuple[int, int, int], list[Force]]:
    """The forced moves by (day, government, partner): one of each, or the acts of its package.

    Args:
        texts: each GOVERNMENT[>PARTNER]:MOVE@DATE, or GOVERNMENT:ACT=MEASURE@DATE with more measures, or
            acts on them, after a plus: `US:reactivate=us_port_fees+us_reciprocal_24@2026-03-02`.
        s: the scenario they are for.
        names: of its governments and measures.

    Raises:
        ForceError: one names no government, partner, move, act, measure or day of the run.
    """
    forces: dict[tuple[int, int, int], list[Force]] = {}
    for text in texts:
        for package in _parse(text, s, names):
            key = package[0][:3]
            if key in forces:
                raise ForceError(f"force {quoted(text)}: expected one move a day towards a partner")
            forces[key] = package
    return forces


def _parse(text: str, s: Scenario, names: Names) -> list[list[Force]]:
    where = f"force {quoted(text)}"
    who, colon, rest = text.strip().partition(":")
    what, at, when = rest.rpartition("@")
    if not colon or not at:
        raise ForceError(f"{where}: expected GOVERNMENT:MOVE@DATE such as US:escalate@2026-03-02")
    day = day_of(where, when, s.start, s.end, ForceError)
    name, arrow, partner = who.partition(">")
    government = place_of(where, "government", name.strip(), names.governments, ForceError)
    partners = [k for k in range(len(names.governments)) if k != government]
    if arrow:
        partners = [place_of(where, "partner", partner.strip(), names.governments, ForceError)]
        if partners == [government]:
            raise ForceError(f"{where}: expected another government as the partner")
    if "=" not in what:
        move = place_of(where, "move", what.strip(), list(MOVES), ForceError)
        return [[Force(day, government, p, move, NO_ACT, -1)] for p in partners]
    package: list[Force] = []
    act = NO_ACT
    for part in what.split("+"):
        word, equals, target = part.rpartition("=")
        if equals:
            act = 1 + place_of(where, "act", word.strip(), list(ACTS[1:]), ForceError)
        measure = place_of(where, "measure", target.strip(), names.measures, ForceError)
        entry = s.measures[measure]
        if entry.issuer != names.governments[government]:
            raise ForceError(f"{where}: {target.strip()} is {entry.issuer}'s, not {name}'s")
        target_place = names.governments.index(entry.target)
        package.append(Force(day, government, target_place, MOVE_OF_ACT[act], act, measure))
    first = package[0]
    for force in package[1:]:
        if force.move != first.move:
            kinds = f"{ACTS[first.act]} and {ACTS[force.act]}"
            raise ForceError(f"{where}: expected acts of one move, got {kinds}")
        if force.partner != first.partner:
            raise ForceError(f"{where}: expected measures against one partner")
    if len({force.measure for force in package}) < len(package):
        raise ForceError(f"{where}: expected each measure once")
    return [package]
