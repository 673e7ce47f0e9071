"""The command `snapback`: its commands, and the one place where errors become sentences."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from sim.domain.errors import SnapbackError

COMMANDS = {
    "Play: a scenario, once or many times": {
        "run": "Run a scenario once, with its story, or many times.",
        "compare": "Run the same luck with and without a change.",
        "explain": "Explain what each government saw, compared and did on a day.",
    },
    "Ask: questions over many runs": {
        "study": "Run a study file: a question over many settings.",
        "report": "Write the report of a study: a page and its figures.",
        "assumptions": "List numbers without a source, or what depends on them.",
        "forecast": "Forecast an event and seal the card, or score a card.",
    },
    "Evidence: the model against the record and against theory": {
        "coding": "Code each recorded month as escalate, hold or relax.",
        "fit": "Estimate the governments' parameters from recorded moves.",
        "replay": "Show the model's probabilities beside the recorded moves.",
        "score": "Score the model and eight baselines on months not fitted.",
        "facts": "Test the stylised facts of the real dispute.",
        "theory": "Check the code against published results of theory.",
    },
    "Teach: what there is, and what a file says": {
        "list": "List scenarios, strategies, outcomes, measures or numbers.",
        "check": "Check a scenario file and describe it in plain words.",
    },
    "Make: files of your own, and speed": {
        "new": "Write a starter file for a strategy of your own.",
        "bench": "Measure how fast runs are on this machine.",
    },
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
    for panel, lines in COMMANDS.items():
        for name, line in lines.items():
            function = command(name) if name == called else lambda: None
            app.command(name, help=None if name == called else line, rich_help_panel=panel)(function)
    return app


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
