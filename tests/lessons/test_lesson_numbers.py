"""Lessons: every number is what its command gives, and every command runs."""

import json
import re
import shlex
from functools import cache

import pytest
from calling import called

from sim.lessons.lesson import HERE, lessons
from sim.scenarios import scenario
from sim.scenarios.assumptions import numbers_of

LESSONS = lessons()
SECTIONS = ("Question", "Predict", "Do", "Notice", "Discuss", "Sources", "Time")
NUMBERS = [(one, name) for one in LESSONS for name in one.numbers]
COMMANDS = {number["command"] for one in LESSONS for number in one.numbers.values() if "command" in number}


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """What a command prints as JSON; one that two numbers share is run once."""
    folder = tmp_path_factory.mktemp("lessons")

    @cache
    def ask(command):
        with pytest.MonkeyPatch.context() as patch:
            printed = []
            patch.chdir(folder)
            patch.setattr("sim.cli.terminal.print_json", printed.append)
            assert called(*shlex.split(command)[1:]) == 0
        return json.loads(json.dumps(printed[0]))

    return ask


def found_at(document, where):
    """The part of a JSON document that a path names: keys and places with / between them."""
    for key in where.split("/"):
        document = document[int(key) if isinstance(document, list) else key]
    return document


@pytest.mark.parametrize(("one", "name"), NUMBERS, ids=[f"{one.number}-{name}" for one, name in NUMBERS])
def test_a_number_is_what_its_command_gives(answer, request, one, name, compiled_once):
    number = one.numbers[name]
    if "input" in number:
        value = dict(numbers_of(scenario(one.scenario)))[number["input"]].value
    else:
        value = found_at(answer(number["command"]), number["where"])
    if request.config.getoption("--renew"):
        renew(one, name, value)
    else:
        assert abs(value - number["value"]) <= number["tolerance"]


def renew(one, name, value):
    """Write a number into its lesson as it is found."""
    (path,) = [path for path in HERE.glob(f"{one.number}_*.md") if path.stem[-8:] != "_answers"]
    before, mark, after = path.read_text("utf-8").partition(f"[numbers.{name}]\n")
    path.write_text(before + mark + re.sub(r"^value = .*", f"value = {value:.3g}", after, count=1), "utf-8")


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: str(one.number))
def test_every_number_stands_in_the_text_or_its_answers(one):
    text = "".join(path.read_text("utf-8").split("+++\n")[-1] for path in HERE.glob(f"{one.number}_*.md"))
    assert {name for name in one.numbers if f"{{{name}" not in text} == set()


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: str(one.number))
def test_every_command_of_a_text_is_one_of_those_whose_numbers_are_asked_for(one):
    lines = re.findall(r"^snapback .*", "\n".join(one.sections.values()), re.MULTILINE)
    assert lines and {f"{line} --json" for line in lines} <= COMMANDS


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: str(one.number))
def test_a_lesson_has_its_sections_in_their_order_and_lasts_fifty_minutes(one):
    assert tuple(one.sections) == SECTIONS
    *minutes, whole = map(int, re.findall(r"\d+", one.sections["Time"]))
    assert sum(minutes) == whole == 50
    play, debrief = (re.search(rf"{word} (\d+)", one.sections["Time"])[1] for word in ("do", "discuss"))
    assert int(play) <= 20 <= int(debrief)  # debriefing is longer than play
