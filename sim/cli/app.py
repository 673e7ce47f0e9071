"""The command `snapback`: its commands, and the one place where errors become sentences."""

import logging
import os
import sys

import typer

from sim.cli import (
    assumptions_command,
    bench_command,
    check_command,
    coding_command,
    compare_command,
    explain_command,
    facts_command,
    fit_command,
    forecast_command,
    list_command,
    new_command,
    replay_command,
    report_command,
    run_command,
    score_command,
    study_command,
    theory_command,
)
from sim.domain.errors import SnapbackError

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
app.command("run")(run_command.run)
app.command("compare")(compare_command.compare)
app.command("explain")(explain_command.explain)
app.command("list")(list_command.list_)
app.command("check")(check_command.check)
app.command("assumptions")(assumptions_command.assumptions)
app.command("theory")(theory_command.theory)
app.command("facts")(facts_command.facts)
app.command("study")(study_command.study)
app.command("report")(report_command.report)
app.command("bench")(bench_command.bench)
app.command("forecast")(forecast_command.forecast)
app.command("coding")(coding_command.coding)
app.command("fit")(fit_command.fit)
app.command("replay")(replay_command.replay)
app.command("score")(score_command.score)
app.add_typer(new_command.app, name="new")


class ProgressHandler(logging.Handler):
    """Tells what takes a while where a progress bar would stand."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a message to the terminal."""
        typer.echo(record.getMessage(), err=True)


def main() -> None:
    """Run the command line; what the user can put right is one sentence and exit code 2."""
    if sys.stderr.isatty():
        logging.getLogger("sim").addHandler(ProgressHandler())
        logging.getLogger("sim").setLevel(logging.INFO)
    code = None
    try:
        code = app(standalone_mode=False)
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
        _stop("interrupted", 130)
    except Exception as error:
        sentence = getattr(error, "format_message", None)  # of a wrong use of the command
        if sentence is None:
            raise
        if not sentence():  # no command was given, and the help is printed
            sys.exit(2)
        _stop(sentence(), 2)
    sys.exit(code if isinstance(code, int) else 0)


def _stop(sentence: str, code: int) -> None:
    print("snapback:", " ".join(sentence.split()), file=sys.stderr)
    sys.exit(code)
