"""`snapback table`: what two governments could agree on."""

from pathlib import Path
from typing import Annotated

from sim.cli.options import Force, Json, ScenarioName, SetNumber, option


def table_command(
    scenario: ScenarioName,
    on: Annotated[str, option("--on", "DATE", "The day, such as 2025-10-30.")],
    sides: Annotated[
        list[str] | None,
        option("--side", "CODE", "A government at the table; give two, or none for the first two."),
    ] = None,
    force: Force = None,
    set_: SetNumber = None,
    json: Json = False,
    picture: Annotated[
        Path | None, option("--picture", "FILE", "Draw packages and frontier, as .png, .svg or .pdf.")
    ] = None,
) -> None:
    """Show what two governments could agree on.

    A clause is what one relaxing act on a measure concedes on that day; a package is any set of clauses of
    both. Worths are against no deal: what is announced comes into force, what is suspended comes back. Up to
    that day all hold but for what is forced. A package is credible if each side is likely enough to carry out
    its own clauses.

    Examples:

        snapback table busan_eve --on 2025-10-30

        snapback table busan_eve --on 2025-10-30 --picture frontier.png --json
    """
    from sim.cli.terminal import print_json, print_markdown, print_written
    from sim.engines.negotiation_table import table
    from sim.reports.table.table_report import draw_table, table_json, table_text
    from sim.storage.atomic_write import check_file
    from sim.storage.results_folder import PICTURES

    check_file(picture, PICTURES)
    result = table(scenario, on, sides or (), force or (), set_ or ())
    if json:
        print_json(table_json(result))
    else:
        print_markdown(table_text(result))
    if picture is not None:
        draw_table(result, picture)
        print_written(picture, err=json)
