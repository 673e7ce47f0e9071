"""What the record says on a morning: each side's tariffs, controls and truces.

Only rows announced before the morning count, and tariff steps dated before or on it. Tariffs are
PIIE's averages. Controls add up by severity, a relaxation taking away what an act of its severity
puts on. What a side holds suspended stands until the last day named by the row that suspended or
extended it; an extension without a day has no end, if it says how many points it puts off. It is over
once the side escalates gravely or the day goes by without a row. A grave extension with a day says
itself that a truce still stood.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from sim.record.events import SIDES, Record, RecordedMove
from sim.record.tariffs import TariffStep, step_on

ACTS: Final = {1: 0.25, 2: 0.5, 3: 1.0, 4: 2.0, 5: 4.0}  # how many acts of severity 3 an act is worth
GRAVE = 3  # severity from which a suspension is a truce, and an escalation breaks one
NOT_CONTROLS: Final = ("tariff", "summit")
TRUCES: Final = ("tariff", "summit", "export_control", "licensing", "port_fee")
OPEN_ENDED: Final = timedelta(days=3650)


class LegalState(NamedTuple):
    """How a side stands on a morning."""

    tariff: float  # its average tariff on the other's goods [share]
    controls: float  # its controls, in acts of severity 3
    until: date | None  # last day of what it holds suspended, None if there is nothing


def rows_before(record: Record, morning: date) -> tuple[RecordedMove, ...]:
    """The rows announced before a morning."""
    return tuple(event for event in record.events if event.date_announced < morning)


def legal_states(
    events: Sequence[RecordedMove], steps: Sequence[TariffStep], morning: date
) -> tuple[LegalState, LegalState]:
    """How Washington and Beijing stand on a morning."""
    step = step_on(steps, morning)
    rates = step.us_avg_tariff_on_cn, step.cn_avg_tariff_on_us
    states = []
    for side, rate in zip(SIDES, rates, strict=True):
        rows = [event for event in events if event.actor == side]
        states.append(LegalState(rate / 100.0, controls(rows), suspended_until(rows, morning)))
    return states[0], states[1]


def controls(rows: Sequence[RecordedMove]) -> float:
    """A side's controls after some rows, in acts of severity 3; never below none."""
    level = 0.0
    for event in rows:
        if event.instrument not in NOT_CONTROLS and event.move in ("escalate", "relax"):
            level += ACTS[event.severity] if event.move == "escalate" else -ACTS[event.severity]
            level = max(0.0, level)
    return level


def suspended_until(rows: Sequence[RecordedMove], morning: date) -> date | None:
    """The last day of what a side holds suspended on a morning, None if it holds nothing."""
    until: date | None = None
    for event in rows:
        if until is not None and until < event.date_announced:
            until = None
        if event.instrument not in TRUCES:
            continue
        if event.move == "escalate" and event.severity >= GRAVE:
            until = None
        elif event.move == "extension" and event.expires_on and (until or event.severity >= GRAVE):
            until = max(until or event.expires_on, event.expires_on)
        elif event.move == "extension" and until is not None and event.intensity_unit == "pp":
            until = max(until, event.date_announced + OPEN_ENDED)
        elif event.expires_on and event.move in ("relax", "agreement") and event.severity >= GRAVE:
            until = max(until or event.expires_on, event.expires_on)
    return until if until is not None and until >= morning else None


def renewals(rows: Sequence[RecordedMove], since: date, morning: date) -> int:
    """How many rows from a day on and before a morning extended a side's truce."""
    return sum(
        event.move == "extension"
        and event.date_announced >= since
        and suspended_until(
            [*(e for e in rows if e.date_announced < event.date_announced), event], event.date_announced
        )
        is not None
        for event in rows
        if event.date_announced < morning and event.instrument in TRUCES
    )
