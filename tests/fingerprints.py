"""Hashes of all that the house gives, so that a change of structure shows as no change at all.

    python tests/fingerprints.py            print what there is, and what differs from fingerprints.json
    python tests/fingerprints.py --quick    without texts
    python tests/fingerprints.py --renew    write fingerprints.json anew

`exact` is decisions, changes of measures and forms of files: all that is no fraction. `sums` are those of
fractions, column by column, held to 1e-9, for processors differ in their last digits. Both make the script
fail. `texts` are help, pages and stories: what differs is listed, for the
author to say that it was meant. Versions, digests of code and pictures are left out.
"""

import contextlib
import hashlib
import io
import json
import math
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
os.environ |= {"TERMINAL_WIDTH": "100", "COLUMNS": "100", "NO_COLOR": "1"}

import pandas as pd
from calling import called

import sim

ROOT = Path(__file__).parents[1]
STORED = Path(__file__).with_suffix(".json")
SCENARIOS = sorted(path.stem for path in (ROOT / "sim" / "scenarios").glob("*.toml"))
RUNS = 200
BLANK = re.compile(r"\b[0-9a-f]{12,64}\b|data:image/png;base64,[\w+/=]*|\b\d+\.\d+\.\d+(?:\.\w+)?\b")
COMMANDS = (
    *("run", "compare", "explain", "list", "check", "assumptions", "theory", "facts", "study", "report"),
    *("bench", "forecast", "coding", "fit", "replay", "score", "new", "new strategy"),
)
LEVERS = """
[levers.belief]
number = "CN.renewal_belief"
values = [0.1, 0.9]
[levers.washington]
government = "US"
strategies = ["payoff_logit", "tit_for_tat"]
"""
RANGES = """
[levers.belief]
number = "CN.renewal_belief"
low = 0.1
high = 0.9
[uncertainties.stake]
number = "deals.busan.CN.stake"
low = 4
high = 20
"""
NESTED = RANGES.replace("low = 0.1\nhigh = 0.9", "values = [0.1, 0.9]")
ROWS = '\nrows = [{belief = 0.1, washington = "payoff_logit"}, {belief = 0.9, washington = "tit_for_tat"}]'
DESIGNS = {
    "grid": (LEVERS, ""),
    "list": (LEVERS, ROWS),
    "nested": (NESTED, "\npoints = 4"),
    "latin_hypercube": (RANGES, "\npoints = 12"),
    "sobol": (RANGES, "\npoints = 4"),
}
STUDY = """
title = "Small"
question = "What do beliefs do?"
until = 2026-04-15
runs = 12
chunk = 7
[outcomes]
cost = "cost:government=US"
back = "snapback_within:government=CN,days=7"
truce = "truce_reached"
"""
PAGES = {
    "facts_history": "facts --history --runs 20 --out page.md",
    "facts": "facts --runs 20 --out page.md",
    "score": "score --runs 20 --page page.md",
    "replay": "replay --from 2024-11 --to 2025-03 --out page",
    "coding": "coding --out page.csv",
    "fit": "fit --train 2018-01:2019-12 --starts 1 --out page.toml",
    "assumptions": "assumptions ipd",
    "card": "forecast --as-of 2025-12-31 --event 2026-11-10:ends --by 2026-11-11 --draws 6 --runs 2 "
    "--out page.json",
    "spread": "run busan --runs 30 --until 2026-04-30 --force US:escalate@2026-03-02 --out page",
    "run": "run busan --until 2026-04-30 --force US:escalate@2026-03-02 --out page",
    "explain": "explain results/run 2026-03-02",
    "compare": "compare busan --runs 10 --until 2026-04-30 --set CN.renewal_belief=0.1",
    "check": "check busan",
}


def digest(*parts: Any) -> str:
    """SHA-256 of texts, bytes and plain values."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part if isinstance(part, bytes) else str(part).encode())
    return total.hexdigest()[:16]


def said(command: str) -> str:
    """What a command prints; it must end well."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = called(*command.split())
    assert code == 0, (command, code)
    return out.getvalue()


def text(value: str) -> str:
    """A digest of a text without digests, versions and pictures."""
    return digest(BLANK.sub("*", value))


