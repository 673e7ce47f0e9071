"""Which runs: a scenario, what is changed in it, the luck and the engine, as one value."""

import hashlib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, Final, Self

from sim.domain.errors import EngineError
from sim.engines.arguments import day_from, texts_of
from sim.engines.talks import speakers_of
from sim.scenarios.load import scenario as load_scenario
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import Strategy, parse

ENGINES: Final = ("ensemble", "mesa")
Texts = str | Sequence[str] | None


@dataclass(frozen=True)
class RunSpec:
    """Which runs: enough to run them again."""

    scenario: str | Path | Scenario  # a shipped name, a path, or a loaded scenario
    until: date | str | None = None  # last day, a date or YYYY-MM-DD; the scenario's end if None
    force: tuple[str, ...] = ()  # forced moves, such as `US:escalate@2026-03-02`
    strategy: tuple[str, ...] = ()  # strategies by government, such as `CN=tit_for_tat:generosity=0.1`.
    overrides: tuple[str, ...] = ()  # numbers of the scenario that are set, such as `US.renewal_belief=0.5`.
    seed: int = 1  # of all luck [0 to 2^63 - 1]
    runs: int = 1  # how many of the seed
    engine: str = ENGINES[0]  # `ensemble` or `mesa`; both run the same runs

    @classmethod
    def of(
        cls,
        scenario: str | Path | Scenario,
        until: date | str | None = None,
        force: Texts = (),
        strategy: Texts | Mapping[str, Any] = (),
        overrides: Texts | Mapping[str, Any] = (),
        **more: Any,
    ) -> Self:
        """The runs that a user asks for, in the many ways of `sim.engines.arguments`.

        Raises EngineError for what says no such runs.
        """
        if not isinstance(scenario, str | PathLike | Scenario):
            raise EngineError(f"scenario: expected a shipped name, a path or a scenario, got {scenario!r}")
        words = texts_of(force), texts_of(strategy), texts_of(overrides)
        return cls(scenario, day_from("until", until), *words, **more)

    def load(self) -> Scenario:
        """The scenario with its overrides. Raises SnapbackError if the file or an override cannot be used."""
        if not isinstance(self.scenario, Scenario):
            return load_scenario(self.scenario, self.overrides)
        if self.overrides:
            raise EngineError("set: give the scenario by name or path to change its numbers")
        return self.scenario

    def last_day(self, s: Scenario) -> int:
        """The last day of every run of the loaded scenario."""
        if self.until is None:
            return s.end.toordinal()
        try:
            day = self.until if isinstance(self.until, date) else date.fromisoformat(self.until)
        except (ValueError, TypeError):
            raise EngineError(f"until: expected a date as YYYY-MM-DD, got {self.until!r}") from None
        if not s.start <= day <= s.end:
            file = f"; to play on, run a file that says extends = {s.name!r} and end = {day}"
            longer = file if day > s.end else ""
            raise EngineError(f"until: expected a day from {s.start} to {s.end}, got {day}{longer}")
        return day.toordinal()

    def strategies(self, s: Scenario) -> dict[str, Strategy]:
        """Every government's strategy in the loaded scenario: what is set, else the scenario's own."""
        spellings: dict[str, str] = {}
        for code, sign, spelling in (text.partition("=") for text in self.strategy):
            if not sign or code not in s.governments:
                raise EngineError(
                    f"strategy {code!r}: expected GOVERNMENT=STRATEGY with one of {', '.join(s.governments)}"
                )
            if code in spellings:
                raise EngineError(f"strategy: expected one a government, got two for {code}")
            spellings[code] = spelling
        own = {code: government.strategy for code, government in s.governments.items()}
        return {code: parse(spelling) for code, spelling in (own | spellings).items()}

    def digest(self) -> str:
        """SHA-256 of what decides the runs, however it is written; engines change none of it."""
        s = self.load()
        players = {code: (player.spelling, player.digest) for code, player in self.strategies(s).items()}
        speakers = [player.digest for roles in speakers_of(s) for player in roles]
        parts = (s.digest, self.last_day(s), sorted(self.force), players, self.seed, self.runs, *speakers)
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @property
    def name(self) -> str:
        """The scenario as a command names it."""
        return self.scenario.name if isinstance(self.scenario, Scenario) else str(self.scenario)

    @property
    def options(self) -> list[str]:
        """The words of a command that say the last day and what is changed."""
        pairs = (("--force", self.force), ("--strategy", self.strategy), ("--set", self.overrides))
        until = ["--until", str(self.until)] if self.until else []
        return until + [word for option, texts in pairs for text in texts for word in (option, text)]

    def command(self, verb: str, *more: str) -> str:
        """What to type to have these runs again: `snapback VERB SCENARIO MORE --runs ... --seed ...`."""
        words = ["snapback", verb, self.name, *more, "--runs", str(self.runs), "--seed", str(self.seed)]
        words += ["--engine", self.engine] if verb in ("run", "compare") else []
        return shlex.join(words + self.options)
