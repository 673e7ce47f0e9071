"""The command line, called in this process."""

import sys

import pytest

from sim.cli import app


def called(*words: object) -> int | str:
    """Run `snapback` with some words in the current folder; its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["snapback", *map(str, words)])
        try:
            app.main()
        except SystemExit as stop:
            return stop.code or 0
    return 0
