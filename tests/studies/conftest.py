"""Small studies: the first weeks of `busan`, or a game, so that they play in a moment."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.studies.study_file import Study, study

Ask = Callable[..., Study]

SMALL = """
title = "Beliefs"
question = "What do beliefs do?"
scenario = "busan"
until = 2026-01-15
runs = 6
chunk = 7
"""
LEVERS = """
[levers.washington]
number = "US.renewal_belief"
values = [0.1, 0.9]

[levers.beijing]
government = "CN"
strategies = ["payoff_logit", "tit_for_tat"]
"""
OUTCOMES = """
[outcomes]
cost_us = "cost:government=US"
escalations = "escalating_decisions"
"""


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """A study of a text: head, levers, design."""

    def made(
        design: str = 'kind = "grid"', levers: str = LEVERS, head: str = SMALL, outcomes: str = OUTCOMES
    ) -> Study:
        path = tmp_path / "asked.toml"
        path.write_text(f"{head}{levers}{outcomes}\n[design]\n{design}\n")
        return study(path)

    return made
