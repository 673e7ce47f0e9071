"""The tables of a report as rows of text: answers, failed runs, assumptions, and what was played."""

from typing import Any, NamedTuple

from sim.reports.study.facets import columns_of
from sim.reports.study.line_styles import level, setting
from sim.reports.study.report_data import FAILURES, ReportData, levers_of
from sim.reports.study.study_terminal import around, counted, gap_around, number
from sim.studies.study_file import LeverOption

WHOLE = 60  # rows of answers that are all shown
ENDS = 12  # of more: so many of the highest and of the lowest


class Table(NamedTuple):
    """A table in words.

    Attributes:
        told: what it is.
        head: of its columns.
        rows: of cells.
        numbers: positions of columns of numbers.
        marked: positions of rows that stand out.
    """

    told: str
    head: list[str]
    rows: list[list[str]]
    numbers: frozenset[int]
    marked: frozenset[int] = frozenset()


def answers_table(found: ReportData, outcome: str, whole: int = WHOLE, ends: int = ENDS) -> Table | None:
    """The answers of an outcome by row; None for drawn points, whose rows say nothing alone."""
    if found.sampled:
        return None
    rows, chance, unit = found.rows(outcome), found.chance(outcome), found.unit(outcome)
    levers, at = levers_of(found.study), columns_of(found.study)
    told = ""
    if len(rows) > whole:
        rows = sorted((row for row in rows if row.there), key=lambda row: -row.mean)
        if len(rows) > 2 * ends:
            told = f"The {ends} highest and the {ends} lowest of {len(rows):,} rows; answers.csv has all."
            rows = [*rows[:ends], *rows[-ends:]]
    head = [f"{f.what} [{f.unit}]" if f.unit and not f.options else f.what for f in levers]
    head += ["runs", f"mean [{unit}]", "95 %", "against the first row", "95 %"]
    cells = [
        [
            *(level(f, at[f.name][row.place]) for f in levers),
            counted(row.runs, row.happened),
            number(row.mean, chance),
            around(row.low, row.high, chance, row.happened),
            number(row.difference, chance, sign=True),
            gap_around(row.difference_low, row.difference_high, chance),
        ]
        for row in rows
    ]
    plain = {k for k, f in enumerate(levers) if not f.options}
    return Table(told, head, cells, frozenset(plain | {len(levers) + k for k in range(5)}))


def drivers_table(found: ReportData, outcome: str) -> Table | None:
    """What explains an outcome's variance, the most first; None if the design cannot tell."""
    if found.drivers is None:
        return None
    total = found.kind == "sobol"
    by = "total" if total else "first"
    rows = found.drivers[found.drivers["outcome"] == outcome]
    rows = rows[rows[by].notna()].sort_values([by, "name"], ascending=[False, True], kind="stable")
    if not len(rows):
        return None
    words = {f.name: f.what for f in found.study.cells.factors}
    keys = ("first", "total") if total else ("first",)
    names = {"first": "first order" if total else "rank correlation squared", "total": "total"}
    head = ["what", *(text for key in keys for text in (names[key], "95 %"))]
    cells = [
        [
            words[row["name"]],
            *(
                text
                for key in keys
                for text in (f"{row[key]:.3f}", f"{row[f'{key}_low']:.3f} to {row[f'{key}_high']:.3f}")
            ),
        ]
        for row in rows.to_dict("records")
    ]
    told = "Shares of the variance of the cells' means."
    return Table(told, head, cells, frozenset(range(1, len(head))))


def failures_table(found: ReportData) -> Table | None:
    """The first runs that failed; None if none did."""
    if not found.failed:
        return None
    factors, columns = found.study.cells.factors, found.study.cells.columns
    cells = [
        [f"{f.cell}", setting(factors, [columns[x.name][f.cell] for x in factors]), f"{f.run}", f.error]
        for f in found.failures
    ]
    first = f" The first {FAILURES}:" if found.failed > len(cells) else ""
    told = f"{found.failed:,} of {int(found.runs.sum()):,} runs failed; they count in no mean.{first}"
    return Table(told, ["cell", "what it is", "run", "error"], cells, frozenset({0, 2}))


