"""The command line as its users meet it."""

import pytest
from calling import called


@pytest.fixture
def snapback(monkeypatch, capsys, tmp_path):
    """Run a command in an empty folder; gives (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def call(*words):
        code = called(*words)
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return call
