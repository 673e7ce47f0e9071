"""What is in order and may yet not be meant: said by `snapback check`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sim.domain.constants import ESCALATE
from sim.engines.run_spec import RunSpec
from sim.rules.trade import tariff
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.schema import Scenario
from sim.studies.engine_choice import run_records

SOON = 7  # days
GAP = 0.1  # [share] between two tariffs
OFTEN = 0.5  # of runs


def opening_tariffs(s: Scenario) -> dict[str, tuple[float, float | None]]:
    """By direction of trade: the average tariff of the first morning, and the one trade has adjusted to."""
    world, codes = world_of(s), list(s.governments)
    return {
        f"{t.importer} on {t.exporter}": (
            tariff(world, codes.index(t.importer), codes.index(t.exporter)),
            t.number("adjusted_tariff") if "adjusted_tariff" in t.numbers else None,
        )
        for t in s.trade
    }


def cautions(spec: RunSpec) -> Iterator[str]:
    """What a scenario's author should look at again, a sentence each; runs go to the first reviews."""
    s = spec.load()
    if s.game is not None:
        return
    for where, (now, before) in opening_tariffs(s).items():
        if before is not None and abs(now - before) > GAP:
            yield (
                f"The average tariff of {where} opens at {100 * now:.1f} %, and by its adjusted_tariff trade "
                f"has adjusted to {100 * before:.1f} %: trade moves from the first day on"
            )
    for m in s.measures:
        if m.until is not None and (m.until - s.start).days < SOON:
            yield f"The suspension of {m.id} ends on {m.until}, within a week of the start ({s.start})"
    for code in s.governments:
        if not any(m.issuer == code for m in s.measures):
            yield f"{code} has no measure, so that it can only hold"
    first = max(int(g.numbers["review_offset"].value) for g in s.governments.values())
    day = min(s.end, s.start + timedelta(days=first))
    count: Counter[int] = Counter()
    for record in run_records(replace(spec, until=day)):
        move = next((m for m in record.moves if m.move == ESCALATE), None)
        count.update([move.government] if move is not None else ())
    for k, times in count.items():
        if times > OFTEN * spec.runs:
            yield (
                f"{names_of(s).governments[k]} escalates first and unprovoked, by {day}, in {times} "
                f"of {spec.runs} runs: acting costs it too little, or its tariffs are not those that it wants"
            )
