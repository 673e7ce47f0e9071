"""How an outcome is asked for: `cost:of=politics,government=CN`, with names and dates turned into numbers."""

from dataclasses import replace
from datetime import date

from sim.domain.errors import OutcomeError
from sim.domain.terms import ACCOUNTS, POLITICS, UNITS
from sim.outcomes.outcome_register import ANY, Outcome, find
from sim.scenarios.messages import day_of, did_you_mean, place_of, quoted
from sim.scenarios.schema import Scenario
from sim.scenarios.welfare_tables import bystanders_of
from sim.strategies.plugin_register import split

HOLDING = "What a game pays less than everybody's holding in every round."


def parse(text: str, s: Scenario, end: int) -> Outcome:
    """The outcome of a spelling such as `snapback_within:government=CN,days=7`, in runs up to a day.

    The text is a name or the path of a Python file, then the parameters that differ from their defaults.
    Raises OutcomeError if the outcome, a parameter or what one names in the scenario is unknown.
    """
    name, rest = split(text.strip())
    entry = find(name.strip())
    values = dict(entry.parameters)
    keys: set[str] = set()
    for part in filter(None, (p.strip() for p in rest.split(","))):
        key, sign, word = (x.strip() for x in part.partition("="))
        if key not in values:
            raise OutcomeError(
                f"outcome {entry.name}: there is no parameter {quoted(key)}; {did_you_mean(key, values)}"
            )
        if not sign or key in keys:
            problem = f"one value for {key}" if key in keys else f"{key}=VALUE"
            raise OutcomeError(f"outcome {entry.name}: expected {problem}, got {quoted(part)}")
        keys.add(key)
        values[key] = _number(f"outcome {entry.name}: {key}", entry.kinds[key], word, s, end)
    named = [k for k, kind in entry.kinds.items() if kind == "government" and values[k] != ANY]
    places = [values[k] for k in named]
    if len(set(places)) < len(places):
        raise OutcomeError(
            f"outcome {entry.name}: expected two governments, got one as {' and '.join(named)}"
        )
    parsed = replace(entry, parameters=values, spelling=text.strip())
    accounts = [ACCOUNTS[int(values[k])] for k, kind in entry.kinds.items() if kind == "account"]
    if s.game is not None and (accounts or entry.unit == "points"):
        if accounts == [POLITICS]:
            raise OutcomeError(f"outcome {entry.name}: of: expected nothing in a game, which has one payoff")
        return replace(parsed, account=HOLDING if accounts else "", unit=s.game.unit)
    return replace(parsed, account=accounts[0], unit=UNITS[accounts[0]]) if accounts else parsed


def _number(where: str, kind: str, word: str, s: Scenario, end: int) -> float:
    if kind == "account":
        return place_of(where, kind, word, ACCOUNTS, OutcomeError)
    if kind == "government":
        return place_of(where, kind, word, list(s.governments), OutcomeError)
    if kind == "measure":
        return place_of(where, kind, word, [m.id for m in s.measures], OutcomeError)
    if kind == "region":
        if not (names := bystanders_of(s)):
            raise OutcomeError(
                f"{where}: expected a world whose economy is armington, for others have no bystanders"
            )
        return place_of(where, kind, word, names, OutcomeError)
    if kind == "day":
        return day_of(where, word, s.start, date.fromordinal(end), OutcomeError)
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf"):
        raise OutcomeError(f"{where}: expected a number, got {quoted(word)}")
    if kind == "whole" and (value % 1 != 0 or value < 0):
        raise OutcomeError(f"{where}: expected a whole number from 0, got {quoted(word)}")
    return int(value) if kind == "whole" else value
