"""Zero-determinant strategies hold their line against anybody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import TheoryError
from sim.theory.memory_one import TIT_FOR_TAT, equaliser, extortioner, scores

laws = settings(max_examples=100)
opponents = st.lists(st.floats(0, 1), min_size=4, max_size=4)
openings = st.tuples(st.floats(0, 1), st.floats(0, 1))


def test_extort_3_and_the_equaliser_are_the_published_ones() -> None:
    assert extortioner(3, 1 / 26) == pytest.approx([11 / 13, 1 / 2, 7 / 26, 0], abs=1e-15)
    assert equaliser(2, 1 / 3) == pytest.approx([2 / 3, 0, 2 / 3, 1 / 3], abs=1e-15)


def test_extort_3_against_a_cooperator() -> None:
    mine, theirs = scores(extortioner(3, 1 / 26), (1, 1, 1, 1))
    assert (mine, theirs) == pytest.approx((41 / 11, 21 / 11), abs=1e-12)
    assert (mine, theirs) == pytest.approx((3.727273, 1.909091), abs=5e-7)


@laws
@given(opponents, openings)
def test_extort_3_takes_three_times_the_surplus_of_anybody(opponent, first) -> None:
    mine, theirs = scores(extortioner(3, 1 / 26), opponent, first=first)
    assert mine - 1 == pytest.approx(3 * (theirs - 1), abs=1e-12)


@laws
@given(opponents, openings)
def test_the_equaliser_pins_the_score_of_anybody_at_2(opponent, first) -> None:
    assert scores(equaliser(2, 1 / 3), opponent, first=first)[1] == pytest.approx(2, abs=1e-12)


@laws
@given(opponents, st.floats(1, 20), st.floats(0.01, 1), st.floats(0.1, 1))
def test_every_line_holds_in_the_linear_game(opponent, chi, part, height) -> None:
    payoffs = (0, -5, 3, -2)
    largest = 1 / max(3 + 5 * chi, 5 + 3 * chi)
    mine, theirs = scores(extortioner(chi, part * largest, payoffs), opponent, payoffs)
    assert mine + 2 == pytest.approx(chi * (theirs + 2), abs=1e-9)
    score = -2 + 2 * height
    pinned = equaliser(score, part / max(3 - score, score + 5), payoffs)
    assert scores(pinned, opponent, payoffs)[1] == pytest.approx(score, abs=1e-9)


def test_the_fair_extortioner_with_the_largest_scale_is_tit_for_tat() -> None:
    assert extortioner(1, 1 / 5) == pytest.approx(TIT_FOR_TAT, abs=1e-15)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda: extortioner(0.5, 0.01), "chi must be one number of at least 1, not 0.5"),
        (lambda: extortioner(3, 0.1), "phi must be one number above 0 and at most 0.0769231, not 0.1"),
        (lambda: extortioner(3, 0), "phi must be one number above 0"),
        (lambda: extortioner([2, 3], 0.01), "chi.* one number"),
        (lambda: extortioner(3, 0.01, (3, 0, 5)), "payoffs must be four"),
        (lambda: extortioner(3, 0.01, (1, 0, 5, 3)), "no strategy draws such a line"),
        (lambda: extortioner(3, 0.01, (1, 1, 1, 1)), "no strategy draws such a line"),
        (lambda: equaliser(3.5, 0.1), "score must be one number between punishment 1 and reward 3, not 3.5"),
        (lambda: equaliser(2, 0.5), "at most 0.333333"),
        (lambda: equaliser(float("nan"), 0.1), "score must be finite"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(question, sentence: str) -> None:
    with pytest.raises(TheoryError, match=sentence):
        question()
