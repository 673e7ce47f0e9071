"""`snapback compare`: the same luck with and without a change."""

from typing import Annotated

from sim.cli import options
from sim.cli.options import option


def compare_command(
    scenario: options.ScenarioName,
    force: options.Force = None,
    strategy: options.StrategyChoice = None,
    set_: options.SetNumber = None,
    both: Annotated[
        list[str] | None, option("--both", "MOVE", "A forced move that is no change: both runs have it.")
    ] = None,
    runs: options.Runs = 20,
    seed: options.Seed = 1,
    until: options.Until = None,
    out: options.OutFolder = None,
    engine: options.Engine = "ensemble",
    json: options.Json = False,
    kind: options.PictureKind = "png",
    show: options.OpenPage = False,
) -> None:
    """Run the same luck with and without a change.

    Until the first difference both paths are identical, so every difference is due to the change.
    Writes a folder: every pair, a summary, a story, a page and a picture. If what is forced is possible
    in some runs only, the means are over those.

    Examples:

        snapback compare busan --force US:escalate@2026-03-02 --runs 50

        snapback compare busan --both US:escalate@2026-03-02 --set CN.renewal_belief=0.9
    """
    from sim.cli.terminal import open_page, print_json, print_markdown, print_written
    from sim.engines.run_spec import RunSpec
    from sim.reports.comparison import comparison_report as report
    from sim.studies.paired_comparison import compare_runs

    engine = engine or "ensemble"
    spec = RunSpec.of(scenario, until, force, strategy, set_, seed=seed, runs=runs, engine=engine)
    folder = report.folder_of(spec, both or (), out)
    result = compare_runs(spec, both or ())
    report.write_comparison(result, folder, kind)
    if json:
        print_json(result.summary | {"folder": str(folder)})
    else:
        print_markdown(result.story())
        print_written(folder)
    if show:
        open_page(folder / "comparison.html")
