"""Luck by name: a draw is a pure function of (seed, run, day, government, partner, purpose).

The generator is Philox-4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers:
as easy as 1, 2, 3", SC11): a keyed bijection of 128-bit counters, so two names never share
a block. It is written with masks, so that unbounded and 64-bit integers give the same bits.
"""

WORD = 0xFFFFFFFF
MULTIPLIER_A = 0xD2511F53
MULTIPLIER_B = 0xCD9E8D57
WEYL_A = 0x9E3779B9
WEYL_B = 0xBB67AE85
ROUNDS = 10

CHOICE = 1  # purposes, one a use
ERROR = 2


def philox(a: int, b: int, c: int, d: int, key_a: int, key_b: int) -> tuple[int, int, int, int]:
    """Philox-4x32-10 of a counter (a, b, c, d) under a key, all 32-bit words."""
    for _ in range(ROUNDS):
        # half of the product of 32 x 32 bits, so that nothing passes 63 bits; multipliers are odd
        half_a = (a >> 1) * MULTIPLIER_A + (a & 1) * (MULTIPLIER_A >> 1)
        half_c = (c >> 1) * MULTIPLIER_B + (c & 1) * (MULTIPLIER_B >> 1)
        a, b, c, d = (
            (half_c >> 31) ^ b ^ key_a,
            ((half_c & WORD) << 1 | c & 1) & WORD,
            (half_a >> 31) ^ d ^ key_b,
            ((half_a & WORD) << 1 | a & 1) & WORD,
        )
        key_a = (key_a + WEYL_A) & WORD
        key_b = (key_b + WEYL_B) & WORD
    return a, b, c, d


def luck(seed: int, run: int, day: int, government: int, partner: int, purpose: int) -> float:
    """A uniform draw on [0, 1) with 53 bits, the same wherever and whenever it is asked for.

    Args:
        seed: of the experiment [0 to 2^63 - 1].
        run: number of the run [0 to 2^32 - 1].
        day: day number [below 2^24].
        government: code of who draws [32 bits].
        partner: code of whom it is about, 0 for nobody [32 bits].
        purpose: what the draw is for [0 to 255].
    """
    a, b, _, _ = philox(
        run & WORD,
        (day & 0xFFFFFF) | (purpose << 24),
        government & WORD,
        partner & WORD,
        seed & WORD,
        (seed >> 32) & WORD,
    )
    return ((a >> 5) * 67108864 + (b >> 6)) / 9007199254740992.0


def code(name: str) -> int:
    """The letters of a government's short name as one number [32 bits]."""
    return int.from_bytes(name.encode("ascii")[:4], "big")
