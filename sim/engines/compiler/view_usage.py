"""What a strategy uses of its view, read from its code: what nobody uses need not be worked out."""

import dis
from functools import cache
from itertools import pairwise
from typing import Final

from sim.domain.view import View
from sim.engines.compiler.call_graph import Rule

EVERYTHING: Final = frozenset(View._fields)
VALUES: Final = frozenset(name for name in View._fields if name.startswith(("now_", "later_")))


@cache
def names_used(rule: Rule) -> frozenset[str]:
    """The parts of its view that a strategy may use.

    A strategy that uses its view in any way but `view.name`, such as handing it on, may use everything.
    """
    code = rule.__code__
    if code.co_argcount == 0:
        return EVERYTHING
    view, names = code.co_varnames[0], set()
    steps = list(dis.get_instructions(code))
    for step, following in pairwise(steps):
        *before, last = step.argval if isinstance(step.argval, tuple) else (step.argval,)
        if view in before:
            return EVERYTHING
        if last == view:
            if not (step.opname.startswith("LOAD_FAST") and following.opname in ("LOAD_ATTR", "LOAD_METHOD")):
                return EVERYTHING
            names.add(following.argval)
    return frozenset(names)
