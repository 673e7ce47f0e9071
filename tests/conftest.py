"""What all tests share."""


def pytest_addoption(parser):
    parser.addoption(
        "--renew", action="store_true", help="write the golden stories anew instead of comparing"
    )
