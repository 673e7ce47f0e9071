"""A report written: the page and its pictures, beside the results or elsewhere; nothing half done."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sim.domain.errors import ResultsError
from sim.reports.study.report_data import ReportData, found_in, missing
from sim.reports.study.study_figures import pictures
from sim.reports.study.study_markdown import markdown
from sim.reports.study.study_page import page
from sim.reports.study.study_picture import KINDS, Picture
from sim.storage.atomic_write import atomic_folder, write_file
from sim.storage.results_folder import check_contents
from sim.studies.store import FIGURES, REPORT

QUESTIONS: Final = Path("experiments")


class WrittenReport(NamedTuple):
    """What was written.

    Attributes:
        page: where it is.
        pictures: how many stand beside it.
        missing: what the results lack, empty if nothing.
    """

    page: Path
    pictures: int
    missing: str


def write_report(folder: Path, out: Path | None = None, text: Path | None = None) -> WrittenReport:
    """Write the report on a folder of results.

    Args:
        folder: of the results, finished or not.
        out: folder of the page and its pictures; that of the results if not given.
        text: a Markdown page that is written instead, its pictures in a folder of its name beside it.

    Raises:
        ResultsError: there are no results, or it cannot be written; what was there stays.
    """
    found = found_in(folder)
    if text is not None:
        beside = text.with_suffix("")
        _check_file(text)
        _check_pictures(beside, found)
        shown = list(pictures(found))
        called = text.name if text.is_absolute() else text.as_posix()
        _write(text, beside, shown, markdown(found, shown, called, text.stem, _asked_in(found)))
        return WrittenReport(text, len(shown), missing(found))
    place = folder if out is None else out
    _check_place(place, folder)
    _check_pictures(place / FIGURES, found)
    shown = list(pictures(found))
    _write(place / REPORT, place / FIGURES, shown, page(found, shown))
    return WrittenReport(place / REPORT, len(shown), missing(found))


def _asked_in(found: ReportData) -> str:
    """The folder of the study's file, if it is the one of questions here; empty else."""
    try:
        same = (QUESTIONS / f"{found.study.name}.toml").read_bytes() == found.study.text.encode()
    except OSError:
        same = False
    return f"{QUESTIONS}/" if same else ""


def _check_file(path: Path) -> None:
    if path.suffix != ".md":
        raise ResultsError(f"{path}: expected a Markdown page to be written, a name that ends in .md")
    if not path.resolve().parent.is_dir():
        raise ResultsError(f"{path}: expected a page in a folder that exists, and {path.parent} does not")


def _check_place(place: Path, folder: Path) -> None:
    """Raise ResultsError if a report must not be written here: only beside its results, or by itself."""
    if place.resolve() != folder.resolve():
        check_contents(place, (REPORT, FIGURES), "a report's")


def _check_pictures(folder: Path, found: ReportData) -> None:
    """Raise ResultsError if a folder, which is replaced whole, holds anything but pictures of the study."""
    names = {f"{outcome}_{kind}.png" for outcome in found.study.outcomes for kind in KINDS}
    if folder.exists() and not folder.is_dir():
        raise ResultsError(f"{folder}: expected a folder for pictures, got a file")
    others = sorted(p.name for p in folder.iterdir() if p.name not in names) if folder.is_dir() else []
    if others:
        raise ResultsError(
            f"{folder}: expected nothing but this study's pictures in it, for it is replaced whole, got "
            f"{', '.join(others[:3])}"
        )


def _write(page: Path, beside: Path, shown: Sequence[Picture], text: str) -> None:
    with atomic_folder(beside.resolve()) as part:
        for picture in shown:
            (part / f"{picture.name}.png").write_bytes(picture.png)
    write_file(page.resolve(), text)
