"""What a matrix game leaves behind: a row a round."""

from sim.domain.constants import MOVES
from sim.domain.dates import iso
from sim.domain.terms import ECONOMY
from sim.engines.recorder import Recorder
from sim.rules.game_rounds import move_ago
from sim.rules.indexing import pair_of


class GameRecorder(Recorder):
    """Watches a game: moves, payoffs and how often everybody has held, at the end of every round."""

    def partners(self, place: int) -> list[int]:
        """The places of everybody else."""
        return [k for k in range(len(self.names.governments)) if k != place]

    def payoff(self, place: int) -> float:
        """What the round paid [payoff]."""
        return sum(self.world.plays[pair_of(self.world, place, k)].today for k in self.partners(place))

    def earned(self, place: int) -> float:
        """What all rounds have paid [payoff]."""
        return sum(self.world.plays[pair_of(self.world, place, k)].earned for k in self.partners(place))

    def cooperation(self, place: int) -> float:
        """Share of a government's moves that were to hold; 1 before the first."""
        pairs = [pair_of(self.world, place, k) for k in self.partners(place)]
        escalations = sum(self.world.pairs[pair].escalations for pair in pairs)
        return 1.0 - escalations / (self.days * len(pairs)) if self.days else 1.0

    def close(self, day: int) -> None:
        """Take down the round."""
        self.days = day - self.start + 1
        world, codes = self.world, self.names.governments
        if self.days > 0:
            self.tariffs.append([0.0] * len(codes) ** 2)
        row: dict[str, float | str] = {"date": iso(day), "round": self.days}
        for place, code in enumerate(codes):
            for k in self.partners(place):
                row[f"move_{code}_on_{codes[k]}"] = MOVES[move_ago(world, place, k, 1)]
        for place, code in enumerate(codes):
            row[f"payoff_{code}"] = self.payoff(place)
            row[f"earned_{code}"] = self.earned(place)
            row[f"cooperation_{code}"] = self.cooperation(place)
            row[f"cost_{code}"] = self.cost(place)[ECONOMY]
        self.tonight = row
