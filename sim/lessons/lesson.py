"""A lesson, from its two files: a text with settings above it, and the teacher's answers."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from sim.domain.errors import SnapbackError

HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Lesson:
    """What a lesson is played with, and what it says."""

    number: int
    title: str
    scenario: str
    seat: str  # code of the government that students play
    question: str  # what is predicted before anything is seen
    choices: tuple[str, ...]  # answers to it
    treatment: tuple[str, ...]  # what --set changes for half of a class
    numbers: Mapping[str, Mapping[str, Any]]  # by name: value, tolerance, command, and where its JSON has it
    settings: tuple[str, ...] = ()  # what --set changes for all
    strategies: tuple[str, ...] = ()  # what --strategy chooses for all
    force: tuple[str, ...] = ()  # what --force makes happen in its commands
    sections: Mapping[str, str] = field(default_factory=dict)  # Markdown by heading
    answers: str = ""  # the teacher's, Markdown


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons, in their order."""
    return tuple(_read(path) for path in sorted(HERE.glob("[0-9]_*.md")) if path.stem[-8:] != "_answers")


def lesson(number: int) -> Lesson:
    """The lesson of this number; raises SnapbackError if there is none."""
    for one in lessons():
        if one.number == number:
            return one
    raise SnapbackError(f"lesson: expected a number from 1 to {len(lessons())}, got {number}")


def _read(path: Path) -> Lesson:
    _, head, text = path.read_text("utf-8").split("+++\n")
    settings: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in tomllib.loads(head).items()
    }
    values = {name: number["value"] for name, number in settings["numbers"].items()}
    _, *parts = re.split(r"^## (\w+)\n", text, flags=re.MULTILINE)
    sections = {
        name: body.strip().format(**values) for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    answers = path.with_name(f"{path.stem}_answers.md").read_text("utf-8").format(**values)
    return Lesson(**settings, sections=sections, answers=answers)
