"""`snapback check`: is a scenario file right, and what does it say."""

from sim.faces.options import ScenarioName


def check(scenario: ScenarioName) -> None:
    """Check a scenario file and say it back in plain words.

    Example:

        snapback check my_scenario.toml
    """
    from sim.faces.show import print_markdown
    from sim.reports.plain_words import plain_words
    from sim.scenarios import scenario as load

    print_markdown(plain_words(load(scenario)))
