"""Files to begin with, each filled from a template: they run as they are, and say what each number means."""

import keyword
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from sim.domain.constants import KINDS, STATUSES
from sim.domain.errors import SnapbackError
from sim.domain.parameters import GOVERNMENT, MEASURE, TRADE
from sim.negotiators.negotiator_register import names as negotiator_names
from sim.outcomes import names as outcome_names
from sim.payoffs.trade_data import before_balancing
from sim.reports.templates.rendering import render
from sim.scenarios.load import HERE, scenario
from sim.scenarios.messages import CODE, quoted
from sim.storage.atomic_write import write_file
from sim.strategies import names as strategy_names

PACKAGE: Final = HERE.parent
PLUGINS: Final = {
    "strategy": "strategies",
    "negotiator": "negotiators",
    "outcome": "outcomes",
}  # rooms that find their files
COMMANDS: Final = {
    "strategy": "run busan --strategy CN={}",
    "negotiator": "run busan_eve --negotiator CN={}",
    "outcome": "sweep busan --vary CN.renewal_belief=0.1,0.9 --runs 20 --outcome {}",
    "scenario": "check {}",
    "study": "study {} --check",
    "measure": "check {}",
}
REGIONS: Final = {"US": "USA", "CN": "CHN", "EU": "EU27", "JP": "JPN", "KR": "KOR", "IN": "IND"}
LENGTH: Final = 365  # days


def write_starter(
    kind: str,
    name: str,
    folder: Path | None,
    between: Sequence[str] = (),
    start: date | None = None,
    base: str = "",
) -> tuple[Path, str]:
    """Write a file to begin with.

    Of a `kind`, one of COMMANDS, under a name, with a command to try it. It goes to the `folder`; if None to
    the room of a plug-in in a checkout, else to the current folder. `between` are codes of two governments,
    the first two of `base` if not given: the scenario that a study is of and a measure is added to. Raises
    SnapbackError if the name cannot be used, or the file cannot be written.
    """
    if not name.isidentifier() or not name.isascii() or name != name.lower() or keyword.iskeyword(name):
        raise SnapbackError(f"new {kind}: expected a name such as cautious_reciprocity, got {name!r}")
    registers = {"strategy": strategy_names, "negotiator": negotiator_names, "outcome": outcome_names}
    if name in registers.get(kind, list)():
        raise SnapbackError(f"new {kind}: {name} is taken already")
    room = (
        PACKAGE / PLUGINS[kind]
        if kind in PLUGINS and (PACKAGE.parent / "pyproject.toml").is_file()
        else Path()
    )
    path = (folder or room) / f"{name}{'.py' if kind in PLUGINS else '.toml'}"
    if path.exists():
        raise SnapbackError(f"new {kind}: {path} is there already")
    values: dict[str, Any] = {"name": name, "title": name.replace("_", " ").capitalize()}
    if kind not in PLUGINS:
        source = scenario(base) if base else None
        codes = list(between) or list(source.governments if source else ())[:2]
        if len(set(codes)) != 2 or not all(re.match(CODE, code) for code in codes):
            raise SnapbackError(
                f"new {kind}: expected two governments such as JP and CN, got {quoted(codes)}"
            )
        begin = start or (source.start if source else date.today())
        values |= {"codes": codes, "base": base, "start": begin, "end": begin + timedelta(days=LENGTH)}
        values |= {"until": begin + timedelta(days=LENGTH // 2), "kinds": KINDS, "statuses": STATUSES}
        values |= {"government": GOVERNMENT, "measure_numbers": MEASURE, "trade_numbers": TRADE}
        pairs = [tuple(codes), tuple(reversed(codes))]
        values["files"] = [c for c in codes if (HERE / "governments" / f"{c.lower()}.toml").exists()]
        values["trade"] = [(*pair, *_imports(*pair)) for pair in pairs]
        values["measures"] = [(*pair, status) for pair in pairs for status in ("suspended", "available")]
    end = "txt" if kind in PLUGINS else "toml"
    write_file(path.resolve(), render(f"new_{kind}.{end}", **values))
    return path, "snapback " + COMMANDS[kind].format(name if path.parent == room != Path() else path)


def _imports(importer: str, exporter: str) -> tuple[float, str]:
    """What one buys from the other [bn USD/year], and where that comes from."""
    names, shares, gdp = before_balancing()
    if importer not in REGIONS or exporter not in REGIONS:
        return 100.0, "assumption"
    i, j = (names.index(REGIONS[code]) for code in (importer, exporter))
    return float(round(shares[j, i] * gdp[i], 1)), "sim/payoffs/regions_2023.csv"
