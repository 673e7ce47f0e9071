"""From a shipped name or a path to a checked scenario."""

import hashlib
import json
import pickle
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sim.domain.errors import ScenarioError, SnapbackError
from sim.scenarios import schema
from sim.scenarios.assumptions import STAR, expanded
from sim.scenarios.consistency import cross_check
from sim.scenarios.event_kinds import EVENTS
from sim.scenarios.games import complete_game
from sim.scenarios.messages import KEY, did_you_mean, entry_name, faults_of, quoted, shortened
from sim.scenarios.numbers import Entry, Number
from sim.scenarios.overrides import apply_overrides

HERE = Path(__file__).parent
LARGEST = 2_000_000  # bytes; a scenario of a thousand measures has less
DEEPEST = 20  # tables in tables; a scenario has five
MODELS: dict[str, type[Entry]] = {
    "governments": schema.GovernmentEntry,
    "economy": schema.EconomyEntry,
    "trade": schema.TradeEntry,
    "talks": schema.TalksEntry,
    "game": schema.GameEntry,
    "measures": schema.MeasureEntry,
    "deals": schema.DealEntry,
    "agreements": schema.AgreementEntry,
    "answers": schema.AnswersEntry,
    "minerals": schema.Mineral,
    "numbers": Number,
    "change": Number,
    **EVENTS,
}
DERIVED = {"name", "digest"}  # from the file, not in it
UNLISTED: Final = ("bases/record_morning",)  # shipped for files that commands make
FIELDS = {table: set(model.model_fields) for table, model in MODELS.items()}
FIELDS[""] = set(schema.Scenario.model_fields) - DERIVED | {"extends", "without"}
Document = dict[str, Any]


def scenario_names() -> list[str]:
    """The names of the shipped scenarios, sorted."""
    return sorted(path.stem for path in HERE.glob("*.toml"))


def scenario(name: str | Path, overrides: Sequence[str] = ()) -> schema.Scenario:
    """A scenario by its name, as `snapback list scenarios` shows it, or by the path of a TOML file.

    Overrides set numbers, such as `US.renewal_belief=0.5` or `cn_port_fees.until=2026-06-01`;
    `suspended.*.until=2026-06-01` sets all that the pattern matches. Raises ScenarioError if the file or an
    override cannot be used; the message says what and where.
    """
    path = locate(str(name), Path())
    if any(STAR in text.partition("=")[0] for text in overrides):
        try:
            overrides = expanded(overrides, scenario(path))
        except ValueError as error:
            raise ScenarioError(f"set: {error}") from None
    document: Document = complete_game(
        apply_overrides(_with_governments(read(path, ()), path), overrides, path.name)
    )
    if isinstance(document.get("talks"), dict) and document["talks"].get("enabled") is False:
        del document["talks"]
    for key in sorted(DERIVED & set(document)):
        raise ScenarioError(f"{path.name}: {key}: expected nothing, for it is given by the file")
    canonical = json.dumps(document, sort_keys=True, default=str, allow_nan=True)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    try:
        loaded = schema.Scenario.model_validate({**document, "name": path.stem, "digest": digest})
        faults = list(dict.fromkeys(cross_check(loaded)))
    except ValidationError as error:
        faults = faults_of(error, document, FIELDS, EVENTS)
    if faults:
        more = f" (and {len(faults) - 1} more: snapback check tells all)" if len(faults) > 1 else ""
        problem = ScenarioError(f"{path.name}: {faults[0]}{more}")
        problem.faults = faults
        raise problem
    return loaded


def locate(name: str, folder: Path, where: str = "") -> Path:
    """The file of a shipped name or a path, relative ones from a folder; `where` begins a message."""
    if name in (*scenario_names(), *UNLISTED):
        return HERE / f"{name}.toml"
    path = folder / name
    try:
        if path.is_file():
            return path.resolve()
        if path.is_dir():
            raise ScenarioError(
                f"{where}{quoted(path.name or '.')}: expected a scenario file, got a directory"
            )
    except (OSError, ValueError):
        pass
    raise ScenarioError(
        f"{where}there is no scenario {quoted(name)}: expected a path or a shipped name; "
        f"{did_you_mean(name, scenario_names())}"
    )


def read_text(path: Path, largest: int, error_class: type[SnapbackError], no_file: str = "") -> str:
    """The text of a user's file in UTF-8, of so many bytes at most.

    What is raised is of a class of errors; `no_file` begins the sentence that says that it cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > largest:
            raise error_class(f"{path.name}: expected at most {largest} bytes, got {size}")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise error_class(f"{path.name}: expected UTF-8 text, got byte {error.start} that is not") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise error_class(f"{no_file or f'{path.name}: cannot be read'}: {reason}") from None


def toml_of(text: str, name: str, error_class: type[SnapbackError]) -> Document:
    """The text of a file in TOML as a dictionary; raises an error of a class if it is none."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else shortened(str(error), 200)
        raise error_class(f"{name}: expected TOML: {problem}") from None


