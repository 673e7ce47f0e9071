"""The command line, called in this process."""

import sys

import pytest

from sim.faces import command


def called(*words: object) -> int | str:
    """Run `snapback` with some words in the current folder; its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["snapback", *map(str, words)])
        try:
            command.main()
        except SystemExit as stop:
            return stop.code or 0
    return 0
