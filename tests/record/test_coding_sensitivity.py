"""How much the coding's choices matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.record.coding import Scoring
from sim.record.coding_sensitivity import LEGAL_ACTS, Influence, agreement, influences, second_coding
from sim.record.events import Record

moves = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=50)


@pytest.fixture(scope="module")
def found(to_2025: Record) -> dict[tuple[str, str], Influence]:
    return {(row.choice, row.side): row for row in influences(to_2025)}


def test_the_two_readings_agree_on_four_side_months_in_five(
    found: dict[tuple[str, str], Influence],
) -> None:
    """Of all 96 months; over 76 months the record's authors counted 74 % and kappa 0.59."""
    both = found[LEGAL_ACTS, "both"].agreement
    assert (both.months, both.opposite) == (192, 3)
    assert (both.same, both.kappa) == pytest.approx((0.797, 0.631), abs=5e-4)
    assert found[LEGAL_ACTS, "US"].agreement[1:3] == pytest.approx((0.781, 0.619), abs=5e-4)
    assert found[LEGAL_ACTS, "CN"].agreement[1:3] == pytest.approx((0.8125, 0.627), abs=5e-4)


def test_what_each_choice_changes(found: dict[tuple[str, str], Influence]) -> None:
    changed = {choice: row.changed for (choice, side), row in found.items() if side == "both"}
    assert changed == pytest.approx(
        {
            "threshold 1": 8 / 192,
            "threshold 9": 27 / 192,
            "threshold 16": 54 / 192,
            "severity not squared": 5 / 192,
            "rows counted": 12 / 192,
            "threats and agreements left out": 7 / 192,
            "threats and agreements in full": 6 / 192,
            "month of effect": 33 / 192,
            "courts counted": 0,  # none of Washington's before 2026
            LEGAL_ACTS: 39 / 192,
        }
    )


def test_the_shipped_choices_change_nothing(shipped: Record) -> None:
    rows = influences(shipped, {"none": Scoring()})
    assert [row.changed for row in rows if row.choice == "none"] == [0, 0, 0]
    assert [row.agreement.kappa for row in rows if row.choice == "none"] == [1, 1, 1]


def test_one_ruling_is_one_month_of_210_and_no_part_of_a_month_is_compared(shipped: Record) -> None:
    rows = {row.choice: row for row in influences(shipped) if row.side == "both"}
    assert rows["courts counted"].changed == pytest.approx(1 / 210)
    assert rows["courts counted"].agreement.opposite == 1


def test_a_second_coder_agrees_on_nine_moves_in_ten_and_never_turns_one_round(shipped: Record) -> None:
    """A random sample coded blind to move and severity; its author counts kappa 0.90 on these 60 rows."""
    found = second_coding(shipped)
    assert (found.moves.months, found.moves.opposite) == (60, 0)
    assert (found.moves.same, found.moves.kappa) == pytest.approx((56 / 60, 0.90), abs=5e-3)
    assert found.defensible == pytest.approx(58 / 60)
    assert (found.severity_same, found.severity_near) == pytest.approx((37 / 60, 59 / 60))


def test_kappa_by_hand() -> None:
    """Cohen (1960): half agree, half would by chance of 3/8."""
    assert agreement([0, 0, 1, 1], [0, 1, 1, 2]) == pytest.approx((4, 0.5, (0.5 - 0.375) / 0.625, 0))


@settings(max_examples=200)
@given(moves)
def test_agreement_is_the_same_both_ways_and_at_most_one(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    there, back = agreement(one, other), agreement(other, one)
    assert there == pytest.approx(back)
    assert there.kappa <= there.same
    assert agreement(one, one)[1:] == (1, 1, 0)
