"""The command `snapback`: its commands, and the one place where errors become sentences."""

import codecs
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.domain.errors import SnapbackError

# signs that poorer encodings have not, and what stands for them there
SIGNS = {"\u2022": "*", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2019": "'", "\u2026": "..."}
COMMANDS = {
    "Play: a scenario, once or many times": ("run", "compare", "explain"),
    "Ask: questions over many runs": ("sweep", "study", "report", "assumptions", "forecast", "table"),
    "Evidence: the model against the record and against theory": (
        *("coding", "fit", "replay", "score", "facts", "theory"),
    ),
    "Teach: pages, lessons, classes, and what a file says": (
        "page",
        "lesson",
        "play",
        "class",
        "list",
        "check",
    ),
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
    open_streams()
    os.environ["MPLBACKEND"] = "agg"  # pictures are files here, whatever is set for others
    for name in ("NUMBA_NUM_THREADS", "SOURCE_DATE_EPOCH"):  # nothing here goes by them, and odd ones stop
        os.environ.pop(name, None)  # the libraries that read them
    if not (log := logging.getLogger("sim")).handlers:
        log.addHandler(Messages())
        log.setLevel(logging.INFO)
    code = None
    try:
        code = application(sys.argv[1:])(standalone_mode=False)
        sys.stdout.flush()
    except SnapbackError as error:
        _stop(str(error), 2)
    except BrokenPipeError:
        _mute()
        sys.exit(1)
    except OSError as error:
        _mute()
        _stop(f"{_place(error)}: {error.strerror or error}", 2)
    except KeyboardInterrupt:
        code = 130
    except typer.Abort:  # what Typer makes of an end of input
        _stop("the input ended where more was expected", 2)
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


class Messages(logging.Handler):
    """What takes long is told beside the results."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print it where errors are printed now."""
        print(self.format(record), file=sys.stderr)


def open_streams() -> None:
    """Give every stream that was closed an end, and let none fail at a sign that its encoding has not."""
    codecs.register_error("snapback", lambda error: (_other_signs(error), getattr(error, "end", 0)))
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="snapback")


def _other_signs(error: UnicodeError) -> str:
    text = error.object[error.start : error.end] if isinstance(error, UnicodeEncodeError) else "?"
    return "".join(SIGNS.get(sign, "?") for sign in text)


def _mute() -> None:
    """Let nothing more be written into a standard output that takes nothing."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _place(error: OSError) -> object:
    """Where something went wrong, as far as an error knows."""
    try:
        Path.cwd()
    except OSError:
        return "the current folder is gone"
    return error.filename or "standard output, or a file without a name"


def _stop(sentence: str, code: int) -> None:
    print("snapback:", " ".join(sentence.split()), file=sys.stderr)
    sys.exit(code)
