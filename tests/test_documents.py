"""What the documents show is run: every command, every file, every line of Python."""

import doctest
import importlib
import pkgutil
import re
import shlex
from pathlib import Path

import pytest
from calling import called

import sim

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"(\w+\.(?:toml|py))")


def sections(name):
    """The sections of a document that show something to run, by their headings."""
    text = (ROOT / name).read_text("utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {title: body for title, body in zip(parts[1::2], parts[2::2], strict=True) if "snapback " in body}


PAGES = ("README.md", "CONTRIBUTING.md", "sim/validation/README.md")
CASES = [(name, title) for name in PAGES for title in sections(name)]


@pytest.mark.parametrize(("name", "title"), CASES)
def test_the_commands_shown_work_in_the_order_shown(name, title, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(sections(name)[title])
    for place, (language, text) in enumerate(blocks):
        if language == "toml":
            following = next(body for kind, body in blocks[place:] if kind == "sh")
            Path(FILE.search(following).group()).write_text(text, "utf-8")
        elif language == "python" and "@strategy" in text:
            Path("shown.py").write_text(text, "utf-8")
            assert called("run", "busan", "--strategy", "CN=shown.py", "--until", "2026-03-20") == 0
        elif language == "sh":
            for line in text.splitlines():
                if line.startswith("snapback ") and "NAME" not in line:
                    assert called(*shlex.split(line)[1:]) == 0, line


def test_the_python_shown_in_the_readme_runs(capsys):
    shown = [
        text for kind, text in BLOCK.findall((ROOT / "README.md").read_text("utf-8")) if kind == "python"
    ]
    for text in shown:
        exec(compile(text, "README.md", "exec"), {})
    out = capsys.readouterr().out
    assert "government" in out
    assert len(shown) > 1


def modules():
    return [m.name for m in pkgutil.walk_packages(sim.__path__, "sim.") if not m.name.endswith("__main__")]


@pytest.mark.parametrize("name", ["sim", *modules()])
def test_examples_in_docstrings_are_right(name):
    module = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module).failed == 0


def test_nothing_of_the_project_carries_an_address_of_a_machine():
    texts = [p for p in ROOT.rglob("*") if p.suffix in {".py", ".toml", ".md"} and ".venv" not in p.parts]
    assert len(texts) > 50
    for path in texts:
        if path != Path(__file__):
            assert not re.search(r"/home/\w|/Users/\w|/root/\w", path.read_text("utf-8")), path
