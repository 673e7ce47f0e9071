"""Which numbers that nobody has measured change Beijing's answer, each by itself, within its range."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from answers import AFFILIATES, BAN, CONTROLS, TARIFFS, WEEK, answers, back

import sim
from sim.scenarios.assumptions import assumptions_of

QUARTER = 90  # days
PROVOCATIONS = {"the 24 points": TARIFFS, "the affiliates rule": AFFILIATES}
COLUMNS = ("kind of the answer", "ban, 7 / 90 days", "October controls, 7 / 90 days")
MINERALS = ("gallium", "germanium", "antimony", "graphite", "rare_earths")
LISTED: Mapping[str, Sequence[str]] = {  # in the table whatever they do; numbers of an entry move together
    "harm by Beijing's port fees": ["cn_port_fees.harm"],
    "their cost": ["cn_port_fees.cost"],
    "Washington's belief in renewal": ["US.renewal_belief"],
    "room for stores of all minerals": [f"US.{mineral}.capacity" for mineral in MINERALS],
    "Beijing's stake in the deal": ["deals.busan.CN.stake"],
    "size of a breach that is answered in full": ["deals.busan.tolerance"],
    "how sharply Beijing tells acts apart": ["CN.act_precision"],
}
NOTHING = "none"  # the kind of an answer that does not come


class EdgeRow(NamedTuple):
    """What some numbers at an end of their ranges do to the answers to the provocations.

    Attributes:
        name: of the numbers.
        end: what the first of them is put to.
        kinds: the modal kinds of the first answer to each provocation.
        cells: of the table.
    """

    name: str
    end: str
    kinds: tuple[frozenset[str], ...]
    cells: list[str]


def edge_row(name: str, changes: Sequence[str], runs: int) -> EdgeRow:
    """The answers to all provocations with some numbers set."""
    modal, cells = [], []
    for force in PROVOCATIONS.values():
        played = sim.ensemble("busan", runs, until="2026-06-01", force=force, set=changes, record=True)
        given = answers(played)
        shares = {kind: n / runs for kind, n in Counter(k for a in given for k in a.kinds).most_common()}
        shares[NOTHING] = 1.0 - len(given) / runs
        modal.append(modal_kinds(shares, runs))
        cells += [
            ", ".join(
                f"{kind} {100 * shares[kind]:.0f} %" for kind in sorted(modal[-1], key=shares.get)[::-1]
            ),
            *(f"{back(played, WEEK, m):.0f} / {back(played, QUARTER, m):.0f}" for m in (BAN, CONTROLS)),
        ]
    return EdgeRow(name, changes[0].partition("=")[2] if changes else "", tuple(modal), cells)


def modal_kinds(shares: Mapping[str, float], runs: int) -> frozenset[str]:
    """The kinds that most answers hold, with those that are not told apart from the first by two errors."""
    top = max(shares.values())
    error = (2.0 * top * (1.0 - top) / runs) ** 0.5
    return frozenset(kind for kind, share in shares.items() if share >= top - 2.0 * error - 1e-9)


def changes_kind(row: EdgeRow, shipped: EdgeRow) -> bool:
    """Whether the modal kinds of the answer to any provocation are all others than as shipped."""
    return any(a.isdisjoint(b) for a, b in zip(row.kinds, shipped.kinds, strict=True))


def edges(numbers: Mapping[str, Sequence[str]], runs: int) -> Iterator[EdgeRow]:
    """A row as shipped, then two for each entry: its numbers at their low ends, and at their high ends.

    Args:
        numbers: paths of assumptions with a range, those that move together, by what they are called.
        runs: of each row and provocation.
    """
    assumed = assumptions_of(sim.scenario("busan"))
    yield edge_row("as shipped", [], runs)
    for name, paths in numbers.items():
        for end in ("low", "high"):
            yield edge_row(name, [f"{path}={getattr(assumed[path], end):g}" for path in paths], runs)


def others(listed: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """All other assumptions with a range, one an entry."""
    moved = {path for paths in listed.values() for path in paths}
    return {
        f"`{path}`": [path]
        for path, number in assumptions_of(sim.scenario("busan")).items()
        if path not in moved and number.low is not None and number.high is not None
    }


def edge_lines(
    listed: Mapping[str, Sequence[str]], more: Mapping[str, Sequence[str]], runs: int
) -> tuple[str, list[str]]:
    """What single numbers change, in a sentence or two, and the table.

    Args:
        listed: numbers that are in the table whatever they do.
        more: numbers that are in it if they change the modal kind of an answer.
        runs: of each row and provocation.
    """
    shipped, *rows = edges({**listed, **more}, runs)
    changed = {row.name for row in rows if changes_kind(row, shipped)}
    ending = {row.name for row in rows if row.name in changed and any(NOTHING in k for k in row.kinds)}
    told = [
        f"One number alone, moved within its range, {what}: {', '.join(sorted(names))}."
        for what, names in (
            ("leaves most runs without an answer", ending),
            ("changes the kind that most answers hold", changed - ending),
        )
        if names
    ]
    rest = len(listed) + len(more) - len(changed)
    told.append(f"{rest} of {len(listed) + len(more)} change neither.")
    table = [
        f"| number | at | {' | '.join(f'{name}: {c}' for name in PROVOCATIONS for c in COLUMNS)} |",
        f"|---|---:|{'---|---:|---:|' * len(PROVOCATIONS)}",
        *(
            f"| {row.name} | {row.end} | {' | '.join(row.cells)} |"
            for row in (shipped, *rows)
            if row is shipped or row.name in listed or row.name in changed
        ),
    ]
    return " ".join(told), table
