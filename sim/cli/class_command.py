"""`snapback class`: a class that plays in pairs, on this machine."""

import json
import secrets
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.options import argument, option
from sim.domain.errors import EngineError, ResultsError

if TYPE_CHECKING:
    from sim.classroom.class_state import ClassSetup

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
NEEDS = ("segno", "starlette", "uvicorn", "websockets")


def class_command(
    scenario: Annotated[str | None, argument("[SCENARIO]", "busan, or the lesson's, if not given.")] = None,
    lan: Annotated[bool, typer.Option("--lan", help="Let other devices of this network in.")] = False,
    lesson: Annotated[
        int | None, option("--lesson", "N", "Hold a lesson: snapback lesson lists them.")
    ] = None,
    treatment: Annotated[
        list[str] | None, option("--treatment", "NUMBER", "Change it in half of the games: CN.notice_days=9.")
    ] = None,
    minutes: Annotated[int, option("--minutes", "N", "Length of the lesson.", min=10)] = 50,
    port: Annotated[int, option("--port", "N", "Where browsers find it.", min=1, max=65535)] = 8765,
    check: Annotated[
        Path | None, option("--check", "DIR", "Play a class's games again, and compare.")
    ] = None,
    collect: Annotated[
        str | None, option("--collect", "CODES", "Tables of games by codes, or a file.")
    ] = None,
    out: options.OutFolder = None,
) -> None:
    """Hold a class whose people play each other in browsers.

    They join by a code and have invented names. The teacher's screen starts them in pairs, or each against
    the machine, gives five more minutes, and begins other rounds, with other partners if wanted. The machine
    plays for the absent, openly. Stopped at any moment, the same command with --out goes on. Without --lan
    only this machine is let in; on a network nothing is encrypted, so that nothing private should be said.
    Not made to stand behind a proxy.

    Examples:

        snapback class busan --lan

        snapback class --lesson 2 --lan

        snapback class busan --treatment deals.busan.CN.stake=4

        snapback class --check results/classes/busan-QWERTY
    """
    from sim.classroom.class_state import LOG, read_log
    from sim.storage.atomic_write import write_file

    if check is not None:
        return _check(check)
    if out is not None and collect is None and (out / LOG).exists():
        setup = read_log(out).setup
        if scenario not in (None, setup.scenario):
            raise ResultsError(f"{out}: expected {setup.scenario}, which its class plays, got {scenario!r}")
    else:
        setup = _setup(scenario, lesson, treatment or (), minutes)
    folder = out or Path("results/classes") / f"{Path(setup.scenario).stem}-{setup.code}"
    if collect is None:
        if missing := [name for name in NEEDS if find_spec(name) is None]:
            raise EngineError(f"class: expected {', '.join(missing)}: pip install 'snapback[class]'")
        from sim.classroom.hosting import hold

        hold(setup, folder, port, lan, typer.echo)
    from sim.classroom.class_tables import write_tables

    if collect is not None:
        from sim.classroom.game_code import events_of

        codes = Path(collect).read_text("utf-8") if Path(collect).is_file() else collect
        events = events_of(codes.replace(",", " ").split(), setup.model_copy(update={"code": "", "t": 0.0}))
        write_file(folder / LOG, "".join(json.dumps(event) + "\n" for event in events))
    write_tables(read_log(folder), folder)
    typer.echo(f"Written to {folder}.")


def _check(folder: Path) -> None:
    """Play all games of a class again, and compare every byte of its tables."""
    from sim.classroom.class_state import read_log
    from sim.classroom.class_tables import write_tables

    with TemporaryDirectory() as place:
        files = write_tables(read_log(folder), Path(place))
        there = [name for name in files if (folder / name).is_file()]
        same = [f for f in there if (folder / f).read_bytes() == Path(place, f).read_bytes()]
    if other := [name for name in files if name not in same]:
        raise ResultsError(f"{folder}: expected what its log gives, but {', '.join(other)} is otherwise")
    typer.echo(f"{folder}: every game again, and the same bytes in {len(files)} files.")


def _setup(scenario: str | None, number: int | None, treatment: Sequence[str], minutes: int) -> "ClassSetup":
    """What the class plays; a lesson says what is not said."""
    from sim.classroom.class_state import ClassSetup
    from sim.engines.run_spec import RunSpec
    from sim.lessons import lesson

    one = None if number is None else lesson(number)
    name, changes = scenario or (one.scenario if one else "busan"), one.settings if one else ()
    source = RunSpec.of(name, overrides=changes).load()
    return ClassSetup(
        **{"scenario": name, "digest": source.digest, "set": changes, "minutes": minutes, "lesson": number},
        strategy=one.strategies if one else (),
        treatment=tuple(treatment) or (one.treatment if one else ()),
        side=list(source.governments).index(one.seat) if one else 0,
        seed=secrets.randbelow(2**19),
        code="".join(secrets.choice(LETTERS) for _ in range(6)),
        t=time.time(),
    )
