"""`snapback bench`: how fast runs are on this machine."""

from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from shutil import which
from typing import Annotated

import typer

from sim.cli.options import Json, option
from sim.domain.errors import EngineError


def bench_command(
    json: Json = False,
    repeat: Annotated[int, option("--repeat", "N", "Repetitions; figures are their medians.", min=1)] = 7,
    page: Annotated[bool, typer.Option("--page", help="Measure a page in Chromium.")] = False,
    class_: Annotated[bool, typer.Option("--class", help="Measure a class of bots.")] = False,
) -> None:
    """Measure how fast runs are on this machine, in a checkout.

    The ensemble is measured against Mesa, Axelrod-Python, EGTtools and itself on
    two threads. The others take turns in one process on one
    core; Axelrod-Python and EGTtools are skipped if they are not installed. Takes
    about a minute, and another the first time, when the rules are compiled.

    Examples:

        snapback bench

        snapback bench --json --repeat 21

        snapback bench --page

        snapback bench --class
    """
    if page:
        tools: dict[str, object] = {"Playwright": find_spec("playwright"), "Chromium": which("chromium")}
        _measure("bench --page", "page", {"text, not --json": not json, **tools})
    elif class_:
        there: dict[str, object] = {"text, not --json": not json, "websockets": find_spec("websockets")}
        _measure("bench --class", "class", there)
    else:
        _measure("bench", "speed", {}, json, repeat)


def _measure(where: str, what: str, there: dict[str, object], *arguments: object) -> None:
    """Run the script of `experiments` that measures something, in a checkout in which all is there."""
    path = Path(__file__).parents[2] / "experiments" / f"{what}_figures.py"
    if missing := [name for name, value in {"a checkout": path.is_file(), **there}.items() if not value]:
        raise EngineError(f"{where}: expected {' and '.join(missing)}")
    run_path(str(path))["main"](*arguments)
