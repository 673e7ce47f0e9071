"""The table of all numbers that files may give, for `snapback list numbers` and the page beside this file.

    python -m sim.scenarios.numbers_table

writes it into `README.md` there, between two comments; a test holds the two equal.
"""

from pathlib import Path

from sim.domain.parameters import (
    DEAL,
    ECONOMY,
    GAME,
    GOVERNMENT,
    MEASURE,
    MINERAL,
    SIDE,
    TRADE,
    Declaration,
)

PAGE = Path(__file__).with_name("README.md")
START, END = "<!-- numbers -->", "<!-- end of numbers -->"
COLUMNS = ["table", "number", "unit", "bounds", "default", "meaning"]
TABLES = {
    "government": GOVERNMENT,
    "mineral": MINERAL,
    "measure": MEASURE,
    "deal": DEAL,
    "side of a deal": SIDE,
    "trade": TRADE,
    "economy": ECONOMY,
    "game": GAME,
}


def numbers_table() -> list[list[str]]:
    """A row for each number: table, number, unit, bounds, default and meaning, as of `COLUMNS`."""
    return [
        [table, name, p.unit, f"{p.minimum:,.10g} to {p.maximum:,.10g}", _default(p), p.meaning]
        for table, parameters in TABLES.items()
        for name, p in parameters.items()
    ]


def _default(p: Declaration) -> str:
    if p.part_of:
        return f"not needed while {p.part_of} is 0"
    return "required" if p.default is None else f"{p.default:g}"


def page_with_table(text: str) -> str:
    """The text of the page with the table as it is now."""
    rows = [COLUMNS, ["---"] * len(COLUMNS), *numbers_table()]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    before, _, rest = text.partition(START)
    return f"{before}{START}\n\n{table}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page_with_table(PAGE.read_text("utf-8")), "utf-8")
