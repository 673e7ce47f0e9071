"""`snapback list`: what there is."""

from enum import StrEnum
from typing import Annotated

import typer


class Shelf(StrEnum):
    """What can be listed."""

    scenarios = "scenarios"
    strategies = "strategies"
    outcomes = "outcomes"
    measures = "measures"


def list_(
    what: Annotated[
        Shelf | None,
        typer.Argument(
            metavar="[scenarios|strategies|outcomes|measures]", help="One shelf; all if not given."
        ),
    ] = None,
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="SCENARIO", help="Whose measures to list.")
    ] = "busan",
) -> None:
    """List the shipped scenarios, the strategies, the outcomes to ask of a run, or a scenario's measures."""
    if what in (None, Shelf.scenarios):
        _scenarios()
    if what in (None, Shelf.strategies):
        _strategies()
    if what in (None, Shelf.outcomes):
        _outcomes()
    if what in (None, Shelf.measures):
        _measures(scenario)


def _scenarios() -> None:
    from sim.cli.terminal import print_table
    from sim.scenarios import scenario, scenario_names

    rows = []
    for name in scenario_names():
        s = scenario(name)
        measures = str(len(s.measures)) if s.game is None else "a game"
        rows.append([name, s.title, f"{s.start} to {s.end}", ", ".join(s.governments), measures])
    print_table("Scenarios", ["name", "title", "days", "governments", "measures"], rows)


def _strategies() -> None:
    from sim.cli.terminal import print_table
    from sim.strategies import find, names

    rows = []
    for name in names():
        s = find(name)
        parameters = ", ".join(f"{k}={v:g}" for k, v in s.parameters.items()) or "-"
        rows.append([name, s.sentence, parameters, s.source])
    print_table("Strategies", ["name", "what it does", "parameters", "source"], rows)


def _outcomes() -> None:
    from sim.cli.terminal import print_table
    from sim.outcomes import find, names

    rows = []
    for name in names():
        o = find(name)
        rows.append([name, o.sentence, o.unit, ", ".join(o.kinds) or "-", o.example.partition(":")[2] or "-"])
    print_table("Outcomes", ["name", "what it is", "unit", "parameters", "such as"], rows)


def _measures(name: str) -> None:
    from sim.cli.terminal import print_table
    from sim.scenarios import scenario

    s = scenario(name)
    rows = [
        [m.id, f"{m.issuer} > {m.target}", m.status.replace("_", " "), str(m.until or "-"), m.title, m.basis]
        for m in s.measures
    ]
    columns = ["id", "who", "status", "until", "what it is", "legal basis"]
    print_table(f"Measures of {s.name} on {s.start}", columns, rows)
