"""Where studies get their worlds from: the one place that knows which engine plays them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.domain.life import Life
from sim.scenarios.load import scenario as load


def lives(
    scenario: str | Path,
    *,
    runs: int,
    seed: int,
    until: str | None = None,
    force: Sequence[str] = (),
    strategy: Sequence[str] = (),
    changes: Sequence[str] = (),
) -> Iterator[Life]:
    """The lives of runs 0 to `runs` - 1 of a seed, one after the other.

    Args:
        scenario: a shipped name or a path.
        runs: how many.
        seed: of all luck.
        until: last day; the scenario's end if None.
        force: forced moves.
        strategy: strategies of governments.
        changes: numbers set.

    Raises:
        SnapbackError: anything the user can put right.
    """
    from sim.engines.ensemble import ensemble

    played = ensemble(
        load(scenario, changes),
        runs=runs,
        seed=seed,
        until=until,
        force=force,
        strategy=strategy,
        record=True,
    )
    yield from played.lives
