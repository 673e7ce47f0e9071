"""What all tests share: an option, registers as they were, and laws with the same examples every time."""

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from json_schemas import check_json

from sim.negotiators import negotiator_register as negotiators
from sim.outcomes import outcome_register as outcomes
from sim.protocols import protocol_register as protocols
from sim.record.coding import CodedMonth, months_by_score
from sim.record.events import Record, record
from sim.record.tariffs import TariffStep, tariff_steps
from sim.strategies import strategy_register as strategies

settings.register_profile("laws", max_examples=100, deadline=None, derandomize=True, database=None)
settings.load_profile("laws")


REGISTERS = [module.REGISTER for module in (strategies, outcomes, negotiators, protocols)]
# What `pytest -m quick` reads and runs: rules of the house, forms and sentences; nothing compiles the loop.
QUICK = (
    "test_architecture.py",
    "test_public.py",
    "payoffs",
    "record",
    "scenarios/test_bad",
    "scenarios/test_games.py",
    "scenarios/test_defaults.py",
    "scenarios/test_forces.py",
    "statistics",
    "strategies/test_register.py",
    "strategies/test_shipped_strategies.py",
    "outcomes/test_outcome_spelling.py",
    "studies/test_design.py",
    "studies/test_wrong_studies.py",
    "studies/test_core_count.py",
)
LONGER = (  # which take seconds each
    "test_intervals_hold_luck_that_all_points_share",
    "test_every_assumption_with_a_range_is_an_uncertainty_but_those_left_out",
    "test_the_logit_s_mean_chances_are_the_shares_seen",
    "test_only_the_same_month_table_is_told_the_partner_s_move[logit]",
    "test_chances_are_positive_and_add_to_one[logit]",
    "test_a_polynomial_of_the_nodes_degree_is_exact_between_them",
)


def is_quick(path):
    """Whether the tests of a file are quick: by where it lies, said in this one place."""
    return path.relative_to(Path(__file__).parent).as_posix().startswith(QUICK)


def pytest_ignore_collect(collection_path, config):
    """Leave the other files unread for `-m quick`: to import them takes longer than its tests."""
    unread = config.option.markexpr == "quick" and collection_path.suffix == ".py"
    return True if unread and not is_quick(collection_path) else None


def pytest_collection_modifyitems(items):
    """Mark what is quick."""
    for item in items:
        longer = item.name in LONGER or item.get_closest_marker("slow") is not None
        if is_quick(item.path) and not longer:
            item.add_marker("quick")


def pytest_addoption(parser):
    parser.addoption(
        "--renew", action="store_true", help="write the golden stories anew instead of comparing"
    )


@pytest.fixture(scope="session", autouse=True)
def printed_json_is_as_its_schema_says():
    """Hold all JSON that a command prints in a test to the schema of that command."""
    from sim.cli import terminal

    plain = terminal.print_json

    def checked(value):
        check_json(sys.argv[1], json.dumps(value))
        plain(value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "print_json", checked)
        yield


@pytest.fixture(autouse=True)
def registers_as_before():
    """Take the plug-ins that a test adds out of the registers again."""
    for register in REGISTERS:
        register.load_shipped()
    before = [dict(register) for register in REGISTERS]
    yield
    for register, entries in zip(REGISTERS, before, strict=True):
        if entries != register:
            register.clear()
            register.update(entries)
            register.files.clear()


@pytest.fixture(scope="session")
def shipped() -> Record:
    return record()


@pytest.fixture(scope="session")
def to_2025(shipped: Record) -> Record:
    """The record to the end of 2025, of which figures are published."""
    last = date(2025, 12, 31)
    events = tuple(e for e in shipped.events if e.date_announced <= last)
    return shipped._replace(events=events, through=last)


@pytest.fixture(scope="session")
def months(shipped: Record) -> list[CodedMonth]:
    return months_by_score(shipped)


@pytest.fixture(scope="session")
def steps() -> tuple[TariffStep, ...]:
    return tariff_steps()


@pytest.fixture(scope="session")
def compiled_once():
    """Let the first worker compile the loop and the others find it kept."""
    from sim.engines.compiler.compile_cache import folder
    from sim.engines.ensemble import ensemble

    place = folder() or Path(tempfile.gettempdir())
    place.mkdir(parents=True, exist_ok=True)
    with (place / "tests.lock").open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:
            pass
        ensemble("busan", runs=1, until="2025-11-12")
