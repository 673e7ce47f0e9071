"""A class without a network: what seats and the teacher say is handed to its server."""

import asyncio
import json
import secrets
import sys
import time

import pytest

pytest.importorskip("starlette", reason="classes need more packages: pip install '.[class]'")
pytest.importorskip("uvicorn", reason="classes need more packages: pip install '.[class]'")
pytest.importorskip("websockets", reason="classes need more packages: pip install '.[class]'")

from sim.classroom import hosting
from sim.classroom.class_server import ClassServer, Saying
from sim.classroom.class_state import LOG, ClassSetup
from sim.cli.app import main
from sim.engines.run_spec import RunSpec


class Class:
    """A class in a folder."""

    def __init__(self, folder, scenario="busan", **about):
        digest = RunSpec.of(scenario).load().digest
        about = {
            "scenario": scenario,
            "digest": digest,
            "code": "ABCDEF",
            "seed": 7,
            "t": time.time(),
        } | about
        setup = ClassSetup(**about)
        self.folder, self.lines, self.tokens = folder, {}, {}
        folder.mkdir(exist_ok=True)
        room, log = hosting.open_log(setup, folder)
        self.server, self.room = ClassServer(room, log, ("lesson", "lesson 1a")), room
        self.later = 0.0  # [s] by which the clock of the class is ahead
        self.server.clock = lambda: time.time() + self.later

    def enter(self, do="join", text="ABCDEF", token=None, address="1.2.3.4"):
        """Say hello; the seat, or why there is none."""
        token = token or secrets.token_hex(16)
        seat = self.server.enter(Saying(do=do, text=text, token=token), address)
        if isinstance(seat, int):
            self.tokens[seat] = token
            self.come(seat)
        return seat

    def come(self, seat):
        self.lines[seat] = asyncio.Event()
        self.server.lines[seat].add(self.lines[seat])
        self.server.wake(seat)

    def leave(self, seat):
        """Lose the line of a seat."""
        self.server.lines[seat].clear()
        self.server.left[seat] = self.server.clock()

    def wait(self, seconds):
        """Let time pass until the server looks round."""
        self.later += seconds
        self.server.look_round()

    def say(self, seat, do, **about):
        self.server.hear(seat, Saying.model_validate_json(json.dumps({"do": do, **about})))

    def join(self, count):
        for _ in range(count):
            self.say(self.enter(), "ready")

    def screen(self, seat):
        """What a seat sees, as its browser gets it."""
        return json.loads(json.dumps(self.server.screen(seat)))

    def move(self, seat, move=1, acts=()):
        """Predict if that is due, and make a move if there is one to make; whether there was."""
        game = self.screen(seat)["game"]
        if game["due"] is not None:
            self.say(seat, "guess", match=game["match"], number=game["due"], shares=[25, 50, 25])
            game = self.screen(seat)["game"]
        if game["turns"]:
            number = game["turns"][0]["number"]
            self.say(seat, "move", match=game["match"], number=number, move=move, acts=acts)
        return bool(game["turns"])

    def play(self, *seats, rounds=10**6):
        """Let some seats hold until nobody has anything to say."""
        while rounds and any([self.move(seat) for seat in seats]):  # noqa: C419
            rounds -= 1

    def events(self, kind):
        lines = (self.folder / LOG).read_text("utf-8").splitlines()
        return [event for line in lines if (event := json.loads(line)).get("event") == kind]


@pytest.fixture
def hold(tmp_path):
    """Hold a class; the second one in the same folder goes on with it."""
    classes = []

    def begin(**about):
        classes.append(Class(tmp_path / "class", **about))
        return classes[-1]

    yield begin
    for one in classes:
        one.server.log.close()


@pytest.fixture
def snapback_here(monkeypatch, capsys):
    """The command, in this process."""

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["snapback", *words])
        with pytest.raises(SystemExit) as stop:
            main()
        return (stop.value.code, *capsys.readouterr())

    return call
