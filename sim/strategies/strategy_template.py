"""The file that a new strategy begins as."""

import keyword
from pathlib import Path

from sim.domain.errors import StrategyError
from sim.strategies.strategy_register import names

HERE = Path(__file__).parent

TEMPLATE = '''"""{title}."""

from sim.domain.view import View
from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.strategies.strategy_register import strategy


# It may remember up to 8 numbers about each partner: add memory=2 after the source, and an argument `memory`
# after the view, a list of two numbers, 0 at the start of each run, that it alone reads and writes.
@strategy(source="{name}: author and year, or where the rule comes from")
def {name}(view: View, patience: float = 0.5) -> Move:
    """Answer an escalation with a chance, extend what is about to end, else hold.

    Args:
        patience: chance of letting an escalation pass [0 to 1].
    """
    if view.their_last_move == ESCALATE and view.luck >= patience:
        return ESCALATE
    return RELAX if view.can_extend else HOLD
'''


def write_strategy(name: str, folder: Path | None) -> tuple[Path, str]:
    """Write the file of a new strategy.

    Args:
        name: a Python name in lower case that no strategy has.
        folder: where; the shipped strategies' folder in a checkout, else the current folder, if None.

    Returns:
        The file, and how the command line spells the strategy.

    Raises:
        StrategyError: the name cannot be used, or the file cannot be written.
    """
    if not name.isidentifier() or not name.isascii() or name != name.lower() or keyword.iskeyword(name):
        raise StrategyError(f"new strategy: expected a name such as cautious_reciprocity, got {name!r}")
    if name in names() or (HERE / f"{name}.py").exists():
        raise StrategyError(f"new strategy: {name} is taken already")
    checkout = (HERE.parents[1] / "pyproject.toml").is_file()
    folder = folder or (HERE if checkout else Path())
    path = folder / f"{name}.py"
    if path.exists():
        raise StrategyError(f"new strategy: {path} is there already")
    text = TEMPLATE.format(name=name, title=name.replace("_", " ").capitalize())
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StrategyError(f"new strategy: {path} cannot be written: {error.strerror}") from None
    return path, name if folder == HERE else str(path)
