"""Streams, encodings, folders and switches are as they are: a command works, or says why not."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from calling import called

import sim
from sim.cli import app

ROOT = str(Path(sim.__file__).parents[1])
POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX")


def shell(line, cwd, **more):
    """A line of a shell in which $SNAPBACK is the command."""
    return subprocess.run(
        ["sh", "-c", line],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": ROOT, "SNAPBACK": f"{sys.executable} -m sim", **more},
        capture_output=True,
        encoding="latin-1",
        timeout=120,
    )


RUN = "$SNAPBACK run ipd --out here"


@POSIX
@pytest.mark.parametrize("close", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_stop_nothing(close, tmp_path):
    done = shell(f"{RUN} {close}", tmp_path)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    story = (tmp_path / "here" / "story.md").read_text("utf-8")
    assert len(story.splitlines()) > 40
    if ">&-" not in close.replace("2>&-", ""):
        assert "Two players" in done.stdout


@POSIX
def test_a_sentence_has_its_exit_code_where_nobody_hears_it(tmp_path):
    assert shell("$SNAPBACK run nowhere 2>&-", tmp_path).returncode == 2
    assert shell("$SNAPBACK list >&-", tmp_path).returncode == 0


@POSIX
def test_switches_of_the_libraries_beneath_stop_nothing(tmp_path):
    odd = {"NUMBA_NUM_THREADS": "0", "SOURCE_DATE_EPOCH": "today", "MPLBACKEND": "none"}
    done = shell(f"{RUN} --runs 2 --format pdf", tmp_path, **odd)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "here" / "spread.pdf").is_file()


@POSIX
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437", "cp932", "utf-8"])
def test_what_an_encoding_has_not_is_written_otherwise(encoding, tmp_path):
    (tmp_path / "w.toml").write_text('extends = "ipd"\ntitle = "Caf\u00e9 \u9ad8"\n', "utf-8")
    done = shell("$SNAPBACK run w.toml --out here", tmp_path, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Two players" in done.stdout
    if encoding in ("ascii", "gbk"):
        assert " * Round " in done.stdout


@POSIX
def test_json_stays_json_in_any_encoding(tmp_path):
    (tmp_path / "w.toml").write_text('extends = "ipd"\ntitle = "Caf\u00e9 \u9ad8"\n', "utf-8")
    line = "$SNAPBACK run w.toml --out here --json"
    answers = []
    for encoding in ("ascii", "cp932"):
        done = shell(line, tmp_path, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
        answers.append(json.loads(done.stdout.encode("latin-1").decode(encoding)))
    assert answers[0] == answers[1]
    assert "Caf\u00e9 \u9ad8" in json.dumps(answers[0], ensure_ascii=False)


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
def test_a_full_disk_behind_standard_output_is_a_sentence(tmp_path):
    done = shell("$SNAPBACK list scenarios > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("snapback: standard output, or a file without a name: No space left")


@POSIX
def test_a_folder_that_was_removed_is_told_of(tmp_path):
    done = shell("mkdir gone; cd gone; rmdir ../gone; $SNAPBACK run ipd", tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "the current folder is gone" in done.stderr


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(36, "File name too long", "x/y.json"), "snapback: x/y.json: File name too long"),
        (PermissionError(13, "Permission denied", b"z"), "Permission denied"),
        (EOFError(), "snapback: the input ended where more was expected"),
        (KeyboardInterrupt(), "snapback: interrupted"),
    ],
)
def test_the_last_resort_says_what_happened_and_to_which_file(error, sentence, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)

    def fails(words):
        application = typer.Typer()

        @application.command()
        def command():
            raise error

        return application

    monkeypatch.setattr(app, "application", fails)
    monkeypatch.setattr(sys, "argv", ["snapback"])
    with pytest.raises(SystemExit) as stop:
        app.main()
    assert stop.value.code == (130 if isinstance(error, KeyboardInterrupt) else 2)
    assert sentence in capsys.readouterr().err


@POSIX
@pytest.mark.parametrize(
    "switches",
    [
        {"MPLBACKEND": "no", "MPLCONFIGDIR": "/proc/no", "COLUMNS": "no", "TERM": "dumb", "LC_ALL": "xx_YY"},
        {"PYTHONOPTIMIZE": "2", "COLUMNS": "0", "MPLBACKEND": "TkAgg", "DISPLAY": ""},
        {"PYTHONWARNINGS": "error", "HOME": "", "NO_COLOR": "1", "LC_ALL": "C"},
    ],
    ids=lambda switches: next(iter(switches)),
)
def test_switches_of_others_change_nothing(switches, tmp_path):
    done = shell(RUN, tmp_path, **switches)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "here" / "timeline.png").stat().st_size > 10_000
    assert {path.name for path in tmp_path.iterdir()} == {"here"}


@POSIX
def test_files_beside_the_work_with_names_of_libraries_are_no_matter_to_the_command(tmp_path):
    for name in ("sim", "numpy", "typing", "sitecustomize_not", "typer", "matplotlib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong file')\n", "utf-8")
    (tmp_path / "matplotlibrc").write_text("backend: nonsense\nsavefig.dpi: 7\n", "utf-8")
    script = tmp_path / "bin" / "snapback"
    script.parent.mkdir()
    script.write_text(
        "import sys\nfrom sim.cli.app import main\nif __name__ == '__main__':\n    sys.exit(main())\n",
        "utf-8",
    )
    done = shell(f"{sys.executable} {script} run ipd --out here", tmp_path)
    assert done.returncode == 0, done.stderr
    done = shell(f"{sys.executable} {script} study s.toml --out there --workers 2", study_in(tmp_path))
    assert done.returncode == 0, done.stderr


def study_in(folder):
    (folder / "s.toml").write_text(
        'title = "x"\nquestion = "q?"\nscenario = "ipd"\nengine = "mesa"\nruns = 4\nchunk = 2\n'
        'outcomes.points = "points:government=ROW"\ndesign.kind = "grid"\n'
        'levers.err = { number = "game.error", values = [0.02, 0.1] }\n',
        "utf-8",
    )
    return folder


@POSIX
def test_without_shared_memory_one_worker_is_recommended(tmp_path, monkeypatch, capsys):
    from concurrent.futures import process

    def refused(*_, **__):
        raise OSError(30, "Read-only file system")

    study_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(process, "_SafeQueue", refused)
    assert called("study", "s.toml", "--out", "out", "--workers", "2") == 2
    said = capsys.readouterr().err
    assert "Read-only file system" in said and "--workers 1" in said
    assert called("study", "s.toml", "--out", "out", "--workers", "1") == 0


@POSIX
def test_a_script_from_standard_input_is_told_that_it_must_be_a_file(tmp_path):
    study_in(tmp_path)
    text = 'import sim\nif __name__ == "__main__":\n    sim.study("s.toml").run(workers=2)\n'
    done = shell(f"{sys.executable} - <<'E'\n{text}E\n", tmp_path)
    assert "or for a script a file, in which the call stands under if __name__" in done.stderr


def test_a_name_of_results_fits_every_disk():
    from sim.storage.results_folder import chosen_folder, short_name

    for name in ("x" * 300, "\u9ad8" * 200, "busan"):
        short = short_name(name)
        assert len(short.encode()) <= 120 and short == short_name(name)
        assert len(chosen_folder(None, name, {}, ()).name.encode()) < 200
    assert short_name("busan") == "busan"
    assert short_name("x" * 300) != short_name("x" * 301)


def test_the_card_of_a_long_event_has_a_name_that_fits():
    from datetime import date

    from sim.forecasting.card import card_path
    from sim.forecasting.forecast import ForecastSpec

    day = date(2026, 1, 1)
    events = ["+".join(f"cn_measure_{k}_{end}" for k in range(20)) for end in ("ends", "lapses")]
    paths = [card_path(ForecastSpec(day, event, day), None) for event in events]
    assert len(set(paths)) == 2
    assert all(len(path.name) < 130 and path.suffix == ".json" for path in paths)


def test_another_process_is_asked_by_no_signal_on_windows(monkeypatch):
    from sim.storage import atomic_write

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("signal 0 is Ctrl-C there"))
    assert atomic_write._alive(1)
    with contextlib.suppress(OSError):
        monkeypatch.undo()
    assert atomic_write._alive(os.getpid())
