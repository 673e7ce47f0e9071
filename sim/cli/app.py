"""The command `snapback`: its commands, and the one place where errors become sentences."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.domain.errors import SnapbackError

COMMANDS = {
    "Play: a scenario, once or many times": ("run", "compare", "explain"),
    "Ask: questions over many runs": ("sweep", "study", "report", "assumptions", "forecast"),
    "Evidence: the model against the record and against theory": (
        *("coding", "fit", "replay", "score", "facts", "theory"),
    ),
    "Teach: what there is, and what a file says": ("list", "check"),
    "Make: files of your own, and speed": ("new", "bench"),
}


def application(words: Sequence[str]) -> typer.Typer:
    """The commands, of which only the one that `words` call is imported: help stays quick."""
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
    app.callback()(options)
    called = next((word for word in words if not word.startswith("-")), None)
    for panel, names in COMMANDS.items():
        for name in names:
            function = command(name) if name == called else lambda: None
            line = None if name == called else first_line(name)
            app.command(name, help=line, rich_help_panel=panel)(function)
    return app


def first_line(name: str) -> str:
    """What a command does, from its docstring, without importing it."""
    text = Path(__file__).with_name(f"{name}_command.py").read_text("utf-8")
    return text.partition(f"def {name}_command(")[2].split('"""')[1].splitlines()[0]


def command(name: str) -> Callable[..., Any]:
    """The function of a command, from the module that has its name."""
    function: Callable[..., Any] = getattr(import_module(f"sim.cli.{name}_command"), f"{name}_command")
    return function


def print_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from sim import __version__

        typer.echo(f"snapback {__version__}")
        raise typer.Exit


def options(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that stand before a command."""


def main() -> None:
    """Run the command line; what the user can put right is one sentence and exit code 2."""
    if sys.stderr.isatty():
        logging.getLogger("sim").addHandler(logging.StreamHandler())
        logging.getLogger("sim").setLevel(logging.INFO)
    code = None
    try:
        code = application(sys.argv[1:])(standalone_mode=False)
        sys.stdout.flush()
    except SnapbackError as error:
        _stop(str(error), 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _stop(f"cannot write: {error.strerror or error}", 2)
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except Exception as error:
        sentence = getattr(error, "format_message", None)  # of a wrong use of the command
        if sentence is None:
            raise
        if not sentence():  # no command was given, and the help is printed
            sys.exit(2)
        _stop(sentence().replace("Value error, ", ""), 2)
    if code == 130:  # also what Typer makes of Ctrl-C
        _stop("interrupted", 130)
    sys.exit(code if isinstance(code, int) else 0)


def _stop(sentence: str, code: int) -> None:
    print("snapback:", " ".join(sentence.split()), file=sys.stderr)
    sys.exit(code)
