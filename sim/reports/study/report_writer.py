"""A report written: the page and its pictures, beside the results or elsewhere; nothing half done."""

from pathlib import Path
from typing import Final, NamedTuple

from sim.domain.errors import ResultsError
from sim.reports.drawing.theme import bytes_of
from sim.reports.study.report_data import ReportData, load_report
from sim.reports.study.study_figures import pictures
from sim.reports.study.study_page import html_page, latex_tables, markdown_page
from sim.reports.study.study_picture import KINDS
from sim.storage.atomic_write import atomic_folder, write_file
from sim.storage.results_folder import check_contents, picture_names
from sim.studies.store import FIGURES, LATEX, REPORT

QUESTIONS: Final = Path("experiments")


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
    `sim.storage.results_folder.PICTURES`.

    Raises:
        ResultsError: there are no results, or it cannot be written; what was there stays.
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
