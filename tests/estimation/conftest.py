"""The shipped record fitted, and a forecast of 2024 and 2025 with few draws."""

import pytest

from sim.estimation.dataset import Dataset, load_dataset
from sim.estimation.prediction import forecast
from sim.record.months import month_range


@pytest.fixture(scope="session")
def fitted() -> Dataset:
    return load_dataset(train="2018-01:2024-12")


@pytest.fixture(scope="session")
def few(fitted) -> Dataset:
    """The shipped fit with forty draws."""
    return fitted._replace(config=fitted.config.model_copy(update={"draws": 40}))


@pytest.fixture(scope="session")
def year(few):
    """The chances of all months to the end of 2025."""
    return forecast(few, month_range("2025-12")[0])
