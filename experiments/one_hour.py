"""The hour of a student: runs the commands that `one_hour.md` shows, in its order, and finds what it quotes.

    python experiments/one_hour.py      make the pictures of the page anew, in one_hour/

What is quoted is written by `fill_documents.py`; a test runs the commands and compares.
"""

import contextlib
import io
import re
import shlex
import sys
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from run_notebooks import few_colours

from sim.cli import app

PAGE = Path(__file__).with_suffix(".md")
COMMAND = re.compile(r"^snapback .+$", re.MULTILINE)
PICTURES = ("spring/timeline.png", "belief/comparison.png")  # as the commands leave them


class Quote(NamedTuple):
    """What the page quotes of what a command prints."""

    command: int  # its place on the page
    first: str  # with what the first line begins
    end: str = ""  # with what the first line begins that is not quoted; an empty line if not given


QUOTES = {
    "hour answer": Quote(0, "• 2 March 2026.", "• 9 March 2026."),
    "hour decisions": Quote(1, "│ 9 ", "│ 11 "),
    "hour worth": Quote(2, "[bn USD]"),
    "hour change": Quote(2, "What would have changed it.", "The rule."),
    "hour ban": Quote(3, "Why not cn_ga_ge_sb_ban?", "All that led"),
    "hour paths": Quote(4, "Where the two paths part", "What the change does"),
    "hour costs": Quote(4, "economy [bn USD]", "escalations"),
}


class Hour(NamedTuple):
    """What the commands leave."""

    texts: list[str]  # printed by each
    pictures: dict[str, bytes]  # by the name of the file


@cache
def hour() -> Hour:
    """Run all commands of the page in an empty folder; each must end well."""
    texts = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for command in COMMAND.findall(PAGE.read_text("utf-8")):
            words = mock.patch.object(sys, "argv", shlex.split(command))
            with contextlib.redirect_stdout(io.StringIO()) as out, words:
                try:
                    app.main()
                except SystemExit as stop:
                    assert not stop.code, command
            texts.append(out.getvalue())
        return Hour(texts, {Path(name).name: few_colours(Path(name).read_bytes()) for name in PICTURES})


def quoted(quote: Quote) -> str:
    """Some lines that a command prints, as a block of text."""
    lines = [line.rstrip() for line in hour().texts[quote.command].splitlines()]
    first = next(k for k, line in enumerate(lines) if line.strip().startswith(quote.first))
    ended = (k for k in range(first, len(lines)) if lines[k].strip().startswith(quote.end))
    end = next(ended) if quote.end else lines.index("", first)
    return "\n".join(["```text", *"\n".join(lines[first:end]).strip("\n").splitlines(), "```"])


BLOCKS = {name: partial(quoted, quote) for name, quote in QUOTES.items()}


def main() -> None:
    """Write the pictures."""
    for name, png in hour().pictures.items():
        (PAGE.with_suffix("") / name).write_bytes(png)


if __name__ == "__main__":
    main()
