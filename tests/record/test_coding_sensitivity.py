"""How much the coding's choices matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.record.coding import Scoring
from sim.record.coding_sensitivity import LEGAL_ACTS, Influence, agreement, influences
from sim.record.events import Record

moves = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=50)


@pytest.fixture(scope="module")
def found(shipped: Record) -> dict[tuple[str, str], Influence]:
    return {(row.choice, row.side): row for row in influences(shipped)}


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
            "threshold 1": 9 / 192,
            "threshold 9": 27 / 192,
            "threshold 16": 54 / 192,
            "severity not squared": 5 / 192,
            "rows counted": 13 / 192,
            "threats and agreements left out": 7 / 192,
            "threats and agreements in full": 6 / 192,
            "month of effect": 33 / 192,
            LEGAL_ACTS: 39 / 192,
        }
    )


def test_the_shipped_choices_change_nothing(shipped: Record) -> None:
    rows = influences(shipped, {"none": Scoring()})
    assert [row.changed for row in rows if row.choice == "none"] == [0, 0, 0]
    assert [row.agreement.kappa for row in rows if row.choice == "none"] == [1, 1, 1]


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
