"""Where studies get their worlds from: the one place that knows which engine plays them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import EngineError
from sim.domain.life import Life
from sim.scenarios.load import scenario as load
from sim.scenarios.wording import did_you_mean
from sim.studies.outcomes import Outcome

if TYPE_CHECKING:
    from sim.engines.stage import Stage

Array = NDArray[np.float64]
ENGINES: Final = ("ensemble", "mesa")
AT_ONCE = 256  # lives that are kept in memory at the same time


def lives(
    scenario: str | Path,
    *,
    runs: int,
    seed: int,
    first_run: int = 0,
    until: str | None = None,
    force: Sequence[str] = (),
    strategy: Sequence[str] = (),
    changes: Sequence[str] = (),
    vary: Mapping[str, Any] | None = None,
    engine: str = "ensemble",
) -> Iterator[Life]:
    """The lives of some runs of a seed, one after the other.

    Args:
        scenario: a shipped name or a path.
        runs: how many.
        seed: of all luck.
        first_run: number of the first.
        until: last day; the scenario's end if None.
        force: forced moves.
        strategy: strategies of governments.
        changes: numbers set.
        vary: numbers that differ in every run, one value a run; on the ensemble only.
        engine: `ensemble` or `mesa`.

    Raises:
        SnapbackError: anything the user can put right.
    """
    if engine not in ENGINES:
        raise EngineError(f"there is no engine {engine!r}; {did_you_mean(engine, ENGINES)}")
    told: dict[str, Any] = {"until": until, "force": list(force), "strategy": list(strategy)}
    if engine == "mesa":
        if vary:
            raise EngineError("vary: numbers that differ in every run are for the ensemble engine")
        from sim.engines.mesa_engine import TradeModel

        source = load(scenario, changes)
        for run in range(first_run, first_run + runs):
            yield TradeModel(source, rng=seed, run=run, **told).run().life
        return
    from sim.engines.ensemble import ensemble

    for at in range(0, runs, AT_ONCE):
        count = min(AT_ONCE, runs - at)
        differing = {path: values[at : at + count] for path, values in (vary or {}).items()}
        given: dict[str, Any] = {"scenario": scenario, "set": list(changes), "vary": differing}
        if not differing:
            given = {"scenario": load(scenario, changes)}
        played = ensemble(**given, **told, runs=count, seed=seed, first_run=first_run + at, record=True)
        yield from played.lives


def measured_on(
    ready: "Stage",
    outcomes: Sequence[Outcome],
    *,
    numbers: NDArray[np.int64],
    seed: int,
    values: Mapping[str, Array],
) -> Array:
    """Outcomes of some runs of a scenario that was made ready, on the ensemble, shape (runs, outcomes).

    Args:
        ready: what all runs share.
        outcomes: resolved against its scenario.
        numbers: of the runs, shape (runs,).
        seed: of all luck.
        values: of the numbers that differ, by their paths, each of shape (runs,).

    Raises:
        SnapbackError: a strategy or an outcome that fails.
    """
    from sim.engines.ensemble import played

    found = np.empty((len(numbers), len(outcomes)))
    for at in range(0, len(numbers), AT_ONCE):
        block = slice(at, at + AT_ONCE)
        given = {path: column[block] for path, column in values.items()}
        for row, life in enumerate(played(ready, numbers[block], seed=seed, values=given, record=True).lives):
            found[at + row] = [outcome(life) for outcome in outcomes]
    return found


def measured(scenario: str | Path, outcomes: Sequence[Outcome], *, runs: int, **asked: Any) -> Array:
    """Outcomes of some runs of a seed, shape (runs, outcomes); not a number where one did not happen.

    Args:
        scenario: a shipped name or a path.
        outcomes: resolved against the scenario, see `sim.studies.outcomes.spelling.parse`.
        runs: how many.
        asked: what else `lives` takes.

    Raises:
        SnapbackError: anything the user can put right.
    """
    found = np.empty((runs, len(outcomes)))
    for row, life in enumerate(lives(scenario, runs=runs, **asked)):
        for column, outcome in enumerate(outcomes):
            found[row, column] = outcome(life)
    return found
