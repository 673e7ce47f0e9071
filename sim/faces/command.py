"""The command `snapback`: its commands, and the one place where errors become sentences."""

import os
import sys

import typer

from sim.domain.errors import SnapbackError
from sim.faces import check, compare, explain, listing, new, run, theory

app = typer.Typer(
    name="snapback",
    help="Simulate trade negotiation between governments: escalate, hold or relax, with suspensions "
    "that snap back.\n\nStart with: snapback run busan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("compare")(compare.compare)
app.command("explain")(explain.explain)
app.command("list")(listing.list_)
app.command("check")(check.check)
app.command("theory")(theory.theory)
app.add_typer(new.app, name="new")


def main() -> None:
    """Run the command line; what the user can put right is one sentence and exit code 2."""
    try:
        app()
    except SnapbackError as error:
        print(f"snapback: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        print("snapback: interrupted", file=sys.stderr)
        sys.exit(130)
