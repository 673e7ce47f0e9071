"""The errors of Snapback: each says what is wrong, where, what was expected and what there is.

SnapbackError
x ScenarioError
x StrategyError
x ForceError
x ResultsError
x EngineError
- SharedError
x StudyError
x OutcomeError
x TheoryError
- ConvergenceError
x EvidenceError
"""

from collections.abc import Sequence


class SnapbackError(Exception):
    """Something the user can put right; the command line prints it as one sentence and exits with 2."""


class ScenarioError(SnapbackError):
    """A scenario or government file, or a change to one, that cannot be used; `faults` are all there are."""

    faults: Sequence[str] = ()


class StrategyError(SnapbackError):
    """A strategy, negotiator or protocol that is unknown, badly parametrised or says what it may not."""


class ForceError(SnapbackError):
    """A forced move that names no government, no measure, no move or no day of the run."""


class ResultsError(SnapbackError):
    """A results folder that cannot be read or written."""


class EngineError(SnapbackError):
    """An engine asked to do what it cannot."""


class SharedError(EngineError):
    """A number that cannot differ from run to run, for tables that all runs share are made from it."""


class StudyError(SnapbackError):
    """A study that cannot be asked, or a folder of results that is not its own."""


class OutcomeError(SnapbackError):
    """An outcome that is unknown, names what the scenario has not, or gives no number."""


class TheoryError(SnapbackError):
    """A theory question whose numbers cannot be used, or whose solver did not converge."""


class ConvergenceError(TheoryError):
    """A solver that stopped before its residual was small enough, so there is no number to give."""


class EvidenceError(SnapbackError):
    """A record of events that cannot be used, or a question that it does not cover."""
