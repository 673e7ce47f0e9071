"""What `snapback assumptions`, `compare`, `forecast` and `report` answer, for Python: tables and figures.

Changes (`until`, `force`, `strategy`, `set`) are given as `sim.ensemble` takes them. Nothing is written
without `out`. Whatever the user can put right raises a SnapbackError.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.errors import EngineError, EvidenceError
from sim.engines.arguments import day_from
from sim.engines.run_spec import RunSpec
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from sim.forecasting.forecast import Forecast
    from sim.reports.study.report_data import ReportData
    from sim.studies.one_at_a_time import OneAtATime
    from sim.studies.paired_comparison import Comparison

Texts = str | Sequence[str]


def assumptions(
    scenario: str | Path = "busan",
    outcome: str | None = None,
    *,
    runs: int = 100,
    seed: int = 1,
    workers: int = 1,
    out: str | Path | None = None,
    **changes: Any,
) -> "pd.DataFrame | OneAtATime":
    """The numbers that nobody has measured or, with an outcome, how far each end of their ranges moves it.

    Without an outcome, such as `cost:of=economy,government=CN`, nothing is run, and a table is given: a row
    an assumption, with value, unit, low, high, source and note. With one it is an object that has `.table`
    and `.plot()`, from so many `runs` of each end by so many `workers` (with more than one, a script calls
    this under `if __name__ == "__main__"`). `out` is a folder for the table and the picture; changes are
    `until`, `force`, `strategy` and `set`. Raises a SnapbackError for all that the user can put right.
    """
    spec = RunSpec.of(scenario, overrides=changes.pop("set", ()), seed=seed, runs=runs, **changes)
    if outcome is None:
        import pandas as pd

        rows = {path: number.model_dump() for path, number in assumptions_of(spec.load()).items()}
        columns = ["value", "unit", "low", "high", "source", "note"]
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("assumption")[columns]
    from sim.reports.assumptions.assumptions_report import write_sensitivity
    from sim.studies.one_at_a_time import sensitivity

    result = sensitivity(spec, outcome, workers=workers)
    if out is not None:
        write_sensitivity(result, Path(out))
    return result


def compare(
    scenario: str | Path | Scenario = "busan",
    *,
    runs: int = 20,
    seed: int = 1,
    both: Texts = (),
    out: str | Path | None = None,
    **changes: Any,
) -> "Comparison":
    """Run the same luck with and without a change: `force`, `strategy` or `set`; `both` is forced in both.

    Gives an object with `.pairs` (a data frame, a row a pair), `.summary` (a dictionary), `.plot()` and
    `.story()`. `out` is a folder for all of them.
    """
    from sim.reports.comparison.comparison_report import write_comparison
    from sim.studies.paired_comparison import compare_runs

    spec = RunSpec.of(scenario, overrides=changes.pop("set", ()), seed=seed, runs=runs, **changes)
    result = compare_runs(spec, RunSpec.of(scenario, force=both).force)
    if out is not None:
        write_comparison(result, Path(out))
    return result


def forecast(
    as_of: date | str,
    event: str,
    by: date | str,
    scenario: str = "busan",
    *,
    events: str | Path | None = None,
    strategy: Texts | Mapping[str, str] = (),
    set: Any = (),
    out: str | Path | None = None,
    **more: Any,
) -> "Forecast":
    """Forecast an event: the record's moves up to a day are forced, unmeasured numbers are drawn.

    `event` is `MEASURE:STATUS` on any day up to `by`, `MEASURE:STATUS@by`, `MEASURE+MEASURE:ends`, or an
    outcome that is a probability; `events` the file of the record, the shipped one if None; `more` may be
    `draws` [512, at least 6], `runs` of each [20, at least 2] and `seed`. `out` is a file for the card
    (.json), its picture beside it. Gives an object with `.tables` (chances, baselines, paths, drivers) as
    data frames, `.card` and `.plot()`.
    """
    from sim.forecasting.card import card_path
    from sim.forecasting.forecast import ForecastSpec
    from sim.forecasting.forecast import forecast as forecast_of
    from sim.reports.forecast.forecast_figure import write_card

    changes = RunSpec.of(scenario, strategy=strategy, overrides=set)
    more |= {"events": Path(events) if events else None}
    more |= {"overrides": changes.overrides, "strategy": changes.strategy}
    spec = ForecastSpec(_day("as_of", as_of), event, _day("by", by), scenario, **more)
    result = forecast_of(spec)
    if out is not None:
        write_card(result, card_path(spec, Path(out)))
    return result


def report(folder: str | Path, out: str | Path | None = None) -> "ReportData":
    """The report on the results of a study in a folder, finished or not.

    Gives an object with `.answers` and `.drivers` (tables), `.text` and `.figures` (by name). `out` is a
    folder for the page and its pictures, such as `folder` itself.
    """
    from sim.reports.study.report_data import load_report
    from sim.reports.study.study_page import write_report

    if out is not None:
        write_report(Path(folder), Path(out))
    return load_report(Path(folder))


def _day(name: str, day: Any) -> date:
    try:
        result = day_from(name, day)
        return result if isinstance(result, date) else date.fromisoformat(str(result))
    except (EngineError, ValueError):
        raise EvidenceError(f"{name}: expected a date as YYYY-MM-DD, got {day!r}") from None
