"""The server of a class: seats by token, moves by number, every event written down before it is answered."""

import asyncio
import hashlib
import hmac
import json
import random
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TextIO, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.classroom.class_screens import student_screen, teacher_screen
from sim.classroom.class_state import Classroom, Event, Match, Sides
from sim.domain.constants import MOVE_OF_ACT

ABSENT: Final = 20.0  # [s] that a partner who is there waits for a seat without a line: the machine plays on
SILENT: Final = 60.0  # [s] likewise for one that has a line: three times what a decision takes
LONGEST: Final = 3 * 3600.0  # [s] of a class
PATIENCE: Final = 10.0  # [s] for the first message
MOST_SEATS: Final = 200
MORE: Final = 5  # [min] that are played longer for one order to extend
DRAWS: Final = 100  # of pairs by lot: the one is taken in which fewest have met before
TRIES: Final = (5, 60.0)  # wrong codes of an address in so many seconds
PACE: Final = (10, 1.0)  # messages of a seat in so many seconds
ENDS: Final = (ValidationError, TimeoutError, WebSocketDisconnect, RuntimeError, KeyError)  # of a line
Share = Annotated[int, Field(ge=0, le=100)]  # [%]
Round = Literal["pairs", "alone", "again", "anew"]  # what the teacher may begin
Order = Literal[Round, "extend", "pause", "play", "reveal", "after", "end"]
NAMES: Final = Path(__file__).with_name("names.txt").read_text("utf-8").splitlines()  # two parts, and words


