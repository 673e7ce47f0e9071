"""In how many runs forced moves and acts could be done: what is legal in one world may not be in another."""

from sim.domain.constants import ACTS, CONCEDE, FORCED, MOVES, NO_ACT, STATUSES
from sim.domain.dates import iso
from sim.domain.errors import ForceError
from sim.domain.run_record import RunRecord
from sim.domain.state import Force, Names
from sim.engines.run_spec import RunSpec
from sim.scenarios.forced_moves import forces_of
from sim.scenarios.initial_state import names_of
from sim.scenarios.schema import Scenario


class ForceCounts:
    """In how many `runs` each forced move or act was possible: `counts`, by how a user writes it."""

    def __init__(self, spec: RunSpec, source: Scenario) -> None:
        self.names = names_of(source)
        packages = forces_of(spec.force, source, self.names).values()
        self._forces = {spelling(f, self.names): f for package in packages for f in package}
        self.counts, self.runs, self._obstacle = dict.fromkeys(self._forces, 0), 0, ""

    def add(self, record: RunRecord) -> bool:
        """Count a run; whether anything was forced in it, or nothing should be."""
        self.runs += 1
        possible = {text for text, f in self._forces.items() if carried_out(record, f)}
        for text, f in self._forces.items():
            self.counts[text] += text in possible
            if self.counts[text] == 0:
                self._obstacle = f"force {text}: not possible in {{}}: {obstacle(record, f, self.names)}"
        return bool(possible) or not self._forces

    def check(self) -> None:
        """Raise ForceError if something was possible in none of the runs."""
        if 0 in self.counts.values():
            where = "this run" if self.runs == 1 else f"any of {self.runs:,} runs"
            raise ForceError(self._obstacle.format(where))

    @property
    def texts(self) -> list[str]:
        """What was forced, each with the number of runs if it was not possible in all."""
        return [
            text + (f" (possible in {count:,} of {self.runs:,} runs)" if count < self.runs else "")
            for text, count in self.counts.items()
        ]


def spelling(f: Force, names: Names) -> str:
    """A forced move or act as a user writes it."""
    codes = names.governments
    partner = f">{codes[f.partner]}" if f.act == NO_ACT and len(codes) > 2 else ""
    word = "deal" if f.act == CONCEDE else ACTS[f.act]
    what = MOVES[f.move] if f.act == NO_ACT else f"{word}={names.measures[f.measure]}"
    return f"{codes[f.government]}{partner}:{what}@{iso(f.day)}"


def carried_out(record: RunRecord, f: Force) -> bool:
    """Whether what was forced was done in a run."""
    if f.act != NO_ACT:
        acts = (a.act for a in record.acts if a[:3] == f[:3] and a.measure == f.measure)
        return any(f.act in (act, CONCEDE) for act in acts)
    return any(m[:4] == (*f[:3], FORCED) and m.move == f.move for m in record.moves)


def obstacle(record: RunRecord, f: Force, names: Names) -> str:
    """Why something that was forced could not be done in a run."""
    if f.day > record.end:
        return f"expected a day of the runs, which end on {iso(record.end)}"
    if f.act == NO_ACT:
        return f"no act that is legal on that day can {MOVES[f.move]}"
    before = [c.status for c in record.changes if c.measure == f.measure and c.day < f.day]
    status = STATUSES[(before or [record.opening[f.measure].status])[-1]].replace("_", " ")
    return f"to {ACTS[f.act]} {names.measures[f.measure]} is not legal on that day, when it is {status}"
