"""Tables of the documents, made from what the code declares: nouns, numbers, terms, the view, the day.

What a record's field means is the comment behind it, with its unit in brackets.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

import sim
from sim.domain import constants
from sim.domain.parameters import DEAL, ECONOMY, GOVERNMENT, MEASURE, MINERAL, SIDE, TRADE, Declaration
from sim.domain.state import ActRow, EventState, GovernmentState, MeasureState, PairState, StockState
from sim.domain.terms import TERMS, UNITS
from sim.domain.view import View
from sim.rules import day, move_values
from sim.rules.act_table import ActTable
from sim.rules.outlook import Outlook
from sim.scenarios.event_kinds import EVENTS
from sim.scenarios.numbers import COLUMNS, Number, numbers_table
from sim.scenarios.schema import MeasureEntry

UNIT = re.compile(r"\s*\[(?P<unit>[^\])]+)[\])]")
STEP = re.compile(r" *(?:\w+ +)?(?P<number>\d+)\. (?P<name>\w+) +(?P<text>.+)")
Row = Sequence[str]


def acts_of(move: int) -> list[str]:
    """The acts that carry a move."""
    places = range(constants.NO_ACT + 1, len(constants.ACTS))
    return [constants.ACTS[k] for k in places if constants.MOVE_OF_ACT[k] == move]


WORDS: Mapping[str, Sequence[str]] = {
    "a move is": constants.MOVES,
    "an act that escalates": acts_of(constants.ESCALATE),
    "an act that relaxes": acts_of(constants.RELAX),
    "a measure's kind": constants.KINDS,
    "its status": constants.STATUSES,
    "why a decision is due": constants.REASONS,
    "why a measure changed": constants.CAUSES,
    "an outside event's kind": list(EVENTS),
}


class Variable(NamedTuple):
    """A field of a record: its name, unit and meaning, and what it is before anything happens."""

    name: str
    unit: str
    meaning: str
    start: str


def variables(record: type) -> Iterator[Variable]:
    """The fields of a record that say what they mean, but those that only keep what was worked out."""
    source = inspect.getsource(record)
    lines = source.splitlines()
    told = False  # a field without a comment goes on with what the one before it says
    for node in ast.parse(source).body[0].body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        comment = lines[(node.end_lineno or node.lineno) - 1].partition("  # ")[2]
        told = told or bool(comment)
        if told and not node.target.id.startswith("cached_"):
            unit, meaning = parted(comment or "likewise")
            start = ast.unparse(node.value).lower() if node.value else ""
            yield Variable(node.target.id, unit, meaning, start)


def parted(text: str) -> tuple[str, str]:
    """The unit in the first brackets of a text, and the rest of it."""
    unit = UNIT.search(text)
    return unit["unit"] if unit else "", " ".join(UNIT.sub("", text, count=1).split())


def table(columns: Row, rows: Iterable[Row], numeric: int = 0) -> str:
    """A table in Markdown, its last columns of numbers set to the right."""
    marks = ["---"] * (len(columns) - numeric) + ["---:"] * numeric
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, marks, *rows))


def state_table(record: type) -> str:
    """The state variables of a record, and what they are on the first morning."""
    starts = {"no_act": "none", "": "given"}
    rows = [
        (f"`{v.name}`", v.unit, v.meaning, starts.get(v.start, v.start.removesuffix(".0")))
        for v in variables(record)
    ]
    return table(("variable", "unit", "meaning", "if a file says nothing"), rows)


def field_table(record: type) -> str:
    """The fields of a record."""
    return table(
        ("field", "unit", "meaning"), [(f"`{v.name}`", v.unit, v.meaning) for v in variables(record)]
    )


def numbers() -> str:
    """All numbers that a scenario file may give."""
    return table(COLUMNS, numbers_table())


def schedule() -> str:
    """The steps of a day."""
    return table(("step", "name", "what happens"), steps(day.__doc__))


def decision_steps() -> str:
    """The steps of a decision."""
    return table(("step", "name", "what happens"), steps(move_values.__doc__))


def steps(text: str | None) -> list[Row]:
    """The steps of a numbered list in a docstring: number, name and what happens."""
    found: list[list[str]] = []
    for line in (text or "").splitlines():
        if step := STEP.fullmatch(line):
            found.append([step["number"], step["name"], step["text"]])
        elif found and line.startswith(" " * 12):
            found[-1][2] += f" {line.strip()}"
    return found


def terms() -> str:
    """The payoff terms."""
    rows = [(f"`{term.name}`", term.account, UNITS[term.account], term.label) for term in TERMS]
    return table(("term", "account", "unit", "what it is"), rows)


def words() -> str:
    """The words of the model: moves, acts, kinds, reasons."""
    rows = [(name, ", ".join(word.replace("_", " ") for word in listed)) for name, listed in WORDS.items()]
    return table(("what", "one of"), rows)


def value(number: Number | None) -> str:
    """A number with its range; a star if nobody has measured it."""
    if number is None:
        return ""
    ends = f" ({number.low:g} to {number.high:g})" if None not in (number.low, number.high) else ""
    return f"{number.value:g}{ends}{'*' if number.assumed else ''}"


def values(declared: Mapping[str, Declaration], columns: Mapping[str, Mapping[str, Number]]) -> str:
    """The numbers of a record as `busan` has them, a column for each that has them."""
    rows = [
        (f"`{name}`", p.unit, p.meaning, *(value(given.get(name)) for given in columns.values()))
        for name, p in declared.items()
        if any(name in given for given in columns.values())
    ]
    return table(("number", "unit", "meaning", *columns), rows, len(columns))


def government_values() -> str:
    """The numbers of both governments in `busan`."""
    governments = sim.scenario("busan").governments.values()
    return values(GOVERNMENT, {g.capital: g.numbers for g in governments})


def mineral_values() -> str:
    """Washington's minerals in `busan`."""
    minerals = sim.scenario("busan").governments["US"].minerals
    return values(MINERAL, {name.replace("_", " "): m.numbers for name, m in minerals.items()})