def parse(path: Path) -> Document:
    """A TOML file as a dictionary."""
    text = read_text(path, LARGEST, ScenarioError)
    if not text.strip():
        raise ScenarioError(f"{path.name}: expected a scenario in TOML, got an empty file")
    document: Document = pickle.loads(_read(text, path.name))
    return document


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> bytes:
    """A TOML text, read once and pickled, so that all who ask have a dictionary of their own."""
    document = toml_of(text, name, ScenarioError)
    _check_depth_and_size(document, name)
    return pickle.dumps(document)


def _check_depth_and_size(document: Document, name: str) -> None:
    stack: list[tuple[Any, int]] = [(document, 1)]
    while stack:
        value, depth = stack.pop()
        if depth > DEEPEST:
            raise ScenarioError(f"{name}: expected at most {DEEPEST} tables in each other, got more")
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            raise ScenarioError(f"{name}: expected whole numbers of 64 bits, got a longer one")
        if isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            stack += [(x, depth + 1) for x in inner]


def read(path: Path, extending: tuple[Path, ...]) -> Document:
    """A scenario file with everything it extends merged in."""
    if path in extending:
        chain = " extends ".join(p.name for p in (*extending[extending.index(path) :], path))
        raise ScenarioError(f"{path.name}: extends: expected no circle, got {chain}")
    document = parse(path)
    if "extends" not in document:
        if "without" in document:
            raise ScenarioError(f"{path.name}: without: expected extends beside it, got nothing")
        return document
    base_name = document.pop("extends")
    if not isinstance(base_name, str):
        raise ScenarioError(
            f"{path.name}: extends: expected the name or path of a scenario, got {quoted(base_name)}"
        )
    without = document.pop("without", [])
    if not isinstance(without, list) or not all(isinstance(x, str) for x in without):
        raise ScenarioError(f"{path.name}: without: expected a list of ids, got {quoted(without)}")
    base = read(locate(base_name, path.parent, f"{path.name}: extends: "), (*extending, path))
    for name in without:
        base = _drop(base, name, path)
    full: Document = merge(base, document)
    return full


def files_of(name: str | Path) -> list[Path]:
    """The files that a scenario is made of, but those that are shipped."""
    path = locate(str(name), Path())
    paths, base = [path], parse(path).get("extends")
    while isinstance(base, str):
        paths.append(locate(base, paths[-1].parent))
        base = parse(paths[-1]).get("extends")
    tables = read(path, ()).get("governments", {})
    files = [table.get("file") for table in tables.values() if isinstance(table, dict)]
    paths += [_government_path(file, path, "") for file in files if isinstance(file, str)]
    return [file.resolve() for file in paths if not file.resolve().is_relative_to(HERE)]


def _drop(document: Document, name: str, path: Path) -> Document:
    lists = {k: document[k] for k in ("measures", "deals", "events") if isinstance(document.get(k), list)}
    names = {entry_name(entry) for entries in lists.values() for entry in entries} - {""}
    if name not in names:
        raise ScenarioError(
            f"{path.name}: without: there is no measure, deal or event {quoted(name)} to leave out; "
            f"{did_you_mean(name, names)}"
        )
    remaining = {k: [e for e in entries if entry_name(e) != name] for k, entries in lists.items()}
    for deal in remaining.get("deals", []):  # a measure that is left out is no clause either
        if isinstance(deal, dict) and isinstance(deal.get("members"), list):
            deal["members"] = [member for member in deal["members"] if member != name]
    return {**document, **remaining}


def merge(base: Any, over: Any) -> Any:
    """`over` laid over `base`: tables by key, lists of tables by what names an entry.

    A number is replaced whole, so that a new value never keeps an old source; a measure with a new status
    keeps no old `until`.
    """
    if isinstance(base, dict) and isinstance(over, dict) and "value" not in over:
        if "status" in over:
            base = {k: base[k] for k in base if k != "until"}
        keys = list(base) + [k for k in over if k not in base]
        return {
            k: merge(base[k], over[k]) if k in base and k in over else over.get(k, base.get(k)) for k in keys
        }
    if isinstance(base, list) and isinstance(over, list):
        names = [entry_name(e) for e in base]
        if all(names) and all(entry_name(e) for e in over):
            result = list(base)
            for entry in over:
                if entry_name(entry) in names:
                    position = names.index(entry_name(entry))
                    result[position] = merge(result[position], entry)
                else:
                    result.append(entry)
            return result
    return over


def _with_governments(document: Document, path: Path) -> Document:
    """The document with every government's own file merged under its table."""
    tables = document.get("governments")
    if not isinstance(tables, dict):
        return document
    for code, table in tables.items():
        if isinstance(table, dict) and isinstance(table.get("file"), str):
            tables[code] = merge(parse(_government_path(table["file"], path, code)), table)
    return document


def _government_path(name: str, path: Path, code: str) -> Path:
    shipped = HERE / "governments"
    folders = (path.parent, path.parent / "governments", shipped)
    for folder in folders if re.match(KEY, name) else ():
        if (folder / f"{name}.toml").is_file():
            return folder / f"{name}.toml"
    names = [p.stem for p in shipped.glob("*.toml")]
    raise ScenarioError(
        f"{path.name}: governments.{code}.file: there is no government file {quoted(name)}; "
        f"{did_you_mean(name, names)}"
    )
