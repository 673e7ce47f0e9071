"""What the documents show is run: every command, every file, every line of Python, every figure."""

import ast
import doctest
import importlib
import math
import pkgutil
import re
import shlex
import shutil
from pathlib import Path

import fill_documents
import followed_run
import one_hour
import pytest
from calling import called

import sim

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```([\w ]+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"(\w+\.(?:toml|py))")
ARITHMETIC = re.compile(r"^(\S.{21}(.+) = (-?[\d.]+)(?:  .*)?)$", re.MULTILINE)
OLD_BLOCK = "<!-- block: schedule -->\n\n{}\n\n<!-- end of block -->"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (".", "sim", "experiments", "results")
    for path in (ROOT.glob("*.md") if folder == "." else (ROOT / folder).rglob("*.md"))
    if not {".venv", "templates"} & set(path.parts)
    and path.relative_to(ROOT).parts[:2] not in {("results", "runs"), ("results", "studies")}
)
RUN_ELSEWHERE = {  # by tests/studies/test_clusters_page.py, by what is quoted, by tests/classroom: servers
    "experiments/clusters.md",
    "experiments/one_hour.md",
    "sim/classroom/README.md",
}
SHOWING = [
    page
    for page in PAGES
    if page not in RUN_ELSEWHERE
    and not page.startswith("sim/lessons/")  # tests/lessons run their commands and recompute their numbers
    and (not page.startswith("results/") or page == "results/README.md")
]


def sections(page):
    """The sections of a page that show commands, by their headings."""
    text = (ROOT / page).read_text("utf-8")
    parts = ["", *re.split(r"^## (.+)$", text, flags=re.MULTILINE)]
    titled = zip(parts[::2], parts[1::2], strict=True)
    return {title: body for title, body in titled if any(kind[:2] == "sh" for kind, _ in BLOCK.findall(body))}


def cases():
    """A case for each section; those with a block marked `sh slow` are slow."""
    for page in SHOWING:
        for title, body in sections(page).items():
            slow = any(kind == "sh slow" for kind, _ in BLOCK.findall(body))
            yield pytest.param(page, title, marks=[pytest.mark.slow] if slow else [])


def plain(text):
    """A text without marks, tables' lines and line ends, to be searched for sentences."""
    return " ".join(re.sub(r"[*`|│•]", "", text).split())


@pytest.mark.parametrize(("page", "title"), list(cases()))
def test_the_commands_shown_work_in_the_order_shown_and_print_what_is_shown(
    page, title, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "experiments", "experiments")
    blocks = BLOCK.findall(sections(page)[title])
    printed = ""
    for place, (language, text) in enumerate(blocks):
        if language == "toml":
            following = next((body for kind, body in blocks[place:] if kind == "sh"), "")
            if name := FILE.search(following):
                Path(name.group()).write_text(text, "utf-8")
        elif language == "python" and "@strategy" in text:
            Path("strategy_shown.py").write_text(text, "utf-8")
            assert called("run", "busan", "--strategy", "CN=strategy_shown.py", "--until", "2026-03-20") == 0
        elif language == "python" and "@outcome" in text:
            following = next((body for kind, body in blocks[place:] if kind == "sh"), "")
            Path(FILE.search(following).group()).write_text(text, "utf-8")
        elif language[:2] == "sh":
            for line in text.splitlines():
                if line.startswith("snapback ") and "NAME" not in line:
                    assert called(*shlex.split(line)[1:]) == 0, line
            printed += plain(capsys.readouterr().out)
        elif language == "text":
            assert plain(text) in printed


@pytest.mark.parametrize("page", ["README.md", "sim/README.md", "CONTRIBUTING.md"])
def test_the_python_shown_runs(page, capsys):
    for kind, text in BLOCK.findall((ROOT / page).read_text("utf-8")):
        if kind == "python" and "\n@" not in text:  # what is registered is run from a file, above
            exec(compile(text, page, "exec"), {"__name__": "shown"})
    if page == "README.md":
        *_, rows, runs = capsys.readouterr().out.splitlines()
        by_row = [cost for _, _, cost in ast.literal_eval(re.sub(r"np.float64\(([^)]*)\)", r"\1", rows))]
        assert by_row == [
            c for run in ast.literal_eval(re.sub(r"np.float64\(([^)]*)\)", r"\1", runs)) for c in run
        ]


