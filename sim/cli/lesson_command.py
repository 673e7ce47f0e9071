"""`snapback lesson`: what can be taught, a lesson's text, and its worksheet."""

from dataclasses import asdict
from typing import Annotated

import typer

from sim.cli import options
from sim.domain.errors import SnapbackError


def lesson_command(
    number: Annotated[int | None, typer.Argument(metavar="[N]", help="Number of a lesson.")] = None,
    answers: Annotated[bool, typer.Option("--answers", help="Show the teacher's answers, too.")] = False,
    out: options.OutFile = None,
    json: options.Json = False,
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

    if number is None and (answers or out is not None):
        raise SnapbackError("lesson: expected a number before --answers and --out, such as 2")
    if number is None:
        rows = [[str(one.number), one.title, one.scenario] for one in lessons()]
        if json:
            print_json(
                {"lessons": [dict(zip(("number", "title", "scenario"), row, strict=True)) for row in rows]}
            )
            return
        print_table("Lessons", ["number", "title", "scenario"], rows)
        typer.echo("snapback lesson N shows one; snapback page --lesson N opens its page.")
        return
    one = lesson(number)
    if out is not None:
        from sim.reports.templates.rendering import render
        from sim.storage.atomic_write import check_file, check_writable, write_file

        check_file(out)
        check_writable(out)
        write_file(out, render("worksheet.html", lesson=one))
        print_written(out, err=json)
    if json:
        print_json(asdict(one) | {"answers": one.answers if answers else ""})
    elif out is None:
        parts = [f"# {one.title}", *(f"## {name}\n\n{text}" for name, text in one.sections.items())]
        parts.insert(3, "\n".join([f"**{one.question}**\n", *(f"- {choice}" for choice in one.choices)]))
        print_markdown("\n\n".join([*parts, *(["## Answers", one.answers] if answers else [])]))
