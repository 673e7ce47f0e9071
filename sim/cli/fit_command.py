"""`snapback fit`: the governments' parameters from the recorded moves."""

from typing import Annotated

from sim.cli import options
from sim.cli.options import option


def fit_command(
    train: options.Train = None,
    events: options.Events = None,
    tariffs: options.Tariffs = None,
    priors: options.Priors = None,
    starts: Annotated[int | None, option("--starts", "N", "Starts of the optimiser.", min=1)] = None,
    out: options.OutFile = None,
) -> None:
    """Estimate the governments' parameters from recorded moves.

    Prints the maximum of the posterior over payoffs, beliefs, reciprocity and precision, from several
    starts, with intervals and the parameters that the record does not identify. Five starts take about a
    minute on two cores, and half a minute more the first time, when the rules are compiled. --out stores
    the fit, for `snapback replay --fit` and `snapback score --fit`.

    Examples:

        snapback fit

        snapback fit --train 2018-01:2022-12 --out fit_to_2022.toml
    """
    from sim import __version__
    from sim.cli.terminal import print_markdown, print_message, print_table, print_written
    from sim.estimation.dataset import load_dataset
    from sim.reports.estimation.estimation_text import fit_rows, fit_sentences, fit_text
    from sim.storage.atomic_write import check_file, write_file

    check_file(out)
    data = load_dataset(
        events=events,
        tariffs=tariffs,
        priors=priors,
        train=train,
        recompute=True,
        starts=starts,
        progress=print_message,
    )
    columns = ["parameter", "estimate", "+- 2 s.e.", "unit", "prior"]
    print_table("Parameters", columns, fit_rows(data.model, data.fitted))
    print_markdown(fit_sentences(data))
    if out is not None:
        write_file(out, fit_text(data, __version__))
        print_written(out)
