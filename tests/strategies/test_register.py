"""How a strategy is found: by name, by file, with parameters; and what is said if it is not."""

from pathlib import Path

import pytest
from views import seen

import sim
from sim.strategies import find, parse

CAUTIOUS = '''
from sim import ESCALATE, HOLD, Move, View, strategy


@strategy(source="a test")
def {name}(view: View, patience: float = 0.5) -> Move:
    """Answer an escalation with a chance."""
    return {move}
'''
TOO_LONG = "strategy mine: expected memory of 0 to 8 numbers, as the argument memory after its view, got "
RIGHT = "ESCALATE if view.provoked and view.luck >= patience else HOLD"

SPELLINGS = {
    "tit_for_tta": "there is no strategy 'tit_for_tta'; did you mean tit_for_tat?",
    "zzz": "there is no strategy 'zzz'; expected one of always_escalate, always_relax, contrite",
    "": "there is no strategy ''; expected one of always_escalate",
    "nowhere.py": "there is no strategy file 'nowhere.py'",
    "grim:memory=3": "strategy grim: there is no parameter 'memory'; it has: none",
    "tit_for_tat:generous=3": "strategy tit_for_tat: there is no parameter 'generous'; it has: generosity",
    "tit_for_tat:generosity": "strategy tit_for_tat: generosity expected a number, got ''",
    "tit_for_tat:generosity=half": "strategy tit_for_tat: generosity expected a number, got 'half'",
    "tit_for_tat:generosity=nan": "strategy tit_for_tat: generosity expected a number, got 'nan'",
    "tit_for_tat:generosity=-inf": "strategy tit_for_tat: generosity expected a number, got '-inf'",
}

FILES = {
    "no strategy": ("x = 1", "expected one function under @strategy, got 0"),
    "two strategies": (
        CAUTIOUS.format(name="one", move=RIGHT) + CAUTIOUS.format(name="two", move=RIGHT),
        "expected one function under @strategy, got 2",
    ),
    "not Python": ("def :", "cannot be run as Python: "),
    "an error": ("1 / 0", "cannot be run as Python: ZeroDivisionError: division by zero"),
    "a name that is taken": (CAUTIOUS.format(name="grim", move=RIGHT), "strategy grim: the name is taken"),
    **{
        f"a memory of {memory}": (
            CAUTIOUS.format(name="mine", move=RIGHT)
            .replace('a test"', f'a test", memory={memory}')
            .replace("view: View", "view: View, memory: list[float]"),
            f"{TOO_LONG}{memory}",
        )
        for memory in ("9", "-1", "2.0", "True")
    },
    "a memory that it does not take": (
        CAUTIOUS.format(name="mine", move=RIGHT).replace('a test"', 'a test", memory=2'),
        f"{TOO_LONG}2",
    ),
    "a parameter without a number": (
        CAUTIOUS.format(name="mine", move=RIGHT).replace(" = 0.5", ""),
        "strategy mine: parameter patience needs a number as its default",
    ),
}


def file_of(folder: Path, move: str = RIGHT, name: str = "cautious") -> Path:
    """A strategy file whose rule gives a move."""
    path = folder / "mine.py"
    path.write_text(CAUTIOUS.format(name=name, move=move), "utf-8")
    return path


def sentence(spelling: str) -> str:
    """The one sentence with which a spelling is refused."""
    with pytest.raises(sim.StrategyError) as caught:
        parse(spelling)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_spelling_that_means_nothing_is_told_what_was_expected(spelling: str) -> None:
    assert sentence(spelling).startswith(SPELLINGS[spelling])


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_strategy_is_told_why(file: str, tmp_path: Path) -> None:
    content, words = FILES[file]
    path = tmp_path / "mine.py"
    path.write_text(content, "utf-8")
    assert words in sentence(str(path))


def test_a_strategy_file_is_found_by_its_path(tmp_path: Path) -> None:
    found = find(str(file_of(tmp_path)))
    assert found.name == "cautious"
    assert found.parameters == {"patience": 0.5}
    assert "cautious" in sim.strategy_names()


def test_a_strategy_file_takes_parameters(tmp_path: Path) -> None:
    found = parse(f"{file_of(tmp_path)}:patience=0.9")
    assert found(seen(provoked=True, luck=0.8)) == sim.HOLD
    assert found(seen(provoked=True, luck=0.9)) == sim.ESCALATE


