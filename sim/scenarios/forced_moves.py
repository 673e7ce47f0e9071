"""Forced moves, `US:escalate@2026-03-02` or `CN:extend=cn_port_fees@2026-11-10`, and forced deals."""

from collections.abc import Iterable

from sim.domain.constants import ACTS, CONCEDE, HOLD, MOVE_OF_ACT, MOVES, NO_ACT, RELAX
from sim.domain.dates import iso
from sim.domain.errors import ForceError
from sim.domain.state import Force, Names
from sim.rules.talks.agenda import MOST_CLAUSES
from sim.scenarios.messages import day_of, place_of, quoted
from sim.scenarios.schema import Scenario


def forces_of(texts: Iterable[str], s: Scenario, names: Names) -> dict[tuple[int, int, int], list[Force]]:
    """The forced moves by (day, government, partner): one of each, or the acts of its package.

    A text is GOVERNMENT[>PARTNER]:MOVE@DATE, or GOVERNMENT:ACT=MEASURE@DATE with more measures, or acts on
    them, after a plus: `US:reactivate=us_port_fees+us_reciprocal_24@2026-03-02`; or a deal of two,
    `US+CN:deal=us_port_fees+cn_port_fees@2025-10-30`, with measures of either as its clauses. Raises
    ForceError if one names no government, partner, move, act, measure or day of the run.
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
    if what.partition("=")[0].strip() == "deal":
        return _deal(where, who.split("+"), what.partition("=")[2].split("+"), day, names, s)
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


def _deal(
    where: str, who: list[str], clauses: list[str], day: int, names: Names, s: Scenario
) -> list[list[Force]]:
    """A deal as the moves of both sides: each relaxes by its clauses, or holds if it has none."""
    sides = [place_of(where, "government", code.strip(), names.governments, ForceError) for code in who]
    if len(set(sides)) != 2 or len(sides) != 2:
        raise ForceError(f"{where}: expected two governments such as US+CN")
    if len(clauses) > MOST_CLAUSES:
        raise ForceError(f"{where}: expected at most {MOST_CLAUSES} clauses, got {len(clauses)}")
    packages: dict[int, list[Force]] = {side: [] for side in sides}
    for text in clauses:
        measure = place_of(where, "clause", text.strip(), names.measures, ForceError)
        entry = s.measures[measure]
        one, other = names.governments.index(entry.issuer), names.governments.index(entry.target)
        if {one, other} != set(sides):
            raise ForceError(f"{where}: {entry.id} is {entry.issuer}'s against {entry.target}")
        force = Force(day, one, other, RELAX, CONCEDE, measure)
        if force in packages[one]:
            raise ForceError(f"{where}: expected one clause on each measure, got two on {entry.id}")
        packages[one].append(force)
    return [
        packages[one] or [Force(day, one, other, HOLD, NO_ACT, -1)] for one, other in (sides, sides[::-1])
    ]


def unfit_deal(measure: str, day: int, run: int) -> ForceError:
    """What is wrong with a forced deal one clause of which cannot be conceded on its day."""
    return ForceError(
        f"deal on {iso(day)}: expected measures that can be lowered, suspended, extended, withdrawn or "
        f"lifted that day, but {measure} cannot in run {run}"
    )