def assumptions_tables(found: ReportData) -> list[Table]:
    """The numbers of each scenario that nobody has measured, those that the study moves marked."""
    moved = moved_paths(found)
    tables = []
    for source in found.study.manifest["scenarios"]:
        cells, marked = [], set()
        ordered = sorted(source["assumptions"].items(), key=lambda item: item[0] not in moved)
        for k, (path, n) in enumerate(ordered):
            if path in moved:
                marked.add(k)
            note = " ".join(f"{n['source'].partition(':')[2]} {n.get('note', '')}".split())
            name = f"{path} (moved)" if path in moved else path
            cells.append([name, f"{n['value']:g}", n["unit"], _range(n), note])
        told = (
            f"{source['title']}: {len(cells)} numbers that nobody has measured"
            f"{f', {len(marked)} of which this study moves' if marked else ''}."
        )
        head = ["number", "value", "unit", "range", "why this value"]
        tables.append(Table(told, head, cells, frozenset({1, 3}), frozenset(marked)))
    return tables


def moved_paths(found: ReportData) -> set[str]:
    """The numbers that a study puts to other values than the scenario has."""
    f = found.study.file
    paths = {path for factor in found.study.cells.factors for path in factor.paths}
    options: list[LeverOption] = [option for lever in f.levers.values() for option in lever.choices]
    texts = [*f.set, *(text for option in options for text in option.set)]
    return paths | {text.partition("=")[0].strip() for text in texts}


def _range(n: dict[str, Any]) -> str:
    if n.get("low") is None and n.get("high") is None:
        return "not given"
    return " to ".join(f"{n[key]:g}" if n.get(key) is not None else "?" for key in ("low", "high"))


def played(found: ReportData) -> list[tuple[str, str]]:
    """What was played, as pairs of a name and what it says."""
    study, f = found.study, found.study.file
    scenarios = "; ".join(f"{s['title']} ({s['name']})" for s in study.manifest["scenarios"])
    told = [("worlds", scenarios)]
    if f.until:
        told.append(("until", f.until.isoformat()))
    pairs = (("forced", f.force), ("strategies", f.strategy), ("set", f.set))
    told += [(name, ", ".join(given)) for name, given in pairs if given]
    for factor in study.cells.factors:
        column = study.cells.columns[factor.name]
        if factor.options:
            values = ", ".join(option.label for option in factor.options)
        elif not factor.lever:
            how = factor.distribution.replace("_", "-")
            values = f"{factor.low:g} to {factor.high:g} {factor.unit}, {how}; as shipped {factor.shipped:g}"
        else:
            few = sorted(set(column.tolist()))
            values = ", ".join(f"{x:g}" for x in few) if len(few) <= 12 else f"{few[0]:g} to {few[-1]:g}"
            values += f" {factor.unit}" + (f", {len(few):,} values" if len(few) > 12 else "")
            if factor.shipped == factor.shipped:
                values += f"; as shipped {factor.shipped:g}"
        kind = "lever" if factor.lever else "uncertainty"
        what = f"{factor.what}: " if factor.what != factor.name else ""
        told.append((f"{kind} {factor.name}", f"{what}{values}"))
    told += [
        (f"outcome {name}", f"{o.sentence} [{o.unit}] {o.spelling}") for name, o in study.outcomes.items()
    ]
    luck = "the same luck in every cell" if f.luck == "shared" else "luck of its own in every cell"
    design = f.design.kind.replace("_", " ")
    most = "up to " if f.precision is not None else ""
    once = int(study.settled.sum())
    fewer = f", one of {once:,} where nothing is left to luck," if once else ""
    total = f"{most}{int(study.runs.sum()):,} worlds"
    told.append(
        (
            "design",
            f"{design}, {len(study.cells):,} cells \u00d7 {most}{f.runs:,} runs{fewer} = {total}; {luck}",
        )
    )
    return told


def made_with(found: ReportData) -> list[tuple[str, str]]:
    """What is needed to get the same bytes again, as pairs of a name and what it says."""
    m = found.study.manifest
    versions = ", ".join(f"{name} {number}" for name, number in m["versions"].items())
    told = [("snapback", str(m["snapback"])), ("versions", versions)]
    told += [("machine", ", ".join(f"{key} {value}" for key, value in m["machine"].items()))]
    told += [("seed", f"{m['seed']}"), ("engine", str(m["engine"]))]
    return told + [(f"sha256 of {name}", str(value)) for name, value in m["sha256"].items()]


def commands(found: ReportData, folder: str = "") -> str:
    """What to type to get the study and its report again, its file in some folder."""
    name = found.study.name
    return f"snapback study {folder}{name}.toml\nsnapback report results/studies/{name}"
