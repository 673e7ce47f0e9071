"""What a day pays: the flow of every payoff term as the world stands."""

from typing import NamedTuple

from sim.domain.state import StockState, World
from sim.domain.words import IN_FORCE, SUSPENDED, TARIFF
from sim.payoffs.minerals import adapted, shortfall, shutdown_loss, wanted_buffer
from sim.payoffs.politics import export_harm, protection_rent
from sim.payoffs.table import look_up
from sim.payoffs.trade import lost_exports
from sim.rules.legal import effective_level


class Flow(NamedTuple):
    """A government's payoffs as the world stands [bn USD/month], costs negative."""

    trade: float
    rent: float
    harm: float
    minerals: float
    controls: float


def pair_of(world: World, government: int, partner: int) -> int:
    """The place of what `government` remembers of `partner`."""
    return government * len(world.governments) + partner


def tariff(world: World, importer: int, exporter: int) -> float:
    """The importer's average tariff on the exporter: the base and all its measures in force [share]."""
    rate = world.pairs[pair_of(world, importer, exporter)].base_tariff
    for measure in world.measures:
        if (
            measure.status == IN_FORCE
            and measure.kind == TARIFF
            and measure.issuer == importer
            and measure.target == exporter
        ):
            rate += measure.level * measure.coverage
    return rate


def trade_welfare(world: World, government: int, partner: int, own: float, theirs: float) -> float:
    """Welfare of a government from the two tariffs of a pair, from its table [bn USD/month]."""
    grid = world.welfare[pair_of(world, government, partner)]
    return look_up(grid, own, theirs, world.grid)


def exports_lost(world: World, government: int, partner: int, theirs: float) -> float:
    """A government's exports that a partner's tariff takes away [bn USD/month]."""
    sales = world.pairs[pair_of(world, partner, government)]
    return lost_exports(theirs, sales.imports, sales.semi_elasticity)


def bit(mask: int, position: int) -> bool:
    """Whether a position of a bit mask is set."""
    return (mask >> position) & 1 == 1


def supply_cut(world: World, buyer: int, mineral: int, number: int, level: float) -> float:
    """Share of a buyer's supply of a mineral that is cut, were measure `number` felt at `level`.

    Cuts do not add up: the sharpest holds. Only the mineral's supplier can cut it.
    `number` -1 takes all measures as they stand.
    """
    supplier = world.stocks[buyer * world.minerals + mineral].supplier
    cut = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.target == buyer and measure.issuer == supplier and bit(measure.minerals, mineral):
            felt = level if k == number else effective_level(measure)
            cut = max(cut, felt)
    return min(cut, 1.0)


def missing(stock: StockState, cut: float, months: float) -> float:
    """Share of use that a cut of some months' age leaves missing [share]."""
    diversion = adapted(stock.diversion_limit, months, stock.diversion_months)
    substitution = adapted(stock.substitution_limit, months, stock.substitution_months)
    return shortfall(stock.share, cut, diversion, substitution)


def mineral_loss(world: World, buyer: int, mineral: int) -> float:
    """Loss of a buyer from one mineral as the world stands [bn USD/month]."""
    stock = world.stocks[buyer * world.minerals + mineral]
    if stock.stock > 0.0 or stock.cut_months <= 0.0:
        return 0.0
    cut = supply_cut(world, buyer, mineral, -1, 0.0)
    short = missing(stock, cut, stock.cut_months)
    return shutdown_loss(stock.annual_loss, short, stock.share)


def wanted_stock(world: World, buyer: int, mineral: int) -> float:
    """Months of use a government wants to hold: everyday business, and a buffer while threatened."""
    g = world.governments[buyer]
    stock = world.stocks[buyer * world.minerals + mineral]
    threatened = False
    for measure in world.measures:
        if (
            measure.status == SUSPENDED
            and measure.target == buyer
            and measure.issuer == stock.supplier
            and bit(measure.minerals, mineral)
        ):
            threatened = True
    if not threatened:
        return stock.working_stock
    loss = stock.annual_loss / 12.0 * g.mineral_weight
    belief = renewal_belief(world, buyer, stock.supplier)
    return stock.working_stock + wanted_buffer(
        belief, loss, stock.holding_cost, stock.disruption_months, stock.capacity
    )


def renewal_belief(world: World, government: int, partner: int) -> float:
    """Believed chance that a partner extends: the first belief, corrected by the sunsets seen.

    The mean of a Beta distribution with `belief_strength` imagined sunsets (economics 1.4).
    """
    g = world.governments[government]
    pair = world.pairs[pair_of(world, government, partner)]
    seen = g.belief_strength + pair.renewed + pair.lapsed
    if seen <= 0.0:
        return g.renewal_belief
    return (g.belief_strength * g.renewal_belief + pair.renewed) / seen


def pressure(world: World, government: int, partner: int) -> float:
    """What a government's measures cost a partner as they stand [bn USD/month].

    Tariffs above the base, controls and missing minerals, in the partner's own weights.
    """
    target = world.governments[partner]
    mine = tariff(world, government, partner)
    base = world.pairs[pair_of(world, government, partner)].base_tariff
    theirs = tariff(world, partner, government)
    loss = target.trade_weight * (
        trade_welfare(world, partner, government, theirs, base)
        - trade_welfare(world, partner, government, theirs, mine)
    )
    lost = exports_lost(world, partner, government, mine) - exports_lost(world, partner, government, base)
    loss += target.political_weight * export_harm(lost, target.export_harm)
    for measure in world.measures:
        if measure.issuer == government and measure.target == partner:
            loss += measure.harm * effective_level(measure)
    for k in range(world.minerals):
        if world.stocks[partner * world.minerals + k].supplier == government:
            loss += target.mineral_weight * mineral_loss(world, partner, k)
    return loss


def flow(world: World, government: int) -> Flow:
    """All payoff terms of a government as the world stands [bn USD/month]."""
    g = world.governments[government]
    trade_sum = 0.0
    rent = 0.0
    harm = 0.0
    for partner in range(len(world.governments)):
        if partner != government:
            own = tariff(world, government, partner)
            theirs = tariff(world, partner, government)
            trade_sum += trade_welfare(world, government, partner, own, theirs)
            rent += protection_rent(own, g.protection_rent)
            lost = exports_lost(world, government, partner, theirs)
            harm -= export_harm(lost, g.export_harm)
    controls = 0.0
    for measure in world.measures:
        if measure.issuer == government:
            controls -= measure.cost * effective_level(measure)
        if measure.target == government:
            controls -= measure.harm * effective_level(measure)
    mineral_sum = 0.0
    for k in range(world.minerals):
        stock = world.stocks[government * world.minerals + k]
        mineral_sum -= mineral_loss(world, government, k)
        mineral_sum -= stock.holding_cost * max(0.0, stock.stock - stock.working_stock)
    return Flow(
        trade=g.trade_weight * trade_sum,
        rent=g.political_weight * rent,
        harm=g.political_weight * harm,
        minerals=g.mineral_weight * mineral_sum,
        controls=controls,
    )


def total(f: Flow) -> float:
    """The sum of a flow's terms [bn USD/month]."""
    return f.trade + f.rent + f.harm + f.minerals + f.controls
