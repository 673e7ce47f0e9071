"""Average tariffs by date, by the end of a month and over its days."""

from datetime import date
from pathlib import Path

import pytest

from sim.domain.errors import EvidenceError
from sim.record.months import month_number
from sim.record.tariffs import TariffStep, month_end, month_mean, step_on, tariff_status, tariff_steps

HEADER = "date,us_avg_tariff_on_cn,cn_avg_tariff_on_us,status,source\n"
APRIL = month_number("2025-04")


def made(folder: Path, text: str) -> tuple[TariffStep, ...]:
    path = folder / "steps.csv"
    path.write_text(HEADER + text, "utf-8")
    return tariff_steps(path)


def test_a_step_holds_from_its_day_until_the_next(tmp_path: Path) -> None:
    steps = made(tmp_path, "2025-01-01,10,20,A,x\n2025-04-16,40,50,A,x\n")
    assert step_on(steps, date(2025, 4, 15)).us_avg_tariff_on_cn == 10
    assert step_on(steps, date(2025, 4, 16)).us_avg_tariff_on_cn == 40
    assert month_end(steps, APRIL) == (40, 50)
    assert month_mean(steps, APRIL) == (25, 35)


def test_months_after_the_last_step_are_carried_forward(steps: tuple[TariffStep, ...]) -> None:
    assert tariff_status(steps, month_number("2025-11")) == "PIIE"
    assert tariff_status(steps, month_number("2025-12")) == "PIIE_carried_forward"
    assert month_end(steps, month_number("2025-12")) == (47.49, 31.88)
    assert tariff_status(steps, month_number("2026-09")) == "CRS_secondhand"
    assert month_end(steps, month_number("2026-09")) == (36.5, 31.0)


def test_days_before_the_first_step_have_no_tariff(steps: tuple[TariffStep, ...]) -> None:
    with pytest.raises(EvidenceError, match=r"from 2018-01-01 on, .* got 2017-12-31"):
        step_on(steps, date(2017, 12, 31))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-01-01,10,20,A,x\n2025-01-01,11,20,A,x\n", "row 3: date: expected a date after 2025-01-01"),
        ("2025-01-01,-1,20,A,x\n", "row 2: us_avg_tariff_on_cn: expected at least 0.0"),
        ("2025-01-01,10,,A,x\n", "row 2: cn_avg_tariff_on_us: expected a number, got nothing"),
        ("soon,10,20,A,x\n", "row 2: date: expected a date"),
    ],
)
def test_steps_that_cannot_be_are_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(EvidenceError, match=rf"^steps\.csv: {why}"):
        made(tmp_path, text)
