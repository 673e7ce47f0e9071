"""`snapback lesson`: what can be taught, a lesson's text, and its worksheet."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import argument, option
from sim.domain.errors import SnapbackError


def lesson_command(
    number: Annotated[int | None, argument("[N]", "Number of a lesson.")] = None,
    answers: Annotated[bool, typer.Option("--answers", help="Show the teacher's answers, too.")] = False,
    out: options.OutFile = None,
    json: options.Json = False,
    gain: Annotated[Path | None, option("--gain", "FOLDER", "What a class knew before and after.")] = None,
) -> None:
    """List six lessons of fifty minutes, or show one.

    With --out a lesson is written as a worksheet: one HTML file that prints on two sides of A4.
    Each lesson asks for a prediction first; its page shows nothing before.

    Examples:

        snapback lesson

        snapback lesson 2 --answers

        snapback lesson 2 --out worksheet.html
    """
    from sim.cli.terminal import print_json, print_markdown, print_table, print_written
    from sim.lessons import lesson, lessons

    if gain is not None:
        return _print_gains(gain, json)
    if number is None:
        if answers or out is not None:
            raise SnapbackError("lesson: expected a number before --answers and --out, such as 2")
        rows = [
            {"number": str(one.number), "title": one.title, "scenario": one.scenario} for one in lessons()
        ]
        if json:
            return print_json({"lessons": rows})
        print_table("Lessons", list(rows[0]), [list(row.values()) for row in rows])
        return typer.echo("snapback lesson N shows one; snapback page --lesson N opens its page.")
    one = lesson(number)
    if out is not None:
        from sim.reports.templates.rendering import render
        from sim.storage.atomic_write import check_file, check_writable, write_file

        check_file(out)
        check_writable(out)
        write_file(out, render("worksheet.html", lesson=one))
        print_written(f"{out}, to be printed on both sides of a sheet", err=json)
    if json:
        print_json(asdict(one) | {"answers": one.answers if answers else ""})
    elif out is None:
        parts = [f"# {one.title}", *(f"## {name}\n\n{text}" for name, text in one.sections.items())]
        parts.insert(3, "\n- ".join([f"**{one.question}**\n", *one.choices]))
        print_markdown("\n\n".join([*parts, *(["## Answers", one.answers] if answers else [])]))
        typer.echo(f"snapback page --lesson {number} opens its page, --out FILE writes its worksheet.")
        typer.echo(f"snapback class --lesson {number} lets students play each other first.")


def _print_gains(folder: Path, json: bool) -> None:
    import pandas as pd

    from sim.cli.terminal import print_json, print_table
    from sim.lessons.assessment import CAUTION, gains

    path = folder / "answers.parquet"
    if not path.is_file():
        raise SnapbackError(f"{folder}: expected the folder of a class, with answers.parquet, got none")
    table = gains(pd.read_parquet(path))
    if json:
        plain = table.astype(object).where(table.notna(), None)
        return print_json({"gains": plain.to_dict("records"), "caution": CAUTION})
    names = [str(name) for name in table]
    parts = {"What was known": names[:7], "How sure it was said (Brier score)": [names[0], *names[7:]]}
    for title, columns in parts.items():
        rows = table[columns].round(2).astype(str).to_numpy().tolist()
        print_table(title, [name.replace("_", " ") for name in columns], rows)
    typer.echo(CAUTION)
