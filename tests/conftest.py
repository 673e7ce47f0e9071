"""What all tests share: an option, and Hypothesis for laws: the same examples every time, no clock."""

from hypothesis import settings

settings.register_profile("laws", max_examples=100, deadline=None, derandomize=True, database=None)
settings.load_profile("laws")


def pytest_addoption(parser):
    parser.addoption(
        "--renew", action="store_true", help="write the golden stories anew instead of comparing"
    )
