"""The page of the scenario format: its example is run, and it has every kind of event and measure."""

import re
import shlex
from pathlib import Path

import pytest
from calling import called

import sim
from sim.domain.constants import KINDS
from sim.scenarios.event_kinds import EVENTS
from sim.scenarios.numbers import numbers_table

TEXT = (Path(sim.__file__).parent / "scenarios" / "README.md").read_text("utf-8")
EXAMPLE, COMMANDS = (re.search(rf"^```{kind}\n(.*?)^```", TEXT, re.M | re.S)[1] for kind in ("toml", "sh"))


@pytest.mark.parametrize("command", COMMANDS.splitlines())
def test_the_example_of_the_page_is_a_scenario_that_its_commands_run(command, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("norway.toml").write_text(EXAMPLE, "utf-8")
    assert called(*shlex.split(command)[1:]) == 0


def test_every_kind_of_event_and_of_measure_is_on_the_page() -> None:
    assert all(f"`{kind}`" in TEXT for kind in (*EVENTS, *KINDS))


def test_numbers_are_listed_by_a_command(capsys) -> None:
    assert called("list", "numbers") == 0
    assert len(numbers_table()) > 60
    assert "renewal_belief" in capsys.readouterr().out
