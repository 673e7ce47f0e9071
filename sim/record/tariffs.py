"""Average tariffs as a step series: at the end of a month, and over its days."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final, NamedTuple

from pydantic import Field, TypeAdapter

from sim.domain.errors import EvidenceError
from sim.record import csv_rows
from sim.record.months import first_day, last_day, month_of

SHIPPED = Path(__file__).parent / "piie_tariff_steps.csv"
VINTAGE = "PIIE"  # status of steps of one chart, which says nothing after its last


Rate = Annotated[csv_rows.Finite, Field(ge=0)]


class TariffStep(NamedTuple):
    """Average tariffs from a day on."""

    date: date  # first day
    us_avg_tariff_on_cn: Rate  # of Washington on Chinese goods [per cent]
    cn_avg_tariff_on_us: Rate  # of Beijing on American goods [per cent]
    status: csv_rows.Word  # what the numbers are
    source: str  # where they are from


ROW: Final = TypeAdapter(TariffStep)


def tariff_steps(path: str | Path | None = None) -> tuple[TariffStep, ...]:
    """The shipped steps, or those of a file with their columns, in order of date."""
    read = csv_rows.rows(Path(path or SHIPPED), TariffStep._fields)
    steps = tuple(csv_rows.checked(row, ROW, TariffStep._fields) for row in read)
    for row, before, step in zip(read[1:], steps, steps[1:], strict=False):
        if step.date <= before.date:
            raise csv_rows.fault(row, "date", f"a date after {before.date}, that of the row before")
    return steps


def step_on(steps: Sequence[TariffStep], day: date) -> TariffStep:
    """The step in force on a day; the last one goes on for ever."""
    at = bisect_right(steps, day, key=lambda step: step.date)
    if at == 0:
        raise EvidenceError(f"expected a day from {steps[0].date} on, when the tariff steps begin, got {day}")
    return steps[at - 1]


def month_end(steps: Sequence[TariffStep], month: int) -> tuple[float, float]:
    """Tariffs of Washington and of Beijing on the last day of a month [per cent]."""
    step = step_on(steps, last_day(month))
    return step.us_avg_tariff_on_cn, step.cn_avg_tariff_on_us


def month_mean(steps: Sequence[TariffStep], month: int) -> tuple[float, float]:
    """Tariffs of Washington and of Beijing, mean over the days of a month [per cent, to two decimals]."""
    us, cn = mean_tariffs(steps, first_day(month), last_day(month))
    return round(us, 2), round(cn, 2)


def mean_tariffs(steps: Sequence[TariffStep], first: date, last: date) -> tuple[float, float]:
    """Tariffs of Washington and of Beijing, mean over the days from a first to a last one [per cent]."""
    days = (last - first).days + 1
    each = [step_on(steps, first + timedelta(days=k)) for k in range(days)]
    us, cn = (step.us_avg_tariff_on_cn for step in each), (step.cn_avg_tariff_on_us for step in each)
    return sum(us) / days, sum(cn) / days


def tariff_status(steps: Sequence[TariffStep], month: int) -> str:
    """What a month's tariffs are: the step's own word, or that its chart's last is carried forward."""
    status = step_on(steps, last_day(month)).status
    after = status == VINTAGE and month > month_of(max(s.date for s in steps if s.status == VINTAGE))
    return f"{status}_carried_forward" if after else status
