"""`snapback play`: somebody decides for a government, on a page or in the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import option
from sim.domain.errors import EngineError


def play_command(
    scenario: options.ScenarioName,
    seat: Annotated[str | None, option("--as", "CODE", "Your government: CN.")] = None,
    terminal: Annotated[bool, typer.Option("--terminal", help="Play here, without a browser.")] = False,
    strategy: options.StrategyChoice = None,
    seed: options.Seed = 1,
    out: options.OutFile = None,
) -> None:
    """Play a government yourself, on a page or in the terminal.

    In the terminal you see what each move pays in itself; what the other side is expected to answer stays
    hidden. In the end your cost stands beside that of payoff_logit with the same luck. There --strategy is
    the other side's; on a page you choose it, and luck is new each time. In talks you make and answer offers
    yourself on a page; in the terminal your negotiator speaks for you.

    Examples:

        snapback play busan --as CN

        snapback play busan --as CN --terminal --strategy US=tit_for_tat --seed 7
    """
    from sim.cli.terminal import open_page
    from sim.reports.page.page_file import page_of
    from sim.scenarios import scenario as load
    from sim.storage.atomic_write import check_file, check_writable, write_file

    codes = list(load(scenario).governments)
    seat = seat or codes[0]
    if seat not in codes:
        raise EngineError(f"--as: expected one of {', '.join(codes)}, got {seat!r}")
    if terminal:
        from sim.cli.terminal_game import play_game

        if out is not None:
            raise EngineError("--out: expected no --terminal, for only a page is written")
        return play_game(scenario, seat, strategy or [], seed)
    if strategy or seed != 1:
        raise EngineError(
            "--strategy and --seed: expected --terminal; on a page the other side is chosen there"
        )
    check_file(out)
    path = out or Path("results/pages") / f"{Path(scenario).stem}_play.html"
    check_writable(path)
    write_file(path, page_of(scenario, seat)[0])
    typer.echo(f"Written to {path}.")
    open_page(path)
