"""`snapback page`: a scenario as one HTML file, in which the rules run."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import argument, option
from sim.domain.errors import EngineError


def page_command(
    scenario: Annotated[
        str | None, argument("SCENARIO", "Name of a shipped scenario or path of a TOML file.")
    ] = None,
    out: options.OutFile = None,
    number: Annotated[int | None, option("--lesson", "N", "Open a lesson (snapback lesson).")] = None,
    all_: Annotated[
        Path | None, option("--all", "DIR", "Write the pages of all shipped scenarios here.")
    ] = None,
) -> None:
    """Write a page to explore a scenario in a browser, from disk.

    The rules themselves run in it, as WebAssembly: the same worlds as `snapback run` with the same seed.
    Open it from disk, or from a memory stick.

    Examples:

        snapback page busan

        snapback page --lesson 2

        snapback page --all stick
    """
    from sim.cli.terminal import open_page
    from sim.lessons import lesson
    from sim.reports.page.page_file import page_of
    from sim.scenarios import scenario_names
    from sim.storage.atomic_write import check_file, check_writable, write_file

    if [scenario, number, all_].count(None) != 2 or (all_ is not None and out is not None):
        raise EngineError(
            "page: expected a scenario, such as busan, --lesson with a number or --all with a folder"
        )
    one = None if number is None else lesson(number)
    check_file(out)
    folder = all_ or Path("results/pages")
    scenario = one.scenario if one else scenario
    for name in [scenario] if scenario else scenario_names():
        path = out or folder / (f"lesson_{number}.html" if one else f"{Path(name).stem}.html")
        check_writable(path)
        text, strangers = page_of(name, lesson=one)
        write_file(path, text)
        typer.echo(f"{path}: {len(text) // 1000} kB. Open it in a browser.")
        for line in strangers:
            typer.echo(f"  {line}.")
        if one and out is None:
            open_page(path)
