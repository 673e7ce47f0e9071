"""`snapback class`: a class that plays in pairs, on this machine."""

import json
import secrets
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from sim.cli import options
from sim.domain.errors import EngineError, ResultsError

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
NEEDS = ("starlette", "uvicorn", "websockets")


def class_command(
    scenario: Annotated[str | None, typer.Argument(metavar="SCENARIO", help="busan if not given.")] = None,
    lan: Annotated[bool, typer.Option("--lan", help="Let other devices of this network in.")] = False,
    lesson: Annotated[int | None, typer.Option("--lesson", metavar="N", help="Hold a lesson.")] = None,
    treatment: Annotated[
        list[str] | None,
        typer.Option(
            "--treatment", metavar="NUMBER", help="Change it in half of the games: CN.inaction_cost=4."
        ),
    ] = None,
    minutes: Annotated[int, typer.Option("--minutes", min=10, help="Length of the lesson.")] = 50,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where browsers find it.")] = 8765,
    check: Annotated[
        Path | None,
        typer.Option("--check", metavar="DIR", help="Play all games of a class again and compare."),
    ] = None,
    collect: Annotated[
        str | None,
        typer.Option("--collect", metavar="CODES", help="Tables of games by their codes, or a file."),
    ] = None,
    out: options.OutFolder = None,
) -> None:
    """Hold a class whose people play each other in browsers.

    They join by a code and have invented names. The machine plays for the absent, openly. Stopped at any
    moment, the same command with --out goes on. Without --lan only this machine is let in; on a network
    nothing is encrypted, so that nothing private should be said. Not made to stand behind a proxy.

    Examples:

        snapback class busan --lan

        snapback class --lesson 2 --lan

        snapback class busan --treatment deals.busan.CN.stake=4

        snapback class --check results/classes/busan-QWERTY
    """
    from sim.storage.atomic_write import write_file

    questions = _questions(lesson)
    right = {q["id"]: q["right"] for q in questions if "right" in q}
    if check is not None:
        return _check(check, right)
    setup = _setup(scenario, lesson, treatment or (), minutes)
    folder = out or Path("results/classes") / f"{Path(setup.scenario).stem}-{setup.code}"
    if missing := [name for name in NEEDS if find_spec(name) is None]:
        raise EngineError(f"class: expected {', '.join(missing)}: pip install 'snapback[class]'")
    from sim.classroom.hosting import LOG, hold, read_log

    if collect is None:
        hold(setup, folder, questions, port, lan, typer.echo)
    from sim.classroom.class_tables import events_of, write_tables

    if collect is not None:
        codes = Path(collect).read_text("utf-8") if Path(collect).is_file() else collect
        events = events_of(codes.replace(",", " ").split(), setup.model_copy(update={"code": "", "t": 0.0}))
        write_file(folder / LOG, "".join(json.dumps(event) + "\n" for event in events))
    write_tables(read_log(folder), folder, right)
    typer.echo(f"Written to {folder}.")


def _check(folder: Path, right: dict[str, int]) -> None:
    """Play all games of a class again, and compare every byte of its tables."""
    from sim.classroom.class_tables import write_tables
    from sim.classroom.hosting import read_log

    with TemporaryDirectory() as place:
        files = write_tables(read_log(folder), Path(place), right)
        same = {
            f: (folder / f).is_file() and (folder / f).read_bytes() == Path(place, f).read_bytes()
            for f in files
        }
    if other := [f for f, equal in same.items() if not equal]:
        raise ResultsError(f"{folder}: expected what its log gives, but {', '.join(other)} is otherwise")
    typer.echo(f"{folder}: every game again, and the same bytes in {len(files)} files.")


def _questions(number: int | None) -> list[dict[str, Any]]:
    """What is asked before and after a lesson, and first of all what it lets predict."""
    if number is None:
        return []
    from sim.lessons import lesson, questions

    one = lesson(number)
    return [{"id": "lesson", "text": one.question, "choices": one.choices}, *questions()]


def _setup(scenario: str | None, number: int | None, treatment: Any, minutes: int) -> Any:
    """What the class plays; a lesson says what is not said."""
    from sim.classroom.class_state import ClassSetup
    from sim.engines.run_spec import RunSpec
    from sim.lessons import lesson

    one = None if number is None else lesson(number)
    name = scenario or (one.scenario if one else "busan")
    changes = {"set": one.settings, "strategy": one.strategies} if one else {"set": (), "strategy": ()}
    source = RunSpec.of(name, None, (), changes["strategy"], changes["set"]).load()
    side = list(source.governments).index(one.seat) if one else 0
    code = "".join(secrets.choice(LETTERS) for _ in range(6))
    about = {"digest": source.digest, "side": side, "minutes": minutes, "lesson": number, "code": code}
    about |= {"treatment": tuple(treatment) or (one.treatment if one else ())}
    return ClassSetup(scenario=name, seed=secrets.randbelow(2**19), t=time.time(), **changes, **about)
