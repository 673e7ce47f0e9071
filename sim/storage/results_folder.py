"""A folder of results: named by its fingerprint, checked, and written whole with its manifest.

Runs, distributions, assumptions and replays give the names of their files and a manifest; the rest is here.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.domain.errors import ResultsError
from sim.storage.atomic_write import PART, atomic_folder, check_writable
from sim.storage.provenance import as_json, digest_of

if TYPE_CHECKING:
    import pandas as pd

MANIFEST: Final = "manifest.json"
LONGEST: Final = 120  # bytes of a name
PICTURES: Final = ("png", "svg", "pdf")  # kinds of files
FLOAT_FORMAT: Final = "%.10g"
RUN: Final = "a run's"  # who owns a folder, if nothing else is said


def fingerprint(manifest: Mapping[str, Any]) -> str:
    """Twelve letters that change with anything that could change the results, but with no spelling of it."""
    return digest_of({k: value for k, value in manifest.items() if k not in ("versions", "typed")})[:12]


def chosen_folder(
    out: Path | None, name: str, manifest: Mapping[str, Any], files: Collection[str], owner: str = RUN
) -> Path:
    """Where results go: `out`, or results/runs/NAME-FINGERPRINT in this folder; checked for other files."""
    folder = out or Path("results") / "runs" / f"{short_name(name)}-{fingerprint(manifest)}"
    check_folder(folder, files, owner)
    return folder


def short_name(name: str) -> str:
    """A name that fits every disk; of a longer one its beginning, and a digest."""
    if len(name.encode()) <= LONGEST:
        return name
    return f"{name.encode()[: LONGEST - 13].decode('utf-8', 'ignore')}-{digest_of(name)[:12]}"


def picture_names(name: str) -> set[str]:
    """A picture's file in every kind."""
    return {f"{name}.{kind}" for kind in PICTURES}


def check_contents(folder: Path, files: Collection[str], owner: str) -> None:
    """Raise ResultsError if a folder, which need not exist, holds other files than these of an owner's."""
    if folder.is_dir():
        names = (path.name for path in folder.iterdir())
        others = sorted(
            name for name in names if name not in files and not (name[0] == "." and name.endswith(PART))
        )
        if others:
            raise ResultsError(
                f"{folder}: expected a new folder, an empty one or {owner}, got one with other files: "
                f"{', '.join(others[:3])}"
            )
    elif folder.exists():
        raise ResultsError(f"{folder}: expected a folder, got a file")


def check_folder(folder: Path, files: Collection[str], owner: str = RUN) -> None:
    """Raise ResultsError if results must not be written here.

    A folder that holds such results and nothing else is replaced, an empty one is filled, anything else
    is refused. Takes what `check_contents` does.
    """
    check_contents(folder, files, owner)
    if folder.resolve() == Path.cwd():
        raise ResultsError(f"{folder}: expected another folder than the current one, which is replaced whole")
    check_writable(folder)


@contextmanager
def results_folder(
    folder: Path, files: Collection[str], owner: str = RUN, manifest: Mapping[str, Any] | None = None
) -> Iterator[Path]:
    """A new folder to write results into; with its manifest it takes its place when the block ends.

    Raises ResultsError if the folder holds something else, or cannot be written; what was there is unchanged.
    """
    check_folder(folder, files, owner)
    with atomic_folder(folder.resolve()) as part:
        yield part
        if manifest is not None:
            write_text(as_json(manifest), part / MANIFEST)


def write_table(frame: "pd.DataFrame", path: Path) -> None:
    """Write a table as CSV, days as ISO text, the same bytes on every machine."""
    days = "%Y-%m-%d"
    frame.to_csv(path, index=False, float_format=FLOAT_FORMAT, date_format=days, lineterminator="\n")


def write_text(text: str, path: Path) -> None:
    """Write a text as UTF-8 with plain newlines."""
    path.write_text(text, encoding="utf-8", newline="\n")
