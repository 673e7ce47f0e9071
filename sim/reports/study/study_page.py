"""A study as pages: its report in HTML or Markdown, and what a terminal shows after it has run."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.domain.errors import ResultsError
from sim.reports.drawing.theme import bytes_of
from sim.reports.page.page_file import live_world
from sim.reports.study import study_tables
from sim.reports.study.report_data import ReportData, load_report
from sim.reports.study.study_figures import pictures
from sim.reports.study.study_picture import KINDS, Picture
from sim.reports.study.study_text import design_values, key_sentences, summary
from sim.reports.templates.rendering import Markdown, render
from sim.storage.atomic_write import atomic_folder, write_file
from sim.storage.results_folder import check_contents, picture_names
from sim.studies.settings import reference_spec
from sim.studies.store import FIGURES, LATEX, REPORT

HTML_ROWS: Final = (60, 12)  # rows of answers that are all on the page; of more, so many from either end
MARKDOWN_ROWS: Final = (24, 5)
UNFOLDED_ROWS: Final = 24  # rows of a table that is open on the HTML page, or whole on the Markdown page

QUESTIONS: Final = Path("experiments")


def html_page(data: ReportData, pictures: Sequence[Picture]) -> str:
    """The page as HTML; the same results give the same text."""
    movable = [path for factor in data.study.cells.factors for path in factor.paths]
    return render(
        "study.html",
        live=live_world(reference_spec(data.study), movable=movable),
        **_values(data, pictures, *HTML_ROWS),
        unfolded_rows=UNFOLDED_ROWS,
        **design_values(data.study),
    )


def markdown_page(
    data: ReportData,
    pictures: Sequence[Picture],
    page: str,
    pictures_folder: str,
    study_folder: str = "",
    kind: str = "png",
) -> str:
    """The page as Markdown; the same results give the same text.

    `page` is where it is written, `pictures_folder` and `study_folder` what it and its commands call the
    folders of its pictures, of this kind, and of the study's file, that with a slash at its end.
    """
    return render(
        "study.md",
        **_values(data, pictures, *MARKDOWN_ROWS, study_folder),
        most_rows=UNFOLDED_ROWS,
        page=page,
        pictures_folder=pictures_folder,
        kind=kind,
    )


def latex_tables(data: ReportData) -> str:
    """The tables of answers for LaTeX with booktabs; the same results give the same text."""
    return render("answers.tex", **_values(data, [], *HTML_ROWS))


def answers_text(data: ReportData) -> Markdown:
    """The answers so far: a table for each outcome, and what moves it most."""
    text = render("study_answers.md", data=data, **_values(data, [], *MARKDOWN_ROWS), most_rows=UNFOLDED_ROWS)
    return Markdown(text)


def answers_as_json(data: ReportData) -> dict[str, Any]:
    """The answers so far, a row each, for JSON."""
    study = data.study
    rows = json.loads(data.answers.to_json(orient="records", double_precision=15))
    runs = {"runs": int(data.runs.sum()), "of": int(study.runs.sum()), "failed": data.failed}
    about = {"folder": str(data.results.folder), "title": study.file.title, "question": study.file.question}
    return {**about, "complete": not data.missing, **runs, "answers": rows}


def _values(
    data: ReportData, pictures: Sequence[Picture], most: int, ends: int, study_folder: str = ""
) -> dict[str, Any]:
    """What both pages are filled with."""
    study = data.study
    outcomes = []
    for name, outcome in study.outcomes.items():
        answers = study_tables.answers_table(data, name, most, ends)
        crossed = study_tables.crossed_table(data, name)
        drivers = study_tables.drivers_table(data, name)
        outcomes.append(
            {
                "name": name,
                **outcome._asdict(),
                "key_sentences": key_sentences(data, name),
                "pictures": [picture for picture in pictures if picture.outcome == name],
                "tables": [table for table in (crossed, answers, drivers) if table is not None],
            }
        )
    return {
        "name": study.name,
        "file": study.file,
        "text": study.text,
        "manifest": study.manifest,
        "missing": data.missing,
        "summary": summary(data),
        "outcomes": outcomes,
        "failures": study_tables.failures_table(data),
        "assumptions": study_tables.assumptions_tables(data),
        "commands": f"snapback study {study_folder}{study.name}.toml\n"
        f"snapback report results/studies/{study.name}",
    }


class WrittenReport(NamedTuple):
    """What was written."""

    page: Path  # where it is
    pictures: int  # how many stand beside it
    missing: str  # what the results lack, empty if nothing


def write_report(
    folder: Path, out: Path | None = None, text: Path | None = None, kind: str = "png"
) -> WrittenReport:
    """Write the report on a folder of results.

    The page and its pictures go to `out`, or beside the results. `text` is a Markdown page that is written
    instead, its pictures in a folder of its name beside it; `kind` is of the pictures' files, one of
    `sim.storage.results_folder.PICTURES`. Raises ResultsError if there are no results, or it cannot be
    written; what was there stays.
    """
    data = load_report(folder)
    place = folder if out is None else out
    page, figures = (text, text.with_suffix("")) if text else (place / REPORT, place / FIGURES)
    if text is not None and text.suffix != ".md":
        raise ResultsError(f"{text}: expected a Markdown page to be written, a name that ends in .md")
    if text is not None and not text.resolve().parent.is_dir():
        raise ResultsError(f"{text}: expected a page in a folder that exists, and {text.parent} does not")
    if text is None and place.resolve() != folder.resolve():
        check_contents(place, (REPORT, FIGURES, LATEX), "a report's")
    names = (picture_names(f"{outcome}_{k}") for outcome in data.study.outcomes for k in KINDS)
    check_contents(figures, set().union(*names), "one of this study's pictures")
    images = list(pictures(data))
    if text is not None:
        name = text.name if text.is_absolute() else text.as_posix()
        content = markdown_page(data, images, name, text.stem, _study_folder(data), kind)
    else:
        content = html_page(data, images)
    with atomic_folder(figures.resolve()) as part:
        for image in images:
            content_of = image.png if kind == "png" else bytes_of(image.figure, kind)
            (part / f"{image.name}.{kind}").write_bytes(content_of)
    write_file(page.resolve(), content)
    if text is None:
        write_file(place.resolve() / LATEX, latex_tables(data))
    return WrittenReport(page, len(images), data.missing)


def _study_folder(data: ReportData) -> str:
    """The folder of the study's file, if it is the one of questions here; empty else."""
    try:
        same = (QUESTIONS / f"{data.study.name}.toml").read_bytes() == data.study.text.encode()
    except OSError:
        same = False
    return f"{QUESTIONS}/" if same else ""
