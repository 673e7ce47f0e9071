"""`snapback run`: a scenario once, with its story, or many times, with their distribution."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.options import option
from sim.domain.errors import EngineError

if TYPE_CHECKING:
    from sim.engines.run_spec import RunSpec

EVENTS = 8  # measures of a printed summary; the file has all


def run_command(
    scenario: options.ScenarioName,
    runs: options.Runs = 1,
    seed: options.Seed = 1,
    number: Annotated[int, option("--run", "N", "Number of the run, as forecasts give it.", min=0)] = 0,
    until: options.Until = None,
    force: options.Force = None,
    strategy: options.StrategyChoice = None,
    set_: options.SetNumber = None,
    negotiator: options.NegotiatorChoice = None,
    protocol: options.ProtocolChoice = None,
    out: options.OutFolder = None,
    engine: options.Engine = None,
    json: options.Json = False,
    kind: options.PictureKind = "png",
    show: options.OpenPage = False,
) -> None:
    """Run a scenario once, with its story, or many times.

    Writes a folder of tables, a page, a picture and a manifest. With --runs, the summary
    has the probability of each event over time, quantiles of tariffs, and costs; the
    first of the runs is the one that is run without --runs. The same command with
    the same seed writes the same bytes.

    Examples:

        snapback run busan --open

        snapback run busan --force US:escalate@2026-03-02 --seed 7

        snapback run busan --strategy CN=hold --set US.renewal_belief=0.5

        snapback run busan_eve --negotiator US=time_based:firmness=4 --protocol ultimatum

        snapback run busan --runs 10000

        snapback run busan --runs 1000 --force US:escalate@2026-03-02 --until 2026-06-30
    """
    if engine == "ensemble" and runs == 1:
        raise EngineError(
            "--engine ensemble: expected --runs 2 or more, got 1; the story of one run is told by mesa"
        )
    from sim.cli.terminal import open_page
    from sim.engines.run_spec import RunSpec

    engine = engine or ("mesa" if runs == 1 else "ensemble")
    changes = options.with_speakers(set_, negotiator, protocol)
    spec = RunSpec.of(scenario, until, force, strategy, changes, seed=seed, runs=runs, engine=engine)
    if runs > 1:
        folder = _many(spec, out, json, kind)
    else:
        gc.disable()  # one world, then the end: collecting would cost an eighth of the time
        try:
            folder = _one(spec, number, out, json, kind)
        finally:
            gc.enable()
    if show:
        open_page(folder / "run.html")


def _one(spec: "RunSpec", number: int, out: Path | None, json: bool, kind: str) -> Path:
    from sim.cli.terminal import print_json, print_markdown, print_written
    from sim.domain.constants import FORCED, HOLD
    from sim.domain.dates import iso
    from sim.engines.mesa_engine import TradeModel
    from sim.reports.run.run_folder import folder_of, run_as_json, write_run
    from sim.reports.run.story import run_story
    from sim.studies.forced_counts import ForceCounts

    changes = spec.until, spec.force, spec.strategy, spec.overrides
    model = TradeModel(spec.scenario, spec.seed, number, *changes)
    folder = folder_of(model, out)
    forced = ForceCounts(spec, model.source)
    forced.add(model.run().record)
    forced.check()
    write_run(model, folder, kind)
    if json:
        print_json(run_as_json(model, folder))
        return folder
    print_markdown(run_story(model))
    print_written(folder)
    for d in sorted(model.decisions, key=lambda d: (d.move == HOLD, d.reason == FORCED))[:1]:
        typer.echo(f"Why a government moved: snapback explain {folder} {iso(d.day)}")
    return folder


def _many(spec: "RunSpec", out: Path | None, json: bool, kind: str) -> Path:
    from sim.cli.terminal import print_json, print_markdown, print_written, progress
    from sim.reports.distribution import distribution_folder
    from sim.reports.distribution.distribution_text import distribution_text
    from sim.studies.distribution import distribution_of

    folder = distribution_folder.folder_of(spec, out)
    with progress("runs") as update:
        result = distribution_of(spec, update)
    distribution_folder.write_distribution(result, folder, kind)
    if json:
        print_json(distribution_folder.distribution_as_json(result, folder))
        return folder
    print_markdown(distribution_text(result, EVENTS))
    print_written(folder)
    return folder
