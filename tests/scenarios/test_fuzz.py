"""Whatever a file holds, it loads or is refused in one sentence; what loads can be played."""

import copy
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_toml import DOCUMENT, PATHS, SMALL, mutated, mutations, quoted, texts, toml, values

import sim
from sim.scenarios.forced_moves import forces_of
from sim.scenarios.initial_state import names_of

LOADED = sim.scenario(SMALL)
fuzz = settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def written(document: dict[str, Any], folder: Path) -> Path:
    """A file with the document."""
    path = folder / "fuzz.toml"
    path.write_text("\n".join(f"{quoted(k)} = {toml(v)}" for k, v in document.items()), "utf-8")
    return path


def loads(path: Path, *overrides: str) -> sim.Scenario | None:
    """The scenario, or nothing if it was refused as it should be."""
    try:
        return sim.scenario(path, overrides)
    except sim.SnapbackError as error:
        refused(error)
    return None


def refused(error: sim.SnapbackError) -> None:
    """Check that an error is one short line that a terminal can print."""
    message = str(error)
    assert len(message.splitlines()) == 1, message
    assert len(message) <= 400, message
    assert message.isprintable(), message


def test_the_writer_writes_the_valid_document(tmp_path: Path) -> None:
    assert tomllib.loads(written(DOCUMENT, tmp_path).read_text("utf-8")) == DOCUMENT
    assert sim.scenario(tmp_path / "fuzz.toml").title == "Small"


@fuzz
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode()))
def test_random_bytes_load_or_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fuzz.toml"
    path.write_bytes(content)
    loads(path)


@fuzz
@given(st.dictionaries(texts, values, max_size=5))
def test_random_documents_load_or_are_refused(tmp_path: Path, document: dict[str, Any]) -> None:
    loads(written(document, tmp_path))


@fuzz
@given(
    st.dictionaries(texts, values, max_size=1),
    st.lists(st.sampled_from(["cn_ban", "us_duty", "visit"]) | texts, max_size=2),
)
def test_random_heirs_load_or_are_refused(
    tmp_path: Path, document: dict[str, Any], without: list[str]
) -> None:
    (tmp_path / "base.toml").write_text(SMALL.read_text("utf-8"), "utf-8")
    loads(written({**document, "extends": "base.toml", "without": without}, tmp_path))


@fuzz
@given(mutations)
def test_mutants_of_a_valid_document_load_or_are_refused(tmp_path: Path, changes: list[Any]) -> None:
    document = copy.deepcopy(DOCUMENT)
    for path, how, value, other in changes:
        mutated(document, path, how, value, other)
    loads(written(document, tmp_path))


@settings(fuzz, max_examples=60)
@given(
    st.sampled_from([p for p in PATHS if p[-1] == "value"]),
    st.floats(0, 1) | st.integers(0, 200) | st.sampled_from([1e-9, 1e6]),
    st.sampled_from([p for p in PATHS if p[-1] in ("date", "until", "since")]),
    st.dates(date(2025, 11, 1), date(2027, 1, 1)),
)
def test_a_mutant_that_loads_can_be_played(
    tmp_path: Path, number: tuple[Any, ...], value: float, day: tuple[Any, ...], when: date
) -> None:
    document = copy.deepcopy(DOCUMENT)
    mutated(document, number, "replace", value, number)
    mutated(document, day, "replace", when, day)
    loaded = loads(written(document, tmp_path))
    if loaded is not None:
        model = sim.TradeModel(loaded, rng=1)
        for _ in range(8):
            model.step()


names = st.sampled_from(["US", "CN", "cn_ban", "us_duty", "gallium", "stock", "level", "until", "imports"])


@fuzz
@given(st.lists(names, min_size=2, max_size=3).map(".".join) | texts, values.map(toml) | texts)
def test_random_changes_load_or_are_refused(name: str, value: str) -> None:
    loads(SMALL, f"{name}={value}")


@fuzz
@given(
    st.text(max_size=60) | st.lists(names | texts | st.sampled_from(list(":>=@")), max_size=9).map("".join)
)
def test_random_forces_are_understood_or_refused(text: str) -> None:
    try:
        forces_of([text], LOADED, names_of(LOADED))
    except sim.ForceError as error:
        refused(error)


def test_a_document_without_one_of_its_values_loads_or_is_refused(tmp_path: Path) -> None:
    for path in PATHS[::3]:
        document = copy.deepcopy(DOCUMENT)
        mutated(document, path, "delete", None, path)
        loads(written(document, tmp_path))
