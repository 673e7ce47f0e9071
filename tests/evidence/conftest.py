"""The shipped record, read once."""

import pytest

from sim.evidence.coding import CodedMonth, months_by_score
from sim.evidence.events import Record, record
from sim.evidence.tariffs import TariffStep, tariff_steps


@pytest.fixture(scope="session")
def shipped() -> Record:
    return record()


@pytest.fixture(scope="session")
def months(shipped: Record) -> list[CodedMonth]:
    return months_by_score(shipped)


@pytest.fixture(scope="session")
def steps() -> tuple[TariffStep, ...]:
    return tariff_steps()
