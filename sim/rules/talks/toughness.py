"""How tough a side takes its partner to be: a factor on the partner's home values, learned from refusals."""

from sim.domain.state import World
from sim.rules.indexing import pair_of
from sim.rules.packages import join_probability
from sim.rules.talks.frontier import Point, frontier_of
from sim.rules.talks.package_worths import Side, home_part, package_worth


def believed_toughness(world: World, side: Side) -> float:
    """The factor that a side expects on its partner's home values."""
    chance = world.pairs[pair_of(world, side.government, side.partner)].tough_chance
    return chance * world.talks[0].tough + (1.0 - chance) * world.talks[0].soft


def believed_frontier(world: World, side: Side, partner: Side) -> list[Point]:
    """The frontier of what a side may offer a partner that is as tough as it believes."""
    guess = believed_toughness(world, side) - world.governments[side.partner].toughness
    return frontier_of(world, side, partner, guess)


def learn_toughness(world: World, side: Side, partner: Side, package: int, waiting: float) -> None:
    """Let a side learn from the refusal of its offer, by Bayes: the tough refuse the likelier.

    `waiting` is what refusing is worth to the partner, as the side believes [bn USD].
    """
    t = world.talks[0]
    pair = world.pairs[pair_of(world, side.government, side.partner)]
    home = home_part(partner, package)
    plain = package_worth(partner, package) - world.governments[side.partner].toughness * home - waiting
    tough = pair.tough_chance * (1.0 - join_probability(plain + t.tough * home, t.precision))
    soft = (1.0 - pair.tough_chance) * (1.0 - join_probability(plain + t.soft * home, t.precision))
    pair.tough_chance = tough / (tough + soft) if tough + soft > 0.0 else pair.tough_chance
