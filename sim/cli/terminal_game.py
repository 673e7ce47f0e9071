"""A game in the terminal, in which a person is a strategy that is asked once a decision."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

import typer

from sim.cli.terminal import print_table
from sim.domain.constants import ESCALATE, HOLD, MOVES, REASONS, RELAX, STATUSES, Move
from sim.domain.dates import spoken
from sim.domain.errors import StrategyError
from sim.domain.terms import HEADINGS
from sim.domain.view import View
from sim.engines.decision_reasons import reasons_of
from sim.engines.mesa_engine import Government, TradeModel
from sim.reports.run.explanation import LABELS
from sim.reports.run.story import WHY
from sim.reports.templates.rendering import render
from sim.reports.text.formats import rounded
from sim.strategies.strategy_register import Strategy

Value = TypeVar("Value")
CHANCES = {"": None} | {str(k): k / 100 for k in range(101)}


def play_game(scenario: str, code: str, strategy: list[str], seed: int) -> None:
    """Play a government to the last day or the end of input, and print its cost beside `payoff_logit`'s."""
    players = [*strategy, f"{code}=payoff_logit"]
    model = TradeModel(scenario, seed, strategy=players)
    agent = next(agent for agent in model.agents if agent.code == code)
    guesses: dict[int, tuple[float, int]] = {}  # by partner: a chance, and how often it had escalated
    errors = []  # squared, of guesses

    def person(view: View) -> Move:
        partner, legal = agent.question.partner, {"e": view.can_escalate, "r": view.can_relax}
        if partner in guesses:
            chance, before = guesses.pop(partner)
            errors.append((chance - (view.their_escalations > before)) ** 2)
        typer.echo(turn_text(model, agent, view), nl=False)
        keys = {k: m for k, m in zip("ehr", (ESCALATE, HOLD, RELAX), strict=True) if legal.get(k, True)}
        move = answer(f"Your move, {'/'.join(keys)} [h]: ", keys | {"": HOLD})
        guess = answer(
            "How likely do they escalate before you decide again, 0 to 100 % [no guess]: ", CHANCES
        )
        if guess is not None:
            guesses[partner] = guess, view.their_escalations
        return move

    agent.strategy = Strategy("person", person, "whoever plays", once=True)
    try:
        model.run()
    except StrategyError as error:
        if not isinstance(error.__cause__, EOFError):
            raise
        typer.echo(f"\n\nThe input ended on {spoken(model.day)}, and with it the game.")
        model.day -= 1  # the last that was played
    if model.day >= model.start:
        twin = TradeModel(scenario, seed, 0, date.fromordinal(model.day), (), players).run()
        heads = HEADINGS if model.source.game is None else [model.source.game.unit]
        rows = [
            [head, *(f"{rounded(m.costs[code].iloc[k])}" for m in (model, twin))]
            for k, head in enumerate(heads)
        ]
        title = f"What it cost {model.source.governments[code].capital} until {spoken(model.day)}"
        print_table(title, ["", "you", "payoff_logit, same luck"], rows)
    if errors:
        brier = sum(errors) / len(errors)
        typer.echo(f"Guesses: {len(errors)}. Brier score: {brier:.2f}; 0 is perfect, always 50 % gets 0.25.")


def answer(question: str, values: Mapping[str, Value]) -> Value:
    """The value of what is typed; the question again if it has none."""
    while (text := input(question).strip().lower()) not in values:
        typer.echo(f"  {text[:20]!r} cannot be said here.")
    return values[text]


def turn_text(model: TradeModel, agent: Government, view: View) -> str:
    """What has happened since the last decision, and what each move pays in itself, term by term."""
    me, partner = agent.place, agent.question.partner
    who, them = ([*model.source.governments.values()][k].capital for k in (me, partner))
    return render(
        "terminal_turn.txt",
        **{"model": model, "view": view._asdict(), "who": who, "them": them, "moves": MOVES},
        **{"statuses": STATUSES, "labels": LABELS},
        why=WHY[REASONS[view.reason]].format(partner=them),
        last=max((d.day for d in model.decisions if (d.government, d.partner) == (me, partner)), default=0),
        found=reasons_of(model.world, model.names, agent.question).get("moves", {}),
    )