def trade_values() -> str:
    """Trade and the economy in `busan`."""
    s = sim.scenario("busan")
    columns = {f"{t.importer} from {t.exporter}": t.numbers for t in s.trade}
    return values({**TRADE, **ECONOMY}, {**columns, "both": s.economy.numbers})


def deal_values() -> str:
    """The deal of `busan`."""
    (deal,) = sim.scenario("busan").deals
    sides = {sim.scenario("busan").governments[k].capital: {"stake": n} for k, n in deal.stakes.items()}
    return values({**DEAL, **SIDE}, {"both": deal.numbers, **sides})


def answer_values() -> str:
    """How both governments expect to be answered in `busan`."""
    rows = [
        (g.capital, key.replace("_", " "), f"{a.escalate:g}", f"{a.hold:g}", f"{a.relax:g}", f"{a.weight:g}")
        for g in sim.scenario("busan").governments.values()
        for key, a in g.answers.items()
    ]
    return table(("government", "its partner, ...", "escalates", "holds", "relaxes", "weight"), rows, 4)


def measure_values() -> str:
    """The measures of `busan` on its first morning."""
    s = sim.scenario("busan")
    clauses = {name for deal in s.deals for name in deal.members}
    columns = ("measure", "kind", "status", "clause", *MEASURE)
    return table(columns, [measure_row(m, m.id in clauses) for m in s.measures], len(MEASURE))


def measure_row(m: MeasureEntry, clause: bool) -> Row:
    """A measure as its scenario finds it."""
    status = m.status.replace("_", " ") + (f" until {m.until}" if m.until else "")
    given = (f"{m.numbers[key].value:g}" if key in m.numbers else "" for key in MEASURE)
    return (f"`{m.id}`", m.kind.replace("_", " "), status, "yes" if clause else "", *given)


def signature(thing: object) -> str:
    """The parameters of a function or a class with their defaults, without types."""
    parameters = [p.replace(annotation=p.empty) for p in inspect.signature(thing).parameters.values()]
    return str(inspect.Signature(parameters)).replace("(self)", "()").replace("(self, ", "(")


def first_sentence(thing: object) -> str:
    """What something is, in the first line of its docstring."""
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def public_names() -> str:
    """Every public name with its signature and what it is; of classes what they offer too."""
    lines = []
    for name in sorted({*sim.__all__} - {"__version__"}, key=lambda word: (word.lower(), word)):
        thing = getattr(sim, name)
        if isinstance(thing, int):
            lines.append(f"- `sim.{name}`: the move {constants.MOVES[thing]}, {thing}.")
        elif not callable(thing) or getattr(thing, "__module__", "")[:4] != "sim.":
            lines.append(f"- `sim.{name}`: a type, `{getattr(thing, '__name__', thing)}`.")
        elif inspect.isclass(thing) and issubclass(thing, Exception | tuple):
            lines.append(f"- `sim.{name}`: {first_sentence(thing)}")
        else:
            lines.append(f"- `sim.{name}{signature(thing)}`: {first_sentence(thing)}")
            lines += members(thing) if inspect.isclass(thing) else ()
    return "\n".join(lines)


def members(kind: type) -> Iterator[str]:
    """What a class offers: its own methods and properties."""
    for name, member in vars(kind).items():
        if name[0] == "_" or not getattr(inspect.unwrap(member), "__doc__", None):
            continue
        if inspect.isfunction(member):
            yield f"  - `.{name}{signature(member)}`: {first_sentence(member)}"
        elif isinstance(member, property | cached_property):
            yield f"  - `.{name}`: {first_sentence(member)}"


TABLES: Mapping[str, Callable[[], str]] = {
    "public names": public_names,
    "numbers": numbers,
    "measure state": partial(state_table, MeasureState),
    "government state": partial(state_table, GovernmentState),
    "pair state": partial(state_table, PairState),
    "stock state": partial(state_table, StockState),
    "event state": partial(field_table, EventState),
    "schedule": schedule,
    "decision steps": decision_steps,
    "outlook": partial(field_table, Outlook),
    "act rows": partial(field_table, ActRow),
    "act sums": partial(field_table, ActTable),
    "terms": terms,
    "words": words,
    "view": partial(field_table, View),
    "government values": government_values,
    "mineral values": mineral_values,
    "trade values": trade_values,
    "deal values": deal_values,
    "answer values": answer_values,
    "measure values": measure_values,
}
