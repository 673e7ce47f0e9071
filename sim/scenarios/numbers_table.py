"""The table of all numbers that files may give, for `snapback list numbers` and the page beside this file."""

from sim.domain.parameters import (
    DEAL,
    ECONOMY,
    GAME,
    GOVERNMENT,
    MEASURE,
    MINERAL,
    SIDE,
    TALKS,
    TRADE,
    Declaration,
)

COLUMNS = ["table", "number", "unit", "bounds", "default", "meaning"]
TABLES = {
    "government": GOVERNMENT,
    "mineral": MINERAL,
    "measure": MEASURE,
    "deal": DEAL,
    "side of a deal": SIDE,
    "talks": TALKS,
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