class Saying(BaseModel):
    """What a browser may say; keys of any other name are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
    do: Literal["join", "resume", "words", "ready", "move", "guess", "answer", "teach"] | Order
    token: Annotated[str, Field(pattern="^[0-9a-f]{32}$")] = ""  # 128 bits, made by the browser
    text: Annotated[str, Field(max_length=60)] = ""  # code or words; of an answer its question
    match: int = -1
    number: int = -1  # of the question that is answered, or of the move after which one predicts
    move: Literal[0, 1, 2] = 1
    acts: Annotated[tuple[tuple[int, int], ...], Field(max_length=64)] = ()  # with measures, to carry it
    shares: tuple[Share, Share, Share] | None = None  # of what the partner may do
    when: Literal["before", "after"] = "before"
    choice: Annotated[int, Field(ge=0, le=9)] = 0
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None  # that the choice is right


class ClassServer:
    """A class that is being held; `stop` is called at its end."""

    def __init__(self, room: Classroom, log: TextIO, questions: Sequence[str]) -> None:
        self.room, self.log, self.questions = room, log, questions
        self.stop: Callable[[], Any] = bool
        self.lines: dict[int | None, set[asyncio.Event]] = defaultdict(set)  # by seat; None: the teacher
        self.clock: Callable[[], float] = time.time
        self.left = dict.fromkeys(range(len(room.seats)), self.clock())
        self.times: dict[object, deque[float]] = defaultdict(deque)

    def record(self, kind: str, **about: Any) -> None:
        """Write an event down, take it, and let everybody concerned see it."""
        event = {"event": kind, "t": round(self.clock(), 3), **about}
        self.log.write(json.dumps(event) + "\n")
        self.log.flush()
        self.room.apply(event)
        concerned = {None, *self.room.matches[about["match"]].seats} if "match" in about else set(self.lines)
        for line in (line for seat in concerned for line in self.lines[seat]):
            line.set()

    def too_often(self, who: object, limit: tuple[int, float], count: bool = True) -> bool:
        """Whether somebody has done something as often as is allowed; if not, this time may count."""
        now, times = time.monotonic(), self.times[who]
        while times and times[0] < now - limit[1]:
            times.popleft()
        if len(times) >= limit[0]:
            return True
        times.extend([now] * count)
        return False

    def enter(self, saying: Saying, address: str) -> int | str:
        """The seat of whoever says hello, or a word on why there is none."""
        seats, token = self.room.seats, hashlib.sha256(saying.token.encode()).hexdigest()
        for k, seat in enumerate(seats):
            if hmac.compare_digest(seat["token"], token):
                return k
        if saying.do not in ("join", "words") or not saying.token:
            return "unknown"
        if self.too_often(address, TRIES, count=False):
            return "slow"
        text = " ".join(saying.text.lower().split())
        if saying.do == "words" and text in (owned := [seat["words"] for seat in seats]):
            self.record("change", seat=owned.index(text), token=token)
            return owned.index(text)
        if saying.do == "words" or text != self.room.setup.code.lower():
            self.too_often(address, TRIES)
            return "wrong"
        if len(seats) >= MOST_SEATS:
            return "full"
        names = {f"{one} {two}" for one in NAMES[0].split() for two in NAMES[1].split()}
        name = secrets.choice(sorted(names - {seat["name"] for seat in seats}))
        words = " ".join(secrets.SystemRandom().sample(NAMES[2].split(), 3))
        about = {"token": token, "words": words, "form": secrets.randbelow(2)}
        self.record("seat", name=name, **about)
        return len(seats) - 1

    def hear(self, seat: int, saying: Saying) -> None:
        """Take what a seat says; what is said twice or too late changes nothing."""
        room, match, when = self.room, self.room.current.get(seat), (seat, saying.when, saying.text)
        self.wake(seat)
        if saying.do == "answer" and saying.text in self.questions and when not in room.answers:
            about = saying.model_dump(include={"when", "choice", "confidence"})
            self.record("answer", seat=seat, question=saying.text, **about)
        elif saying.do == "ready" and not room.seats[seat]["ready"]:
            self.record("change", seat=seat, ready=True)
            if room.phase in ("play", "pause"):
                self.begin([(self.against_machine(seat), len(room.matches))], room.round)
        elif match is not None and match.number == saying.match and room.phase == "play":
            self.play(match, seat, saying)

    def play(self, match: Match, seat: int, saying: Saying) -> None:
        """Take a guess that is due, or a move with acts that may carry it."""
        place, number, shares = match.seats.index(seat), saying.number, saying.shares
        about = {"seat": seat, "match": match.number, "number": number}
        if saying.do == "guess" and match.game() and match.due[place] == number:
            if shares is None or sum(shares) == 100:
                self.record("guess", **about, shares=shares)
        elif saying.do == "move" and number in match.questions(place) and match.due[place] is None:
            legal = {
                (a.act, a.measure) for a in match.game().acts[number] if MOVE_OF_ACT[a.act] == saying.move
            }
            if legal.issuperset(saying.acts):
                self.record("move", **about, move=saying.move, acts=saying.acts)
                self.let_machines_play(match)

    def against_machine(self, seat: int) -> Sides:
        """The sides of a game of one seat."""
        return [seat, None] if self.room.setup.side == 0 else [None, seat]

    def begin(self, games: Sequence[tuple[Sides, int]], number: int) -> None:
        """Begin games of a round; those with an odd number are treated, if there is a treatment."""
        treats, first = bool(self.room.setup.treatment), len(self.room.matches)
        rows = [{"seats": sides, "treated": half % 2 * treats} for sides, half in games]
        self.record("round", round=number, games=rows)
        for match in self.room.matches[first:]:
            self.let_machines_play(match)

    def obey(self, order: str) -> None:
        """Do what the teacher orders, if now is its time."""
        room = self.room
        if order == "extend" and room.phase in ("play", "pause"):
            self.record("extend", minutes=MORE)
        elif room.phase in ("join", "reveal") and (games := self.next_round(order)):
            self.record("phase", phase="play")
            self.begin(games, room.round + 1)
        elif order in ("pause", "reveal", "after", "end") or (order, room.phase) == ("play", "pause"):
            self.record("phase", phase=order)
        if room.phase == "end":
            self.stop()

    def next_round(self, order: str) -> list[tuple[Sides, int]]:
        """The sides and halves of the games that an order begins; none if it begins none, or not yet."""
        room = self.room
        if order == "again":
            return [(m.seats, 1 - m.treated) for m in room.matches if m.round == room.round]
        ready = [k for k, seat in enumerate(room.seats) if seat["ready"]]
        waiting = [k for k, seat in enumerate(room.seats) if self.lines[k] and not seat["ready"]]
        if order not in get_args(Round) or (room.phase == "join" and waiting):
            return []
        sides = [self.against_machine(k) for k in ready] if order == "alone" else self.pairs(ready)
        return list(zip(random.sample(sides, len(sides)), range(len(sides)), strict=True))

    def pairs(self, seats: Sequence[int]) -> list[Sides]:
        """Pairs by lot, in which as few as can be have met before, as may the odd one and the machine."""
        met = {frozenset(match.seats) for match in self.room.matches}
        places: Sides = [*seats, *[None] * (len(seats) % 2)]

        def draw() -> list[Sides]:
            lot = iter(random.sample(places, len(places)))
            return [list(pair) for pair in zip(lot, lot, strict=True)]

        pairs = min((draw() for _ in range(DRAWS)), key=lambda two: sum(frozenset(p) in met for p in two))
        alone = [seat for pair in pairs if None in pair for seat in pair if seat is not None]
        return [*(pair for pair in pairs if None not in pair), *map(self.against_machine, alone)]

    def wake(self, seat: int) -> None:
        """Whoever says anything, or comes back, plays again where the machine did."""
        if self.room.seats[seat]["silent"]:
            self.record("change", seat=seat, silent=False)

    def keeps_waiting(self, seat: int) -> bool:
        """Whether a seat has let a partner who is there wait for too long."""
        room, match = self.room, self.room.current[seat]
        place = match.seats.index(seat)
        if room.by_machine(match, 0) or room.by_machine(match, 1) or not self.lines[match.seats[1 - place]]:
            return False
        arrivals = [match.arrival[number] for number in match.questions(place)]
        if not arrivals:
            return False
        if self.lines[seat]:
            return self.clock() - min(arrivals) > SILENT
        return self.clock() - max(min(arrivals), self.left.get(seat, 0.0)) > ABSENT

    def let_machines_play(self, match: Match) -> None:
        """Answer what the machine is to answer in a game."""
        while self.room.phase == "play":
            places = [place for place in (0, 1) if self.room.by_machine(match, place)]
            if not (questions := match.questions(*places)):
                break
            self.record("move", seat=None, match=match.number, number=min(questions), move=None)

    def look_round(self) -> None:
        """Let the machine play for whoever keeps a partner waiting; end a class that has lasted too long."""
        if self.room.phase == "play":
            for seat in [seat for seat in self.room.current if self.keeps_waiting(seat)]:
                self.record("change", seat=seat, silent=True)
            for match in self.room.current.values():
                self.let_machines_play(match)
        if self.clock() - self.room.setup.t > LONGEST:
            self.obey("end")

    async def watch(self) -> None:
        """Look round every second."""
        while self.room.phase != "end":
            await asyncio.sleep(1.0)
            self.look_round()

    def screen(self, seat: int | None) -> Event:
        """What a seat sees, or the teacher."""
        if seat is None:
            return teacher_screen(self.room, lambda k: bool(self.lines[k]))
        return student_screen(self.room, seat)

    async def line(self, ws: WebSocket) -> None:
        """A line, from hello to its end: whatever is not understood ends it."""
        await ws.accept()
        with suppress(*ENDS):
            saying = Saying.model_validate_json(await asyncio.wait_for(ws.receive_text(), PATIENCE))
            if not ws.url.path.startswith("/teacher"):
                seat = self.enter(saying, ws.client.host if ws.client else "")
                await (ws.send_json({"problem": seat}) if isinstance(seat, str) else self.hold(ws, seat))
            elif hmac.compare_digest(saying.token, self.room.setup.teacher):
                await self.hold(ws, None)
        with suppress(RuntimeError):
            await ws.close(1008)

    async def hold(self, ws: WebSocket, seat: int | None) -> None:
        """Send the newest screen whenever it may have changed, and take what is said, at a pace."""
        change, token = asyncio.Event(), None if seat is None else self.room.seats[seat]["token"]
        change.set()
        self.lines[seat].add(change)
        if seat is not None:
            self.wake(seat)
        sender = asyncio.create_task(self.send(ws, seat, change, token))
        try:
            while not self.too_often(("line", seat), PACE):
                saying = Saying.model_validate_json(await ws.receive_text())
                if seat is None:
                    self.obey(saying.do)
                elif self.room.seats[seat]["token"] == token:
                    self.hear(seat, saying)
                change.set()
        finally:
            sender.cancel()
            self.lines[seat].discard(change)
            if seat is not None:
                self.left[seat] = self.clock()
            for other in (line for lines in self.lines.values() for line in lines):
                other.set()

    async def send(self, ws: WebSocket, seat: int | None, change: asyncio.Event, token: str | None) -> None:
        """Whoever reads slowly waits alone, and sees the newest."""
        with suppress(*ENDS):
            while await change.wait():
                change.clear()
                elsewhere = seat is not None and self.room.seats[seat]["token"] != token
                await ws.send_json({"problem": "moved"} if elsewhere else self.screen(seat))
                await asyncio.sleep(0.5 if seat is None else 0.0)
