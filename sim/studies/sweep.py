"""A sweep: a study of a grid over some numbers or strategies, written from a line of words."""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.errors import SnapbackError, StudyError
from sim.engines.arguments import day_from, texts_of, word_of
from sim.scenarios.messages import quoted
from sim.storage.provenance import digest_of
from sim.studies.analysis import answer_table
from sim.studies.store import results
from sim.studies.study_file import study_of
from sim.studies.study_runner import Study, run_study

if TYPE_CHECKING:
    import pandas as pd

EXAMPLE = "expected NUMBER=LOW:HIGH:COUNT or NUMBER=A,B,C such as CN.renewal_belief=0:1:11"


def sweep(
    scenario: str | Path,
    vary: Mapping[str, Any],
    outcome: str | Sequence[str],
    runs: int = 200,
    out: Path | str | None = None,
    workers: int = 1,
    **more: Any,
) -> "pd.DataFrame":
    """Play every combination of some numbers, and give the answers: a row a combination and outcome.

    Args:
        scenario: a shipped name or a path.
        vary: numbers, patterns of them or `CN.strategy`, each with its values, or as `0:1:11`.
        outcome: what is asked of a run, or several.
        runs: of each combination.
        out: folder of the study and its results, resumed if it holds a part of them; nothing is kept if not
            given.
        workers: processes.
        **more: `until`, `force`, `strategy`, `set` and `seed` of all runs.

    Raises:
        SnapbackError: anything the user can put right.
    """
    study = sweep_study(scenario, vary, texts_of(outcome), runs=runs, **more)
    with nullcontext(out) if out is not None else tempfile.TemporaryDirectory() as root:
        folder = Path(root) if out is not None else Path(root) / study.spec.name
        run_study(study, folder, workers=workers)
        return answer_table(study.spec, results(folder))


def sweep_study(scenario: str | Path, vary: Mapping[str, Any], outcomes: Sequence[str], **more: Any) -> Study:
    """The study of a sweep; `more` are further keys of a study file, as `sweep` takes them."""
    levers = [(_name(path), path, values) for path, values in vary.items()]
    named = {_name(re.sub(r"\w+=", "", text)): text for text in outcomes}
    if len(named) < len(outcomes):  # two that differ in the names of parameters alone
        named = {_name(text): text for text in outcomes}
    keys = {key: texts_of(more.pop(key, None)) for key in ("force", "strategy", "set")}
    if (until := more.pop("until", None)) is not None:
        more["until"] = str(day_from("until", until))
    question = f"How does {', '.join(outcomes)} depend on {' and '.join(vary)}?"
    lines = [
        f"title = {_toml(f'A sweep of {Path(scenario).stem}')}",
        f"question = {_toml(question)}",
        f"scenario = {_toml(str(scenario))}",
        *(f"{key} = {value if key == 'until' else _toml(value)}" for key, value in more.items()),
        *(f"{key} = {_toml(list(texts))}" for key, texts in keys.items() if texts),
        *(line for name, path, values in levers for line in (f"\n[levers.{name}]", *_lever(path, values))),
        "\n[outcomes]",
        *(f"{name} = {_toml(text)}" for name, text in named.items()),
        '\n[design]\nkind = "grid"\n',
    ]
    text = "\n".join(lines)
    name = "-".join([Path(scenario).stem, *(name for name, _, _ in levers)])[:60]
    try:
        return study_of(text, Path(f"{name}-{digest_of(text)[:8]}.toml"))
    except SnapbackError as error:  # there is no such file yet
        sentence = str(error).partition(": ")[2]
        for key, path, _ in levers:
            sentence = sentence.replace(f"levers.{key}:", f"vary {quoted(path)}:")
            sentence = sentence.replace(f"levers.{key}.", f"vary {quoted(path)}: ")
        raise type(error)(f"sweep: {sentence}") from None


def _lever(path: str, values: Any) -> list[str]:
    """The lines of a lever: numbers over a range or one by one, strategies, or words and dates."""
    government, _, last = path.rpartition(".")
    if isinstance(values, str):
        ends = values.split(":")
        if len(ends) > 1 and last != "strategy" and (len(ends) != 3 or not all(map(_number, ends))):
            raise StudyError(f"vary {quoted(path)}: {EXAMPLE}, got {quoted(values)}")
        if len(ends) == 3 and all(map(_number, ends)) and ends[2].isdecimal():
            numbers = f"low = {ends[0]}\nhigh = {ends[1]}\ncount = {ends[2]}"
            return [f"what = {_toml(path)}", f"number = {_toml(path)}", numbers]
        values = re.split(r",(?![^,:]*=)", values)  # not before a parameter such as b=2
    words = [word_of(path, value).strip() for value in values]
    if not all(words):
        raise StudyError(f"vary {quoted(path)}: {EXAMPLE}, got {quoted(','.join(words))}")
    if last == "strategy":
        which = f"government = {_toml(government)}\nstrategies = {_toml(words)}"
    elif all(map(_number, words)):
        which = f"number = {_toml(path)}\nvalues = [{', '.join(words)}]"
    else:
        options = ", ".join(f"{{ label = {_toml(w)}, set = [{_toml(f'{path}={w}')}] }}" for w in words)
        which = f"options = [{options}]"
    return [f"what = {_toml(path)}", which]


def _number(word: str) -> bool:
    """Whether TOML reads a word as a number."""
    return re.fullmatch(r"[+-]?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", word) is not None


def _name(text: str) -> str:
    """A key for a path or an outcome: its letters and digits."""
    key = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return (key if key[:1].isalpha() and len(key) > 1 else f"all_{key}")[:60]


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
