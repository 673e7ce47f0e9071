"""One world on Mesa: governments as agents, made to be read, watched and changed."""

import warnings
from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

import pandas as pd

from sim.domain.constants import NOT_DUE
from sim.domain.decision import Decision
from sim.domain.errors import EngineError
from sim.domain.overview import Overview, later_method
from sim.domain.run_record import ActRecord, DecisionRecord, RunRecord
from sim.domain.state import Change, Force, PendingDecision
from sim.domain.terms import ECONOMY, POLITICS
from sim.engines.arguments import seed_from, whole
from sim.engines.decision_reasons import reasons_of
from sim.engines.decision_turn import DecisionTurn, decision_of, turn_of
from sim.engines.recorder import GameRecorder, Recorder, measures_frame, moves_frame, with_dates
from sim.engines.run_spec import RunSpec
from sim.engines.talks import Talks, speakers_of
from sim.rules.day import draw, due, evening, morning
from sim.rules.ledger import reward
from sim.rules.move_values import nothing_to_concede
from sim.scenarios.forced_moves import forces_of, unfit_deal
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import Strategy

with warnings.catch_warnings():  # Mesa's progress bar misses ipywidgets in a notebook; we show none
    warnings.filterwarnings("ignore", "IProgress not found")
    import mesa


class Government(mesa.Agent):  # type: ignore[misc]
    """A government: it chooses on the morning's state and acts in the evening.

    Attributes:
        place: position in the world's lists.
        code: short name, such as US.
        strategy: what turns its view into a move.
        today: the day's decisions, each with what it does in the evening.
        question: what it is asked now.
    """

    def __init__(self, model: "TradeModel", place: int, code: str, strategy: Strategy) -> None:
        super().__init__(model)
        self.place = place
        self.code = code
        self.strategy = strategy
        self.today: list[tuple[Decision, PendingDecision]] = []
        self.question: DecisionTurn

    @property
    def economy(self) -> float:
        """Cost so far against the world as it stood on the first morning [bn USD]."""
        recorder: Recorder = self.model.recorder
        return recorder.cost(self.place)[ECONOMY]

    @property
    def politics(self) -> float:
        """Political cost so far, likewise [bn USD equivalents]."""
        recorder: Recorder = self.model.recorder
        return recorder.cost(self.place)[POLITICS]

    def choose(self) -> None:
        """Decide about every partner for whom a decision is due today."""
        model = self.model
        self.today = []
        for partner in range(len(model.world.governments)):
            if partner == self.place:
                continue
            forced = model.forces.get((model.day, self.place, partner), ())
            reason = due(model.world, self.place, partner, model.day, model.start, len(forced) > 0)
            if reason != NOT_DUE:
                self.today.append(self._decide(partner, reason, forced))

    def _decide(self, partner: int, reason: int, forced: Sequence[Force]) -> tuple[Decision, PendingDecision]:
        model, world, me = self.model, self.model.world, self.place
        clause = nothing_to_concede(world, forced)
        if clause >= 0:
            raise unfit_deal(model.names.measures[clause], model.day, model.number)
        luck = draw(world, me, partner, model.day, model.seed_used, model.number)
        turn = turn_of(world, (me, partner), (model.day, model.start), reason, luck, forced)
        self.question = turn
        decision, pending = decision_of(world, turn, self.strategy)
        return decision._replace(reasons=reasons_of(world, model.names, turn)), pending


