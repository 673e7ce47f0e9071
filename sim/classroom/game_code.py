"""Codes of games, as pages make them (`page/web/code.js`): side, opponent, luck, moves, acts and words."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from sim import engines
from sim.classroom.class_state import Classroom, ClassSetup, Event
from sim.domain.errors import ResultsError
from sim.scenarios.load import scenario
from sim.strategies.strategy_register import find, names

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
CHECK, SEEDS, ACTS, MEASURES, DECISIONS, BIDS = 1021, 2**20, 16, 256, 256, 33  # bases of digits
NOTHING: Final = 1  # the digits of a part that is empty
PERSON: Final = 31  # the opponent's place if people played both sides
LONGEST: Final = 400  # letters


class CodedGame(NamedTuple):
    """A game as its code has it; the opponent is a place in the page's list of strategies, or PERSON."""

    seat: int
    opponent: int
    seed: int
    moves: list[int]
    acts: dict[int, list[tuple[int, int]]]  # acts that were chosen and their measures, by decision
    words: list[int]  # bids that were made in talks, or DELEGATE


def version_of(name: str, changes: Sequence[str]) -> str:
    """What pages of a scenario call their version, with numbers that their reader has set."""
    rules = json.loads(Path(engines.__path__[0], "page_rules.json").read_text("utf-8"))["rules"]
    numbers = sorted((path, float(text)) for path, _, text in (change.partition("=") for change in changes))
    plain = [[path, int(x) if x.is_integer() else x] for path, x in numbers]
    more = json.dumps([plain, []], separators=(",", ":")) if plain else ""
    return f"{scenario(name).digest[:6]}{rules[:6]}{more}"


def game_of(text: str, version: str) -> CodedGame:
    """The game of a code; raises ResultsError if a letter is wrong, or it is of other rules or numbers."""
    first, *more = text.split(".")
    parts, stamp = [_digits(first), *(_digits(part) if part else NOTHING for part in more)], 0
    for letter in version[12:]:
        stamp = (stamp * 31 + ord(letter)) % 65521
    stamp = (int(version[:6], 16) ^ int(version[6:12], 16) ^ stamp) % CHECK
    if 0 in parts or len(parts) > 3 or not text.rpartition(".")[2]:
        raise ResultsError(f"code {text[:60]!r}: expected the code of a game; a letter may be wrong")
    if parts[0] % CHECK != stamp:
        raise ResultsError(f"code {text[:60]!r}: is of another scenario, other numbers, or other rules")
    moves: list[int] = []
    acts: dict[int, list[tuple[int, int]]] = {}
    seed, opponent, seat, bits = _take(parts[0] // CHECK, SEEDS, 32, 2)
    while bits > 1:
        move, bits = _take(bits, 3)
        moves.insert(0, move)
    bits, talked = [*parts[1:], NOTHING, NOTHING][:2]
    while bits > 1:
        place, count, bits = _take(bits, DECISIONS, DECISIONS)
        acts[place] = []
        for _ in range(count):
            act, measure, bits = _take(bits, ACTS, MEASURES)
            acts[place].insert(0, (act, measure))
    words: list[int] = []
    while talked > 1:
        bid, talked = _take(talked, BIDS)
        words.insert(0, bid)
    return CodedGame(seat, opponent, seed, moves, acts, words)


def _digits(text: str) -> int:
    """The number that letters spell, without its check; 0 if one of them is wrong."""
    letters, bits = text.upper().translate(LOOKALIKES), 0
    if len(letters) > LONGEST or not set(letters) <= set(LETTERS):
        return 0
    for letter in letters:
        bits = bits * 32 + LETTERS.index(letter)
    bits, check = divmod(bits, CHECK)
    return bits if bits % CHECK == check else 0


def _take(bits: int, *bases: int) -> list[int]:
    """The last digits of a number, by their bases, and what is left of it."""
    digits = []
    for base in bases:
        bits, digit = divmod(bits, base)
        digits.append(digit)
    return [*digits, bits]


def events_of(codes: Sequence[str], setup: ClassSetup) -> list[Event]:
    """The log of a class whose games are known by their codes; raises ResultsError if one is wrong."""
    from sim.engines.page_rules import plays

    room, events = Classroom(setup), [setup.model_dump()]
    machines = [name for name in names() if plays(find(name))]
    governments = list(room.source.governments)
    versions = [version_of(setup.scenario, texts) for texts in room.changes]

    def record(kind: str, **about: object) -> None:
        events.append({"event": kind, "t": 0.0, **about})
        room.apply(events[-1])

    for k, text in enumerate(codes):
        treated, game = _half_of(text, versions)
        if game.opponent not in (PERSON, *range(len(machines))):
            raise ResultsError(f"code {text[:60]!r}: expected an opponent that pages of this version have")
        people = (0, 1) if game.opponent == PERSON else (game.seat,)
        sides = [len(room.seats) + people.index(p) if p in people else None for p in (0, 1)]
        for place in people:
            record("seat", name=f"code {k + 1} {governments[place]}", token="", words="", form=0)
        others = [f"{governments[p]}={machines[game.opponent]}" for p in (0, 1) if p not in people]
        about = {"seats": sides, "treated": treated, "seed": game.seed, "strategy": others}
        about |= {"words": game.words} if game.words else {}
        record("round", round=1, games=[about])
        match, moves = room.matches[-1], iter(enumerate(game.moves))
        while questions := match.questions(0, 1):
            number = min(questions)
            seat = sides[questions[number].government]
            place, move = (-1, None) if seat is None else next(moves, (-1, None))
            if seat is not None and move is None:
                break
            acts = game.acts.get(place, ())
            record("move", seat=seat, match=match.number, number=number, move=move, acts=acts)
    return events


def _half_of(text: str, versions: Sequence[str]) -> tuple[int, CodedGame]:
    """The half of a class that a code is of, 1 if it is treated, and its game."""
    if versions[1] != versions[0]:
        with suppress(ResultsError):
            return 1, game_of(text, versions[1])
    return 0, game_of(text, versions[0])
