"""Fill the documents from runs and declarations: no figure or table that could grow old is typed by hand.

    python experiments/fill_documents.py            write every figure and block anew
    python experiments/fill_documents.py --check    say which differ, and change nothing

A figure stands before its name in an HTML comment, which pages do not show: 99.8 %<!--many.provoked-->.
The digits after the point stay as many as they were; a test holds each to its tolerance. A block, such as
a table, stands between two comments, <!-- block: NAME --> and <!-- end of block -->, and is held as it is.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import document_tables
import followed_run
import one_hour
import worked_decision
import worked_row
from document_figures import measured

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "experiments/one_hour.md",
    "sim/README.md",
    "sim/ODD.md",
    "sim/API.md",
    "sim/scenarios/README.md",
    "sim/validation/README.md",
)
FIGURE = re.compile(r"(?P<number>[-+]?[\d,]+(?:\.\d+)?)(?P<unit> %)?<!--(?P<name>[a-z_0-9.]+)-->")
BLOCK = re.compile(
    r"<!-- block: (?P<name>[a-zA-Z ]+) -->\n\n(?P<text>.*?)\n\n<!-- end of block -->", re.DOTALL
)
BLOCKS: Mapping[str, Callable[[], str]] = {
    **document_tables.TABLES,
    **one_hour.BLOCKS,
    "story": followed_run.story,
    "answer": followed_run.answer_story,
    "package": followed_run.package,
    "printed": followed_run.printed,
    "what Beijing sees": followed_run.what_beijing_sees,
    "costs": followed_run.costs,
    "outlook of the answer": worked_decision.outlook_values,
    "discounting by hand": worked_row.discounting_by_hand,
    "row by hand": worked_row.row_arithmetic,
    "value by hand": worked_row.value_arithmetic,
    "acts": worked_decision.act_rows,
    "opening": worked_decision.opening,
    "package by hand": worked_decision.package_steps,
    "moves": worked_decision.move_values,
}


class Difference(NamedTuple):
    """A figure, or a line of a block, that is not what it should be."""

    document: str
    name: str
    written: float | str
    measured: float | str


def figures(text: str) -> Iterator[re.Match[str]]:
    """The figures of a document."""
    return FIGURE.finditer(text)


def filled(text: str) -> str:
    """A document with every figure and block as it should be, figures with as many digits as they had."""

    def fill(match: re.Match[str]) -> str:
        number = match["number"]
        digits = len(number.partition(".")[2])
        sign = "+" if number.startswith("+") else ""
        return f"{measured(match['name']):{sign},.{digits}f}{match['unit'] or ''}<!--{match['name']}-->"

    def write(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- block: {name} -->\n\n{BLOCKS[name]()}\n\n<!-- end of block -->"

    return FIGURE.sub(fill, BLOCK.sub(write, text))


def differences(document: str) -> list[Difference]:
    """The figures of a document that are off by more than one in their last digit, or one in a hundred."""
    wrong = []
    for match in figures((ROOT / document).read_text("utf-8")):
        number = match["number"].replace(",", "")
        last_digit = 10.0 ** -len(number.partition(".")[2])
        real = measured(match["name"])
        if abs(float(number) - real) > max(last_digit, 0.01 * abs(real)):
            wrong.append(Difference(document, match["name"], float(number), real))
    return wrong


def old_lines(document: str) -> list[Difference]:
    """The first line of each block of a document that is not as it should be."""
    wrong = []
    for match in BLOCK.finditer((ROOT / document).read_text("utf-8")):
        written, real = match["text"].splitlines(), BLOCKS[match["name"]]().splitlines()
        lines = zip([*written, ""], [*real, ""], strict=False)
        if written != real:
            wrong.append(
                Difference(document, match["name"], *next(pair for pair in lines if pair[0] != pair[1]))
            )
    return wrong


def main() -> int:
    """Fill all documents, or say what differs."""
    if "--check" in sys.argv:
        wrong = [d for document in DOCUMENTS for d in (*old_lines(document), *differences(document))]
        for difference in wrong:
            print(*difference)
        return 1 if wrong else 0
    for document in DOCUMENTS:
        path = ROOT / document
        path.write_text(filled(path.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
