"""Codes of games, as pages make them (`page/web/code.js`): side, opponent, luck and every move."""

import json
from pathlib import Path
from typing import Final, NamedTuple

from sim import engines
from sim.domain.errors import ResultsError
from sim.scenarios.schema import Scenario

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
CHECK: Final = 1021
PERSON: Final = 31  # the opponent's place if people played both sides
SEEDS: Final = 2**20
LONGEST: Final = 400  # letters


class CodedGame(NamedTuple):
    """A game as its code has it; the opponent is a place in the page's list of strategies, or PERSON."""

    seat: int
    opponent: int
    seed: int
    moves: list[int]


def version_of(source: Scenario) -> str:
    """What pages of a scenario call their version: its digest and that of the rules that they have."""
    rules = json.loads(Path(engines.__path__[0], "page_rules.json").read_text("utf-8"))["rules"]
    return f"{source.digest[:6]}{rules[:6]}"


def game_of(text: str, version: str) -> CodedGame:
    """The game of a code; raises ResultsError if a letter is wrong, or it is of other rules or numbers."""
    letters, bits = text.upper().translate(LOOKALIKES), 0
    if len(letters) <= LONGEST and set(letters) <= set(LETTERS):
        for letter in letters:
            bits = bits * 32 + LETTERS.index(letter)
    bits, check = divmod(bits, CHECK)
    broken = bits % CHECK != check or bits < CHECK
    bits, stamp = divmod(bits, CHECK)
    if not broken and stamp != (int(version[:6], 16) ^ int(version[6:12], 16)) % CHECK:
        raise ResultsError(f"code {text[:60]!r}: is of another scenario, or of another version of the rules")
    bits, seed = divmod(bits, SEEDS)
    bits, opponent = divmod(bits, 32)
    bits, seat = divmod(bits, 2)
    moves: list[int] = []
    while bits > 1:
        bits, move = divmod(bits, 3)
        moves.insert(0, move)
    if broken or bits != 1:
        raise ResultsError(f"code {text[:60]!r}: expected the code of a game; a letter may be wrong")
    return CodedGame(seat, opponent, seed, moves)
