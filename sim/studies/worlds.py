"""Where studies get their worlds from: the one place that knows which engine plays them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import EngineError
from sim.domain.life import Life
from sim.rules.accounts import Cost
from sim.scenarios.load import scenario as load
from sim.scenarios.wording import did_you_mean
from sim.studies.outcomes import Outcome

Array = NDArray[np.float64]
ENGINES: Final = ("ensemble", "mesa")
AT_ONCE = 256  # lives that are kept in memory at the same time


class Block(NamedTuple):
    """Runs that follow each other.

    Attributes:
        lives: of the runs.
        terms: what each cost each government, term by term in the order of `sim.rules.accounts.Cost`
            [bn USD], shape (runs, governments, terms).
    """

    lives: Sequence[Life]
    terms: Array


def lives(scenario: str | Path, **asked: Any) -> Iterator[Life]:
    """The lives of some runs of a seed, one after the other; takes what `blocks` takes.

    Raises:
        SnapbackError: anything the user can put right.
    """
    for block in blocks(scenario, **asked):
        yield from block.lives


def blocks(
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
) -> Iterator[Block]:
    """Some runs of a seed, block by block: at most `AT_ONCE` lives are in memory.

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
            model = TradeModel(source, rng=seed, run=run, **told).run()
            terms = [[t.get(key, 0.0) for key in Cost._fields] for t in model.cost_terms.values()]
            yield Block([model.life], np.array([terms]))
        return
    from sim.engines.ensemble import ensemble

    given: dict[str, Any] = {"scenario": scenario, "set": list(changes)}
    if not vary:
        given = {"scenario": load(scenario, changes)}
    for at in range(0, runs, AT_ONCE):
        count = min(AT_ONCE, runs - at)
        given["vary"] = {path: values[at : at + count] for path, values in (vary or {}).items()}
        played = ensemble(**given, **told, runs=count, seed=seed, first_run=first_run + at, record=True)
        yield Block(played.lives, played.terms)


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
