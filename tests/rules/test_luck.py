"""Luck by name: the published generator, uniform, and no two names share a draw."""

from collections.abc import Iterable
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from sim.rules.luck import Luck, code, luck, philox

DAY = 739_700
US, CN, EU = code("US"), code("CN"), code("EU")
ONES = 0xFFFFFFFF

# Random123 1.09, tests/kat_vectors, philox4x32 10: counter, key, block.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]

words = st.integers(0, ONES)
days = st.integers(1, 2**24 - 1)


@pytest.mark.parametrize(("counter", "key", "block"), KNOWN)
def test_philox_gives_the_published_vectors(
    counter: tuple[int, int, int, int], key: tuple[int, int], block: str
) -> None:
    assert " ".join(f"{word:08x}" for word in philox(*counter, *key)) == block


@given(words, words, words, words, words, words)
def test_philox_gives_words_of_32_bits(a: int, b: int, c: int, d: int, x: int, y: int) -> None:
    assert all(0 <= word <= ONES for word in philox(a, b, c, d, x, y))


@given(st.integers(0, 2**63 - 1), words, days, words, words)
def test_a_draw_is_at_least_0_and_below_1_and_always_the_same(
    seed: int, run: int, day: int, government: int, partner: int
) -> None:
    draws = luck(seed, run, day, government, partner)
    for draw in draws:
        assert 0 <= draw < 1
        assert draw * 2**53 == int(draw * 2**53)
    assert draws == luck(seed, run, day, government, partner)


def correlation(draws: Iterable[tuple[float, float]]) -> float:
    """Of pairs of uniform draws."""
    pairs = [(a - 0.5, b - 0.5) for a, b in draws]
    return 12 * sum(a * b for a, b in pairs) / len(pairs)


@pytest.mark.parametrize("purpose", Luck._fields)
@pytest.mark.parametrize("varied", ["seed", "run", "day", "government"])
def test_draws_are_uniform_along_every_part_of_the_name(varied: str, purpose: str) -> None:
    draws = []
    for k in range(5000):
        name = {"seed": 1, "run": 0, "day": DAY, "government": US}
        name[varied] += k
        draws.append(getattr(luck(**name, partner=CN), purpose))
    assert kstest(draws, "uniform").pvalue > 0.01


def test_a_draw_says_nothing_about_the_next_day() -> None:
    draws = [luck(1, 0, DAY + k, US, CN).choice for k in range(5000)]
    assert abs(correlation(pairwise(draws))) < 4 / len(draws) ** 0.5


def test_the_luck_of_a_choice_says_nothing_about_the_luck_of_the_hand() -> None:
    draws = [luck(1, 0, DAY + k, US, CN) for k in range(5000)]
    assert abs(correlation(draws)) < 4 / len(draws) ** 0.5


def test_no_two_names_share_a_draw() -> None:
    names = list(
        product(
            [0, 1, 2, 2**32, 2**33, 2**62],
            [0, 1, 2, 3, 2**31, 2**32 - 1],
            range(DAY, DAY + 100),
            [US, CN, EU],
            [0, US, CN, EU],
        )
    )
    assert len({draw for name in names for draw in luck(*name)}) == 2 * len(names) > 80_000


def test_who_draws_and_about_whom_is_not_the_same() -> None:
    assert luck(1, 0, DAY, US, CN) != luck(1, 0, DAY, CN, US)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4), st.data())
def test_governments_of_different_names_have_different_codes(name: str, data: st.DataObject) -> None:
    other = data.draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4))
    assert (code(name) == code(other)) == (name == other)
    assert 0 < code(name) <= ONES


def test_a_draw_stays_the_same_from_version_to_version() -> None:
    assert luck(1, 0, DAY, US, CN).choice == 0.4350451134932406
    assert luck(2**63 - 1, 2**32 - 1, DAY, CN, 0).hand == 0.0096389408273172