class TradeModel(Overview, mesa.Model):  # type: ignore[misc]
    """A world of governments, a day a step.

    Args:
        scenario: a shipped name, a path, or a loaded scenario.
        rng: seed of all luck [0 to 2^63 - 1]; None takes a fresh one, kept in `seed_used`.
        run: number of the run; runs of one seed share no luck.
        until: last day, a date of any kind or YYYY-MM-DD; the scenario's end if None.
        force: forced moves, such as `US:escalate@2026-03-02`; one text or several.
        strategy: strategies by government, such as `CN=tit_for_tat:generosity=0.1`.
        set: changes to the scenario's numbers, such as `US.renewal_belief=0.5`, or a table of them.
        seed: the same as `rng`; Mesa's `batch_run` puts its own seeds here, and leaves `rng` as it is.

    Raises:
        SnapbackError: anything the user can put right.

    Attributes:
        seed_used: the seed of all luck.
        spec: what was asked for, as every engine takes it.
        world: the records that the rules read and write.
        day: the day number that has been played last, or is being played.
        decisions: all decisions so far, each with its trace.
        changes: all changes of measures so far.
        datacollector: tariffs, pressure, stocks and payoffs, a row a day.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "busan",
        rng: Any = None,
        run: int = 0,
        until: date | str | None = None,
        force: str | Sequence[str] = (),
        strategy: str | Sequence[str] | Mapping[str, str] = (),
        set: str | Sequence[str] | Mapping[str, Any] = (),
        seed: Any = None,
    ) -> None:
        if rng is not None and seed is not None:
            raise EngineError("rng: expected one seed, got two; in mesa.batch_run give it in one place")
        self.seed_used = seed_from(seed if rng is None else rng)
        super().__init__(rng=self.seed_used % 2**32)
        self.spec = RunSpec.of(scenario, until, force, strategy, set, seed=self.seed_used, engine="mesa")
        self.source = self.spec.load()
        self.number = whole("run", run, 0, 2**32 - 1)
        self.names = names_of(self.source)
        self.strategies = self.spec.strategies(self.source)
        self.world = world_of(self.source, max(s.memory for s in self.strategies.values()))
        self.start = self.source.start.toordinal()
        self.end = self.spec.last_day(self.source)
        self.day = self.start - 1
        self.forces = forces_of(self.spec.force, self.source, self.names)
        self.decisions: list[Decision] = []
        self.changes: list[Change] = []
        self.meetings: list[int] = []  # days on which a meeting took place
        self.talks = Talks(speakers_of(self.source))
        for place, code in enumerate(self.names.governments):
            Government(self, place, code, self.strategies[code])
        recorder = GameRecorder if self.world.game else Recorder
        self.recorder = recorder(self.world, self.names, self.start)
        self.datacollector = mesa.DataCollector(
            model_reporters=self.recorder.reporters(),
            agent_reporters={"government": "code", "economy": "economy", "politics": "politics"},
        )

    def step(self) -> None:
        """Play a day, in the order of `sim.rules.day`."""
        if self.day >= self.end:
            self.running = False
            return
        self.day += 1
        morning(self.world, self.day, self.recorder.statuses, self.changes)
        if any(pair.summit_on == self.day for pair in self.world.pairs):
            self.meetings.append(self.day)
        self.agents.do("choose")
        today = [pair for agent in self.agents for pair in agent.today]
        pending = [acts for _, acts in today]
        self.talks.hold(self.world, pending, self.day, self.seed_used, self.number)
        evening(self.world, pending, len(pending), self.day, self.recorder.statuses, self.changes)
        self.decisions += [d for d, _ in today]
        self.recorder.close(self.day)
        self.datacollector.collect(self)
        if not hasattr(self.datacollector, "_collection_steps"):  # Mesa before 3.5 looks a day too early
            agents = self.datacollector._agent_records
            agents[self.steps - 1] = agents.pop(self.steps)
        self.running = self.day < self.end

    def run(self) -> Self:
        """Play to the last day and give the model back."""
        while self.running and self.day < self.end:
            self.step()
        counters = getattr(mesa.Agent, "_ids", None)
        if isinstance(counters, MutableMapping):
            counters.pop(self, None)  # Mesa before 3.4.2 keeps every model alive otherwise
        return self

    plot = later_method("reports.run.run_folder.draw_run", "The picture that `snapback run` draws, a Figure.")
    explain = later_method(
        "reports.run.decision_facts.explain_run",
        "Why the decisions of a day, or a number, were made: text, tables, a picture; `why_not` a measure.",
    )
    story = later_method("reports.run.story.run_story", "What has happened so far and why, in Markdown.")

    @property
    def record(self) -> RunRecord:
        """What the run leaves behind so far, for outcomes to read."""
        return RunRecord(
            start=self.start,
            end=self.day,
            moves=[
                DecisionRecord(
                    d.day,
                    d.government,
                    d.partner,
                    d.reason,
                    d.requested,
                    d.move,
                    d.act,
                    d.measure,
                    d.candidates[d.move].pressure,
                )
                for d in self.decisions
            ],
            acts=[
                ActRecord(d.day, d.government, d.partner, a.act, a.measure)
                for d in self.decisions
                for a in d.acts
            ],
            changes=self.changes,
            opening=self.recorder.measures,
            tariffs=self.recorder.tariffs,
            costs=[self.recorder.exact_costs(place) for place in range(len(self.names.governments))],
            reward=reward(self.world),
            bystanders=self.recorder.bystander_costs(),
            offers=self.talks.offers,
        )

    @property
    def moves(self) -> pd.DataFrame:
        """All decisions so far, a row each, in the columns of `moves.csv`; dates are datetime64."""
        return moves_frame(self.decisions, self.names)

    @property
    def measures(self) -> pd.DataFrame:
        """All changes of measures so far, a row each, in the columns of `measures.csv`; likewise."""
        return measures_frame(self.changes, self.source, self.names)

    @property
    def state(self) -> pd.DataFrame:
        """Tariffs, pressure, stocks and payoffs, a row a day, in the columns of `state.csv`."""
        frame: pd.DataFrame = self.datacollector.get_model_vars_dataframe()
        return with_dates(frame.reset_index(drop=True), "date")

    @property
    def costs(self) -> pd.DataFrame:
        """Cost of the run against the first morning's world: a column a government, a row an account.

        Rows are of `sim.domain.terms.UNITS`: economy [bn USD] and politics [bn USD equivalents]. In a matrix
        game the economy's is what was missed of the payoff for everybody's holding, in the game's unit.
        """
        return pd.DataFrame({agent.code: self.recorder.cost(agent.place) for agent in self.agents})

    @property
    def cost_terms(self) -> pd.DataFrame:
        """The same term by term: a row a term of `sim.domain.terms.TERMS` [its account's unit]."""
        return pd.DataFrame({agent.code: self.recorder.cost_terms(agent.place) for agent in self.agents})


__all__ = ["Government", "TradeModel"]