def test_what_the_first_pages_show_is_one_run():
    force, seed = followed_run.command()
    page = (ROOT / "sim/README.md").read_text("utf-8")
    assert followed_run.COMMAND.search(page).groups()[:1] == (force,)
    assert int(followed_run.COMMAND.search(page)["seed"] or 1) == seed
    assert f'"{force}"' in page
    assert f"rng={seed}" in page and f"seed={seed}" in page
    assert f'"{followed_run.day_before()}"' in page


def test_the_answer_of_the_first_page_is_what_its_first_sentence_says():
    """Beijing brings back bans and controls, in a package."""
    kinds = {followed_run.run().source.measures[a.measure].kind for a in followed_run.answer().acts}
    assert {"tariff", "export_ban", "export_control"} <= kinds


@pytest.mark.parametrize("document", fill_documents.DOCUMENTS)
def test_figures_and_blocks_shown_are_those_of_runs_and_declarations(document):
    text = (ROOT / document).read_text("utf-8")
    assert [*fill_documents.figures(text), *fill_documents.BLOCK.finditer(text)]
    assert text.count("<!-- block:") == len(fill_documents.BLOCK.findall(text))
    assert fill_documents.old_lines(document) == []
    assert fill_documents.differences(document) == []


def test_what_a_student_writes_after_an_hour_is_what_was_printed():
    page = (ROOT / "experiments/one_hour.md").read_text("utf-8")
    written = "".join(line for line in page.splitlines() if line.startswith(">"))
    quoted = "".join(match["text"] for match in fill_documents.BLOCK.finditer(page))
    numbers = set(re.findall(r"\d+\.\d+", written))
    assert len(numbers) >= 5
    assert numbers <= set(re.findall(r"\d+\.\d+", quoted))
    assert len(one_hour.hour().texts) == len(one_hour.COMMAND.findall(page)) == 5
    for name in one_hour.PICTURES:
        assert (ROOT / "experiments/one_hour" / Path(name).name).stat().st_size < 120_000


def test_the_arithmetic_of_the_decision_worked_by_hand_can_be_redone():
    shown = BLOCK.findall((ROOT / "sim/README.md").read_text("utf-8"))
    lines = [line for kind, block in shown if kind == "text" for line in ARITHMETIC.findall(block)]
    assert len(lines) > 15
    for line, left, right in lines:
        names = {"exp": math.exp, "ln": math.log, "max": max}
        assert float(eval(left, names)) == pytest.approx(float(right), rel=2e-3, abs=2e-3), line


def test_what_the_page_shows_of_the_scenario_is_in_it():
    lines = (ROOT / "sim/scenarios/busan.toml").read_text("utf-8")
    for kind, block in BLOCK.findall((ROOT / "sim/README.md").read_text("utf-8")):
        if kind == "toml":
            assert all(line.removesuffix(", ...]").removesuffix(" }") in lines for line in block.splitlines())


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("In 12<!--answer.measures--> measures.", "In 28<!--answer.measures--> measures."),
        (OLD_BLOCK.format("| old |"), OLD_BLOCK.format(fill_documents.BLOCKS["schedule"]())),
    ],
)
def test_what_has_grown_old_is_found_and_filled(text, right, tmp_path, monkeypatch):
    (tmp_path / "page.md").write_text(text, "utf-8")
    monkeypatch.setattr(fill_documents, "ROOT", tmp_path)
    wrong = [*fill_documents.old_lines("page.md"), *fill_documents.differences("page.md")]
    assert [d.name for d in wrong] in (["answer.measures"], ["schedule"])
    assert fill_documents.filled(text) == right


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for target in LINK.findall((ROOT / page).read_text("utf-8")):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), target


def test_every_page_is_reached_from_the_readme():
    reached, ahead = set(), ["README.md"]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        for target in LINK.findall((ROOT / page).read_text("utf-8")):
            path = ((ROOT / page).parent / target).resolve()
            name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
            if name.endswith(".md") and path.is_file() and name not in reached:
                ahead.append(name)
    assert reached == set(PAGES)


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
