"""`snapback list`: what there is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from sim.cli.options import Json, argument, option

if TYPE_CHECKING:
    from sim.strategies.plugin_register import Player

Table = tuple[str, list[str], list[list[str]]]  # title, columns, rows
Listing = Literal[
    "scenarios", "strategies", "negotiators", "protocols", "outcomes", "measures", "acts", "numbers"
]


def list_command(
    what: Annotated[Listing, argument(f"[{'|'.join(get_args(Listing))}]", "What to list.")] = "scenarios",
    scenario: Annotated[str, option("--scenario", "SCENARIO", "Scenario whose measures to list.")] = "busan",
    json: Json = False,
) -> None:
    """List scenarios, strategies, outcomes, measures, acts ...

    Without a name: the scenarios, and what else can be listed.

    Examples:

        snapback list

        snapback list strategies

        snapback list measures --scenario spiral_2025
    """
    from sim.cli.terminal import print_json, print_table

    tables = {"scenarios": _scenarios, "strategies": _strategies, "outcomes": _outcomes}
    tables |= {"negotiators": _negotiators, "protocols": _protocols}
    tables |= {"acts": _acts, "numbers": _numbers}
    table = _measures(scenario) if what == "measures" else tables[what]()
    if json:
        title, columns, rows = table
        print_json({"title": title, "rows": [dict(zip(columns, row, strict=True)) for row in rows]})
        return
    print_table(*table)
    others = ", ".join(other for other in get_args(Listing) if other != what)
    typer.echo(f"snapback list NAME also lists {others}.")


def _scenarios() -> Table:
    from sim.scenarios import scenario, scenario_names

    rows = []
    for name in scenario_names():
        s = scenario(name)
        measures = str(len(s.measures)) if s.game is None else "a game"
        rows.append([name, s.title, f"{s.start} to {s.end}", ", ".join(s.governments), measures])
    return "Scenarios", ["name", "title", "days", "governments", "measures"], rows


def _strategies() -> Table:
    from sim.strategies import find, names

    return _players("Strategies", map(find, names()))


def _negotiators() -> Table:
    from sim.negotiators.negotiator_register import find, names

    return _players("Negotiators", map(find, names()))


def _protocols() -> Table:
    from sim.protocols.protocol_register import find, names

    return _players("Protocols", map(find, names()))


def _players(title: str, players: Iterable["Player"]) -> Table:
    rows = [
        [p.name, p.sentence, ", ".join(f"{k}={v:g}" for k, v in p.parameters.items()) or "-", p.source]
        for p in players
    ]
    return title, ["name", "what it does", "parameters", "source"], rows


def _outcomes() -> Table:
    from sim.outcomes import find, names

    rows = [
        [o.name, o.sentence, o.unit, ", ".join(o.kinds) or "-", o.example.partition(":")[2] or "-"]
        for o in map(find, names())
    ]
    return "Outcomes", ["name", "what it is", "unit", "parameters", "such as"], rows


def _measures(name: str) -> Table:
    from sim.scenarios import scenario

    s = scenario(name)
    rows = [
        [m.id, f"{m.issuer} > {m.target}", m.status.replace("_", " "), str(m.until or "-"), m.title, m.basis]
        for m in s.measures
    ]
    columns = ["id", "who", "status", "until", "what it is", "legal basis"]
    return f"Measures of {s.name} on {s.start}", columns, rows


def _acts() -> Table:
    from sim.domain.constants import ACTS, MEANINGS, MOVE_OF_ACT, MOVES

    rows = [
        [
            act,
            MOVES[MOVE_OF_ACT[k]],
            *MEANINGS.get(act, ("", "")),
            f"{act}=MEASURE@DATE" if k else "hold@DATE",
        ]
        for k, act in enumerate(ACTS)
    ]
    return (
        "Acts on measures",
        ["act", "move", "what it does", "on measures that are", "--force GOVERNMENT:"],
        rows,
    )


def _numbers() -> Table:
    from sim.scenarios.numbers import COLUMNS, numbers_table

    return "Numbers that a scenario file may give", COLUMNS, numbers_table()
