"""What is public is listed, documented and exactly this."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import sim

PUBLIC = {
    "Comparison",
    "ESCALATE",
    "Ensemble",
    "Forecast",
    "HOLD",
    "OneAtATime",
    "RELAX",
    "EngineError",
    "ForceError",
    "Government",
    "Memory",
    "Move",
    "ResultsError",
    "Scenario",
    "ScenarioError",
    "SnapbackError",
    "StrategyError",
    "Study",
    "StudyError",
    "TradeModel",
    "View",
    "__version__",
    "assumptions",
    "compare",
    "drawing_style",
    "ensemble",
    "forecast",
    "report",
    "scenario",
    "scenario_names",
    "strategy",
    "strategy_names",
    "study",
    "sweep",
    "table",
}


def test_the_public_names_are_exactly_these():
    assert set(sim.__all__) == PUBLIC
    assert all(hasattr(sim, name) for name in PUBLIC)


def test_every_public_class_and_function_is_documented():
    for name in PUBLIC:
        thing = getattr(sim, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert inspect.getdoc(thing), name


def test_every_error_is_one_tree():
    errors = [getattr(sim, name) for name in PUBLIC if name.endswith("Error")]
    assert all(issubclass(error, sim.SnapbackError) for error in errors)


def test_listing_and_checking_do_not_import_mesa_or_pandas():
    program = "import sys, sim; sim.scenario('busan'); print([m for m in HEAVY if m in sys.modules])"
    program = program.replace("HEAVY", "('mesa', 'pandas', 'numba')")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_imports_no_library():
    program = "import sys, sim; print([m for m in ('numpy', 'pydantic', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_mesa_engine_imports_mesa():
    package = Path(sim.__file__).parent
    imports = re.compile(r"^\s*(import|from) mesa\b", re.MULTILINE)
    importing = [path.name for path in package.rglob("*.py") if imports.search(path.read_text("utf-8"))]
    assert importing == ["mesa_engine.py"]
