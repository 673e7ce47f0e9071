"""Luck by name: a draw is a pure function of (seed, run, day, government, partner, purpose).

Purposes are the fields of `Luck`, two to a block of the generator.

The generator is Philox-4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers:
as easy as 1, 2, 3", SC11): a keyed bijection of 128-bit counters, so two names never share
a block. It is written with masks, so that unbounded and wrapping 64-bit integers give the same bits.
"""

from typing import NamedTuple

WORD = 0xFFFFFFFF
MULTIPLIER_A = 0xD2511F53
MULTIPLIER_B = 0xCD9E8D57
WEYL_A = 0x9E3779B9
WEYL_B = 0xBB67AE85
ROUNDS = 10
BLOCK = 1  # of purposes
OPENING = 2  # the block of who opens talks
OFFERS = 3  # and of the first round of a meeting, one a round: what is asked for, and breakdown


def philox(a: int, b: int, c: int, d: int, key_a: int, key_b: int) -> tuple[int, int, int, int]:
    """Philox-4x32-10 of a counter (a, b, c, d) under a key, all 32-bit words."""
    for _ in range(ROUNDS):
        product_a = a * MULTIPLIER_A  # of 32 x 32 bits: in 64-bit integers it may wrap, its bits are the same
        product_c = c * MULTIPLIER_B
        a, b, c, d = (
            (product_c >> 32) & WORD ^ (b ^ key_a),
            product_c & WORD,
            (product_a >> 32) & WORD ^ (d ^ key_b),
            product_a & WORD,
        )
        key_a = (key_a + WEYL_A) & WORD
        key_b = (key_b + WEYL_B) & WORD
    return a, b, c, d


class Luck(NamedTuple):
    """A government's luck about a partner on a day: uniform draws on [0, 1) with 53 bits, one a purpose."""

    choice: float  # between moves
    hand: float  # which acts carry a move; in a game, whether the hand trembles


def luck(seed: int, run: int, day: int, government: int, partner: int, block: int = BLOCK) -> Luck:
    """A government's luck about a partner on a day, the same wherever and whenever it is asked for.

    Args:
        seed: of the experiment [0 to 2^63 - 1].
        run: number of the run [0 to 2^32 - 1].
        day: day number [below 2^24].
        government: code of who draws [32 bits].
        partner: code of whom it is about, 0 for nobody [32 bits].
        block: of purposes [0 to 255].
    """
    a, b, c, d = philox(
        run & WORD,
        (day & 0xFFFFFF) | (block << 24),
        government & WORD,
        partner & WORD,
        seed & WORD,
        (seed >> 32) & WORD,
    )
    return Luck(uniform(a, b), uniform(c, d))


def uniform(high: int, low: int) -> float:
    """A number on [0, 1) from 53 bits of two words."""
    return ((high >> 5) * 67108864 + (low >> 6)) / 9007199254740992.0


def code(name: str) -> int:
    """The letters of a government's short name as one number [32 bits]."""
    return int.from_bytes(name.encode("ascii")[:4], "big")
