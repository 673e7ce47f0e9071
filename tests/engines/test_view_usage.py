"""What a strategy looks at is known, or taken to be everything."""

import pytest

import sim
from sim.engines.compiler.view_usage import EVERYTHING, VALUES, names_used
from sim.strategies import find


@pytest.mark.parametrize("name", sim.strategy_names())
def test_what_a_strategy_is_not_said_to_look_at_it_never_reads(name: str) -> None:
    read: set[str] = set()

    class Watched:
        def __init__(self, parts: dict[str, object]) -> None:
            self.parts = parts

        def __getattr__(self, part: str) -> object:
            read.add(part)
            return self.parts[part]

    chosen = find(name)
    rule = chosen.rule
    for move in (sim.ESCALATE, sim.HOLD, sim.RELAX):
        for luck in (0.0, 0.3, 0.7, 0.999):
            for flag in (False, True):
                numbers = dict.fromkeys(EVERYTHING, 1) | {"luck": luck, "their_last_move": move}
                flags = dict.fromkeys((part for part in EVERYTHING if part.startswith("can_")), flag)
                own = [[float(k)] * chosen.memory for k in range(3)] if chosen.memory else [None]
                for memory in own:
                    seen = Watched(numbers | flags | {"provoked": flag, "my_last_move": move, "game": flag})
                    rule(seen, memory) if memory else rule(seen)
    assert read <= names_used(rule)


def test_a_strategy_that_weighs_payoffs_looks_at_values_and_one_in_kind_does_not() -> None:
    assert names_used(find("payoff_logit").rule) >= VALUES
    assert names_used(find("tit_for_tat").rule) == {"their_last_move", "luck"}
    assert names_used(find("random_move").rule) == {"luck"}


def handed_on(view: sim.View) -> int:
    return max(view.my_last_move, len(view))


def by_place(view: sim.View) -> int:
    return int(view[0])


def kept(view: sim.View) -> int:
    other = view
    return other.my_last_move


def within(view: sim.View) -> int:
    return sum(view.my_last_move for _ in range(1))


def written_over(view: sim.View) -> int:
    view = view._replace(luck=0.0)
    return view.my_last_move


def of_anything(*views: sim.View) -> int:
    return views[0].my_last_move


@pytest.mark.parametrize("rule", [handed_on, by_place, kept, within, written_over, of_anything])
def test_a_view_that_is_used_in_another_way_may_be_looked_at_wholly(rule) -> None:
    assert names_used(rule) == EVERYTHING
