"""What files say of announcements and agreements, and what they may not."""

from datetime import date
from pathlib import Path

import pytest

import sim

EVE = 'extends = "busan_eve"\n'


def loaded(text: str, folder: Path) -> sim.Scenario:
    file = folder / "mine.toml"
    file.write_text(EVE + text, "utf-8")
    return sim.scenario(file)


def measure(s: sim.Scenario, name: str):  # type: ignore[no-untyped-def]
    return next(m for m in s.measures if m.id == name)


def test_a_measure_with_a_new_status_keeps_no_old_last_day(tmp_path: Path) -> None:
    s = loaded('[[measures]]\nid = "us_reciprocal_24"\nstatus = "in_force"\n', tmp_path)
    assert measure(s, "us_reciprocal_24").until is None
    assert measure(sim.scenario("busan_eve"), "us_reciprocal_24").until is not None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[[measures]]\nid = "us_port_fees"\nenters = 2025-11-01\n',
            "measures[us_port_fees].enters: expected nothing while status is in_force, got 2025-11-01",
        ),
        (
            '[[measures]]\nid = "us_100pct_tariff"\nenters = 2025-10-01\n',
            "measures[us_100pct_tariff].enters: expected a day on or after the start (2025-10-20)",
        ),
        (
            '[[agreements]]\nid = "busan"\nmembers = ["us_port_fee"]\n',
            "agreements[busan].members: there is no measure 'us_port_fee'; did you mean us_port_fees?",
        ),
        (
            '[[agreements]]\nid = "busan"\ndate = 2025-10-01\n',
            "agreements[busan].date: expected a day of the run (2025-10-20 to 2027-01-31), got 2025-10-01",
        ),
        (
            '[[agreements]]\nid = "busan"\nmembers = []\n',
            "agreements[busan].members: expected at least 1 items, got 0",
        ),
    ],
)
def test_what_does_not_fit_is_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(sim.ScenarioError) as caught:
        loaded(text, tmp_path)
    assert sentence in str(caught.value), str(caught.value)


def test_an_announcement_can_be_set_from_the_command_line() -> None:
    s = sim.scenario("busan", ["us_100pct_tariff.enters=2025-12-01"])
    model = sim.TradeModel(s, rng=1, until="2025-12-01", strategy={"US": "hold", "CN": "hold"}).run()
    (change,) = model.changes
    assert date.fromordinal(change.day) == date(2025, 12, 1)
    assert model.names.measures[change.measure] == "us_100pct_tariff"