def test_a_strategy_file_plays_in_a_world(tmp_path: Path) -> None:
    path = file_of(tmp_path, "ESCALATE")
    model = sim.TradeModel("busan", rng=1, until="2025-12-31", strategy=f"CN={path}").run()
    said = {d.requested for d in model.decisions if d.government == 1}
    assert said == {sim.ESCALATE}


@pytest.mark.parametrize("nothing", ["None", "3", "-1", "1.0", "True", "'hold'", "view"])
def test_a_strategy_that_says_no_move_is_an_error(nothing: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, nothing)
    with pytest.raises(sim.StrategyError, match="cautious: expected ESCALATE, HOLD or RELAX, got "):
        sim.TradeModel("busan", rng=1, strategy=f"US={path}").run()


REMEMBERS = '''
from sim import HOLD, strategy


@strategy(source="a test", memory=2)
def {name}(view, memory):
    """Write down what it should not."""
    {body}
    return HOLD
'''


@pytest.mark.parametrize("body", ["memory[2] = 1", "memory[0] = 'x'", "memory.pop()"])
def test_a_strategy_that_writes_more_than_its_numbers_is_an_error(body: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(REMEMBERS.format(name="scribbler", body=body), "utf-8")
    with pytest.raises(sim.StrategyError, match="scribbler: its rule failed with"):
        sim.TradeModel("ipd", rng=1, strategy=f"ROW={path}").run()


def test_a_strategy_stays_the_plain_function_it_is() -> None:
    @sim.strategy(source="a test")
    def plain(view: sim.View, doubt: float = 0.25) -> sim.Move:
        """Relax if in doubt."""
        return sim.RELAX if view.luck < doubt else sim.HOLD

    assert plain(seen(luck=0.1)) == sim.RELAX
    assert find("plain").sentence == "Relax if in doubt."
    assert find("plain").spelling == "plain:doubt=0.25"


def cell(number: int, move: str) -> None:
    """Run a cell of a notebook, which IPython names after its place and its text."""
    text = CAUTIOUS.format(name="noted", move=move)
    exec(compile(text, f"<ipython-input-{number}>", "exec"), {"__name__": "__main__"})


def test_a_cell_that_is_run_again_replaces_its_strategy():
    for number, move in enumerate(("ESCALATE", "HOLD")):
        cell(number, move)
        assert sim.TradeModel("ipd", rng=1, strategy="ROW=noted").strategies["ROW"].rule is find("noted").rule
        assert find("noted").rule.__code__.co_filename == f"<ipython-input-{number}>"


def test_a_cell_does_not_replace_a_shipped_strategy_nor_a_file_another():
    with pytest.raises(sim.StrategyError, match=r"grim: the name is taken already, in .*grim.py"):
        exec(CAUTIOUS.format(name="grim", move=RIGHT), {"__name__": "__main__"})


def test_a_module_that_is_loaded_again_replaces_its_strategy():
    for number in range(2):
        text = CAUTIOUS.format(name="loaded", move=RIGHT)
        exec(compile(text, f"lib{number}/mine.py", "exec"), {"__name__": "my_strategies"})
    assert find("loaded").rule.__code__.co_filename == "lib1/mine.py"


def test_two_files_may_not_add_one_name(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    assert find(str(file_of(tmp_path / "a"))).name == "cautious"
    with pytest.raises(sim.StrategyError, match=r"cautious: the name is taken already, in .*a.mine.py"):
        find(str(file_of(tmp_path / "b")))


def test_an_outcome_in_a_cell_replaces_itself_too():
    from sim.outcomes import find as find_outcome

    text = (
        "from sim.outcomes import outcome\n@outcome(unit='days', example='noted')\n"
        "def noted(run):\n    return {}\n"
    )
    for value in (1.0, 2.0):
        exec(compile(text.format(value), f"<python-input-{value}>", "exec"), {"__name__": "__main__"})
        assert find_outcome("noted").rule(None) == value
    assert len(find_outcome("noted").digest) == 64  # though there is no file to be read


def test_a_file_that_has_changed_is_read_again_at_once(tmp_path):
    for name, move in (("cautious", "ESCALATE"), ("cautious", "HOLD    "), ("another", "HOLD")):
        entry = find(str(file_of(tmp_path, move, name)))  # within a second, and of the same length
        assert entry.name == name
        assert entry.rule(seen()) == getattr(sim, move.strip())
    assert not (tmp_path / "__pycache__").exists()
    with pytest.raises(sim.StrategyError, match="there is no strategy 'cautious'"):
        find("cautious")