def parts(table: pd.DataFrame) -> tuple[str, list[float]]:
    """A digest of what is no fraction in a table, and the sums of its columns of fractions."""
    fractions = table.select_dtypes("float")
    rest = table.drop(columns=fractions.columns)
    return digest(list(table.columns), rest.to_csv()), [float(x) for x in fractions.sum()]


def one_world(name: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Tables of a run on Mesa, and of many compiled ones, of a scenario."""
    folder = Path("worlds") / name
    said(f"run {name} --seed 3 --out {folder}")
    for path in sorted(folder.glob("*.csv")):
        yield f"mesa/{name}/{path.name}", pd.read_csv(path)
    many = sim.ensemble(name, runs=RUNS, seed=5, record=True)
    yield f"ensemble/{name}/moves", pd.DataFrame(m for run in many.records for m in run.moves)
    yield f"ensemble/{name}/changes", pd.DataFrame(c for run in many.records for c in run.changes)
    yield f"ensemble/{name}/terms", pd.DataFrame(many.terms.sum(axis=0))


def studies() -> Iterator[tuple[str, pd.DataFrame]]:
    """Tables of small studies of every design: chunks, cells and answers; their pages are texts."""
    for name, (levers, more) in DESIGNS.items():
        Path(f"{name}.toml").write_text(f'{STUDY}{levers}\n[design]\nkind = "{name}"{more}\n', "utf-8")
        said(f"study {name}.toml --out {name} --workers 1")
        for path in sorted(Path(name).rglob("*")):
            if path.suffix in {".parquet", ".csv"}:
                read = pd.read_parquet if path.suffix == ".parquet" else pd.read_csv
                yield f"study/{name}/{path.name}", read(path)


def texts() -> Iterator[tuple[str, str]]:
    """Help, pages and stories."""
    yield "help", text(said("--help"))
    for command in COMMANDS:
        yield f"help/{command}", text(said(f"{command} --help"))
    for what in ("scenarios", "strategies", "outcomes"):
        yield f"list/{what}", text(said(f"list {what}"))
    for path in sorted((ROOT / "tests" / "golden").glob("*.md")):
        yield f"golden/{path.stem}", digest(path.read_bytes())
    for name in DESIGNS:
        said(f"report {name}")
        yield f"report/{name}.html", text((Path(name) / "report.html").read_text("utf-8"))
        said(f"report {name} --markdown page-of-{name}.md")
        yield f"report/{name}.md", text(Path(f"page-of-{name}.md").read_text("utf-8"))
    for name, command in PAGES.items():
        place = Path("page-" + name)
        place.mkdir()
        with contextlib.chdir(place):
            if name == "explain":
                said(PAGES["run"].replace("--out page", "--out results/run"))
            yield f"page/{name}/printed", text(said(command))
            for path in sorted(p for p in Path().rglob("page*/*") if p.is_file()) + sorted(
                Path().glob("page.*")
            ):
                if path.suffix in {".md", ".csv", ".json", ".jsonl", ".toml"}:
                    yield f"page/{name}/{path.as_posix()}", text(path.read_text("utf-8"))


def fingerprints() -> dict[str, dict[str, Any]]:
    """Everything, in an empty folder."""
    exact: dict[str, str] = {}
    sums: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, table in chain(*map(one_world, SCENARIOS), studies()):
            exact[name], sums[name] = parts(table)
        found: dict[str, dict[str, Any]] = {"exact": exact, "sums": sums}
        return found if "--quick" in sys.argv else {**found, "texts": dict(texts())}


def same(one: Any, other: Any) -> bool:
    """Whether two entries are the same: digests to the letter, sums to 1e-9."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6) for a, b in zip(one, other, strict=True)
        )
    return bool(one == other)


def main() -> int:
    """Print what there is and what differs; 1 if decisions, changes, forms or sums do."""
    now = fingerprints()
    if "--renew" in sys.argv:
        STORED.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
    before = json.loads(STORED.read_text("utf-8"))
    wrong = 0
    for kind, entries in now.items():
        names = sorted(entries.keys() | before[kind].keys())
        changed = [name for name in names if not same(entries.get(name), before[kind].get(name))]
        print(f"{kind}: {len(entries)} entries, digest {digest(json.dumps(entries))}, {len(changed)} changed")
        for name in changed:
            print(f"  {name}: {before[kind].get(name)} -> {entries.get(name)}")
        wrong += len(changed) if kind != "texts" else 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
