"""`snapback check`: whether a scenario file is right, and what it says."""

from sim.cli.options import ScenarioName


def check_command(scenario: ScenarioName) -> None:
    """Check a scenario file and describe it in plain words.

    Example:

        snapback check my_scenario.toml
    """
    from sim.cli.terminal import print_markdown
    from sim.reports.run.scenario_summary import scenario_summary
    from sim.scenarios import scenario as load

    print_markdown(scenario_summary(load(scenario)))
