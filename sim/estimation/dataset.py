"""Everything that replay and score need: the record, its months, and a fit to the training months."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sim.domain.errors import EvidenceError
from sim.estimation.fit import JUDGED, FitResult, StoredFit, fit, read_fit, stamp_of
from sim.estimation.fit import SHIPPED as FIT
from sim.estimation.likelihood import Model, model_of
from sim.estimation.priors import FitConfig, fit_config
from sim.estimation.replay import rounds_of
from sim.record.coding import CodedMonth, date_of_effect
from sim.record.events import Record, covered_months
from sim.record.events import record as read_record
from sim.record.months import month_name, month_number, month_of, month_range
from sim.record.tariffs import TariffStep, tariff_steps

NAMED: Final = 6  # months without rows that a remark names


class Dataset(NamedTuple):
    """The record and the fit."""

    config: FitConfig  # the choices
    model: Model  # the parameters
    record: Record  # the events
    steps: Sequence[TariffStep]  # tariff steps; the last goes on for ever
    coded: Sequence[CodedMonth]  # months with their moves
    train: range  # training months
    fitted: FitResult  # the fit
    stamp: str  # what the fit rests on


def load_dataset(
    *,
    events: Path | None = None,
    tariffs: Path | None = None,
    priors: Path | None = None,
    train: str | None = None,
    test: str | None = None,
    stored: Path | None = None,
    recompute: bool = False,
    starts: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Dataset:
    """The record, and a fit to its training months: a stored one that rests on the same, else a new one.

    Args:
        events: file of the events, the shipped one if not given.
        tariffs: file of the average tariffs by date, likewise.
        priors: file of the choices, likewise.
        train: training months such as 2018-01:2024-12; if not given those of the choices, before `test`.
        test: months that the fit is judged by, if any.
        stored: file of a fit, a shipped one if not given; a file that is given must rest on the same.
        recompute: whether to fit even if the stored fit would do.
        starts: of the optimiser, those of the choices if not given.
        progress: called with what takes long, and with what is assumed of a file of events.

    Raises:
        EvidenceError: a file cannot be used, or the record does not cover the training months.
    """
    config = fit_config(priors)
    if starts is not None:
        config = config.model_copy(update={"starts": starts})
    read = read_record(events)
    steps = tariff_steps(tariffs)
    if events is not None:
        for remark in remarks(read, steps):
            progress(remark)
    coded = config.months(read)
    months = month_range(train or config.train)
    if test and not train:
        months = range(months[0], min(months[-1] + 1, month_range(test)[0]))
        if not months:
            raise EvidenceError(
                f"test: expected months after the training, which begins with {config.train[:7]}"
            )
    _check_training(read, coded, months)
    model = model_of(config)
    stamp = stamp_of(config, read, steps, coded, months)
    cached = [] if recompute else _stored_fits(model, stored)
    same = [fit.fitted for fit in cached if fit.stamp == stamp]
    if same:
        fitted = same[0]
    elif cached and stored is not None:
        raise EvidenceError(
            f"{stored.name}: it was fitted to other months, rows or choices than these; fit anew with "
            "`snapback fit --out`"
        )
    else:
        span = f"{month_name(months[0])} to {month_name(months[-1])}"
        progress(f"Fitting {span} from {config.starts} starts ...")
        fitted = fit(model, rounds_of(read, steps, coded, months), config.starts, config.seed)
    return Dataset(config, model, read, steps, coded, months, fitted, stamp)


def remarks(record: Record, steps: Sequence[TariffStep]) -> list[str]:
    """What is assumed where a record says nothing: months without rows, and later tariffs.

    Months that are as quiet in the shipped record have no remark, nor have its own rows.
    """
    sentences = []
    shipped = read_record()
    quiet, unmentioned = (
        set(covered_months(of)) - {month_of(e.date_announced) for e in of.events} for of in (shipped, record)
    )
    unrecorded = [month_name(m) for m in sorted(unmentioned - quiet)]
    if unrecorded:
        more = f" and {len(unrecorded) - NAMED} more" if len(unrecorded) > NAMED else ""
        sentences.append(
            f"{record.file} has no rows in {', '.join(unrecorded[:NAMED])}{more}: both held there."
        )
    last = steps[-1].date
    after = [e for e in record.events if e.instrument == "tariff" and e.move in ("escalate", "relax")]
    changed = [e.id for e in after if date_of_effect(e) > last and e not in shipped.events]
    if changed:
        sentences.append(
            f"Average tariffs are those of {last} for good, although {', '.join(changed)} changed them; "
            "give new ones by --tariffs."
        )
    return sentences


def replay_months(coded: Sequence[CodedMonth], first: str | None, last: str | None) -> range:
    """The months of a replay: all that are recorded, or from a first to a last one.

    Raises EvidenceError if a month is none, or before the record, or more than one month after it.
    """
    recorded = [month.month for month in coded]
    begin = month_number(first) if first else recorded[0]
    end = month_number(last) if last else max(begin, recorded[-1])
    if not recorded[0] <= begin <= end:
        raise EvidenceError(
            f"--from and --to: expected months from {month_name(recorded[0])} on, the first before the last, "
            f"got {month_name(begin)} and {month_name(end)}"
        )
    if end > recorded[-1] + 1:
        raise EvidenceError(
            f"--to: expected at most the month after the last recorded, {month_name(recorded[-1] + 1)}, "
            f"because a replay sees the true past; got {month_name(end)}"
        )
    return range(begin, end + 1)


def _check_training(record: Record, coded: Sequence[CodedMonth], months: range) -> None:
    """Raise EvidenceError if the record does not cover the training months, from its first on."""
    coded_months = {month.month for month in coded}
    if months[0] < coded[0].month:
        raise EvidenceError(
            f"{record.file}: expected rows from {month_name(months[0])} on, the first training month, got "
            f"them from {month_name(coded[0].month)} on; a file of events has the whole record, old rows "
            "and new ones"
        )
    if months[0] > coded[0].month:
        raise EvidenceError(
            f"train: expected months from the record's first, {month_name(coded[0].month)}, on, for memories "
            f"begin there; got {month_name(months[0])}"
        )
    for month in months:
        if month not in coded_months:
            raise EvidenceError(
                f"train: expected recorded months, and {record.file} has no {month_name(month)}"
            )


def _stored_fits(model: Model, path: Path | None) -> list[StoredFit]:
    """The fit of a file; without a path the shipped ones, none if they have other parameters."""
    try:
        return [read_fit(model, one) for one in ([path] if path else [FIT, JUDGED])]
    except EvidenceError:
        if path is not None:
            raise
        return []
