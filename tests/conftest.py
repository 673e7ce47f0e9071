"""What all tests share: an option, registers as they were, and laws with the same examples every time."""

import pytest
from hypothesis import settings

from sim.strategies import register as strategies
from sim.studies.outcomes import register as outcomes

settings.register_profile("laws", max_examples=100, deadline=None, derandomize=True, database=None)
settings.load_profile("laws")


def pytest_addoption(parser):
    parser.addoption(
        "--renew", action="store_true", help="write the golden stories anew instead of comparing"
    )


@pytest.fixture(autouse=True)
def registers_as_before():
    """Take the strategies and outcomes that a test adds out of the registers again."""
    for register in (strategies, outcomes):
        register.load_shipped()
    before = [dict(register.REGISTER) for register in (strategies, outcomes)]
    yield
    for register, entries in zip((strategies, outcomes), before, strict=True):
        if entries != register.REGISTER:
            register.REGISTER.clear()
            register.REGISTER.update(entries)
            register.load_file.cache_clear()
