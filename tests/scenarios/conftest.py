"""A small valid scenario as text, a way to write a changed copy of it, and what the loader says about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from random_toml import SMALL

import sim


@pytest.fixture
def small() -> str:
    """The text of the small scenario."""
    return SMALL.read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a text to a file and give its path."""

    def write(text: str | bytes, name: str = "small.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def sentence() -> Callable[..., str]:
    """The sentence of the first thing for which a scenario is refused, without how many more there are."""

    def said(path: Path | str, *overrides: str) -> str:
        with pytest.raises(sim.ScenarioError) as caught:
            sim.scenario(path, overrides)
        message = str(caught.value)
        assert len(message.splitlines()) == 1, message
        assert len(message) < 400, message
        return message.partition(" (and ")[0] if caught.value.faults else message

    return said
