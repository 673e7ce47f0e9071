"""What changes while a world runs, as records of plain numbers.

The numbers that files give are declared, with units, in `sim.domain.parameters`; records inherit them.
Rules read and write these records by attribute and reach them by index, so the Mesa engine may hold them
as Python objects and a compiled engine as arrays of records with the same field names. Days are proleptic
Gregorian ordinals (`datetime.date.toordinal`), governments, measures and minerals are positions in their
lists, `NEVER` is no day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sim.domain.constants import HOLD, NEVER, NO_ACT
from sim.domain.parameters import (
    GOVERNMENT,
    GameNumbers,
    GovernmentNumbers,
    MeasureNumbers,
    MineralNumbers,
    TalkNumbers,
)


@dataclass(slots=True)
class MeasureState(MeasureNumbers):
    """A measure: its numbers, whom it touches, and where it stands in its life."""

    issuer: int  # the government whose it is
    target: int  # the government that it is against
    kind: int  # tariff, export ban ...
    basis: int  # position of its legal basis; a court may remove one
    status: int  # available, in force, suspended or lifted
    until: int  # [day] last of a suspension, else NEVER
    enters_on: int  # [day] on which an announced measure comes into force, else NEVER
    opens_on: int  # [day] first on which it may be imposed, NEVER: cannot be imposed yet
    stays: int  # 1: it is never suspended or lifted, only raised or lowered by its step
    minerals: int  # bit k set: cuts the target's supply of mineral k
    suspension_days: int  # [days] length of a suspension or extension, 0: cannot be suspended
    lead_days: int  # [days] from imposing it to its coming into force
    clause: int = 0  # 1: it belongs to the deal between issuer and target
    agreed_level: float = 0.0  # [share] that is felt of it under that deal
    due_on: int = NEVER  # [day] on which its issuer has agreed to concede it, else NEVER
    planned: int = NO_ACT  # act of the package that is being weighed
    pending: int = NO_ACT  # act of this evening


@dataclass(slots=True)
class GovernmentState(GovernmentNumbers):
    """A government's numbers, and how its markets stand."""

    code: int  # its letters as one number: the name its luck is drawn by
    election_on: int  # [day] of its next election, else NEVER
    weighs: int = 1  # 0: it never looks at what a move of a game is worth, and nothing is reckoned for it
    market_loss: float = 0.0  # [per cent] that markets have fallen of late over tariffs

    def __setitem__(self, position: int, value: float) -> None:
        """Give the number at a position of `GOVERNMENT` a new value, as records of NumPy take it."""
        name = list(GOVERNMENT)[position]
        setattr(self, name, int(value) if GOVERNMENT[name].whole else value)


@dataclass(slots=True)
class PairState:
    """What one government remembers of a partner, and the trade between them."""

    base_tariff: float  # [share] on imports from the partner outside the scenario's measures
    adjusted: float  # [share] tariff on them to which trade has adjusted
    react_on: int = NEVER  # [day] on which an answer falls due, else NEVER
    summit_on: int = NEVER  # [day] on which both meet, else NEVER
    met_on: int = NEVER  # [day] of our last meeting, or the first of the run; NEVER without talks
    rounds: int = 0  # offers in our talks since the last deal or breach
    opens: int = NEVER  # 1: I make the next offer, 0: the partner does, NEVER: luck says
    agreed_on: int = NEVER  # [day] of our last deal
    pause_until: int = NEVER  # [day] before which we do not talk, after a breach
    fulfilled: float = 0.0  # deals of which the partner has carried out its part
    refused: float = 0.0  # and of which it has not
    tough_chance: float = 0.0  # that I give the partner's being tough [0 to 1]
    my_last_move: int = HOLD  # at my last decision about the partner
    unseen_move: int = HOLD  # the partner's last move other than hold since my last decision
    deal_since: int = NEVER  # [day] from which a deal between us binds, NEVER: there is none
    tolerance: float = 0.0  # [share] breach, of what it gives, from which on all that was threatened is due
    stake: float = 0.0  # [bn USD] what leaving my threat under it unexecuted costs me
    threat_due: float = 0.0  # part of my threat under our deal that its breach makes due [0 to 1]
    owed: float = 0.0  # [bn USD/month] pressure of the partner's escalations that I left unanswered
    favour: int = 0  # 1: the partner relaxed and I have not yet
    provoked_on: int = NEVER  # [day] of the partner's last escalation that is not forgotten, else NEVER
    escalations: int = 0  # mine against the partner so far, sunsets that I let come included
    relaxations: int = 0  # mine towards the partner so far
    last_escalation_on: int = NEVER  # [day] of mine, sunsets included
    last_relaxation_on: int = NEVER  # [day] of mine
    renewed: float = 0.0  # sunsets at which the partner extended
    lapsed: float = 0.0  # sunsets at which it did not
    awaiting: float = 0.0  # notice [0 to 1] given to my extension while the partner has not extended its own
    cached_gap: float = 1.0  # [share] left of a gap between trade and tariff after a day, as last worked out
    cached_pull: float = 1.0  # what the tariff does to `adjusted` in a day, likewise
    cached_sales: float = 0.0  # [bn USD/month] exports to the partner at once, likewise
    cached_free_sales: float = 0.0  # [bn USD/month] and without its tariff


@dataclass(slots=True)
class StockState(MineralNumbers):
    """A government's stock of a mineral and its way around an embargo."""

    supplier: int  # the government that may cut it, -1: none
    cut_months: float = 0.0  # [months] age of an embargo: grows while supply is cut, falls as slowly after
    cached_cut: float = 0.0  # [share] of the supply that is cut, as last worked out
    cached_closed: float = 0.0  # [share] of detours that are closed, likewise
    cached_wanted: float = 0.0  # [months of use] likewise


@dataclass(slots=True)
class TariffEffect:
    """What a measure's tariff changes for one of the two it concerns, as last worked out."""

    own: float = 0.0  # [share] tariffs of the pair without the change
    other: float = 0.0
    points: float = 0.0  # [share] that the change adds
    welfare: float = 0.0  # [bn USD/month] columns of `sim.rules.terms.trade_term.TradeChange`
    welfare_late: float = 0.0
    sales: float = 0.0
    sales_late: float = 0.0


@dataclass(slots=True)
class EventState:
    """An outside event, taken to pieces: what happens on a day without anybody's choice."""

    day: int  # [day] on which it happens
    kind: int  # REMOVAL, OPENING, CHANGE, MEETING or BALLOT
    first: int  # the legal basis, the measure, the government, the one who meets
    second: int  # the number that changes, a position in `GOVERNMENT`, the other who meets
    value: float  # the number's new value; the day of an opening or of the next election; `spiral_days`


@dataclass(slots=True)
class GameState(GameNumbers):
    """A matrix game: what a round pays for one's own move and the partner's, escalating or holding."""

    hold_hold: float
    hold_escalate: float  # one's own move first
    escalate_hold: float
    escalate_escalate: float


@dataclass(slots=True)
class TalkState(TalkNumbers):
    """How governments negotiate in a world with talks."""


@dataclass(slots=True)
class PlayState:
    """What one government has made of a matrix game with a partner."""

    history: int = 0  # bit k set: it escalated k + 1 rounds ago; the last 62 rounds
    observed: int = 0  # escalations of the partner that it has seen
    observed_on: int = -1  # day of the last of them, else NEVER
    today: float = 0.0  # what the last round paid [payoff]
    earned: float = 0.0  # what all rounds paid [payoff]


@dataclass(slots=True)
class ActRow:
    """A row of the table of acts: an act on a measure, and what it would bring by itself."""

    act: int = NO_ACT  # reactivate, extend ...
    measure: int = -1  # its number
    trade: float = 0.0  # [bn USD] to the issuer, over the horizon: welfare from tariffs
    rent: float = 0.0  # [bn USD] likewise: protection at home
    controls: float = 0.0  # [bn USD] likewise: what the measure costs it
    attention: float = 0.0  # [bn USD] what the act takes by itself
    partner_trade: float = 0.0  # [bn USD] to the partner: welfare from tariffs
    partner_harm: float = 0.0  # [bn USD] likewise: harm to exporters
    partner_minerals: float = 0.0  # [bn USD] likewise: missing minerals, in its weight
    partner_controls: float = 0.0  # [bn USD] likewise: controls and fees
    partner_concessions: float = 0.0  # [bn USD] likewise: purchases withheld
    pressure: float = 0.0  # [bn USD/month] on the partner
    size: float = 0.0  # [bn USD/month] by which the partner measures it
    executes: float = 0.0  # [bn USD/month] of the threat under a deal that it executes
    lapse_gain: float = 0.0  # [bn USD] what the measure's running out would bring, which it prevents
    lapse_pressure: float = 0.0  # [bn USD/month] likewise
    sunset_first: float = 0.0  # [bn USD] what it takes off the stakes of the first sunset
    sunset_rest: float = 0.0  # [bn USD] and off those of later ones
    value: float = 0.0  # [bn USD] of the move carried by this act alone
    odds: float = 0.0  # of its opening a package, the best act's 1
    weighed: int = 0  # 1: it is in its move's package; -1: it was weighed and left out


@dataclass(slots=True)
class PendingDecision:
    """A decision on its way from the morning to the evening; its acts are the `pending` ones of measures."""

    government: int = -1
    partner: int = -1
    move: int = HOLD
    act: int = NO_ACT  # the main one: the first that is more than an extension, if any is
    measure: int = -1
    forced: int = 0  # 1: nobody was asked
    routine: int = 0  # 1: any of them is more than an extension
    extends: int = 0  # 1: one of them extends what ends soon
    pressure: float = 0.0  # [bn USD/month] that the move puts on the partner
    noticed: float = 0.0  # weight that the partner gives the step [0 to 1]
    points: float = 0.0  # [percentage points] by which an escalation raises the own average tariff
    attention: float = 0.0  # [bn USD] that its acts take
    audience: float = 0.0  # [bn USD] audience cost of what it leaves unanswered


class World(NamedTuple):
    """Everything that rules read and write.

    Shapes, for n governments and k minerals: `pairs` and `answers` n*n (what government i
    remembers of j is at i*n + j), `stocks` n*k. `accounts` and `cached_flows` are a row a government,
    in the order of `sim.domain.terms.TERMS`: the first what it has got so far, the second flows that
    measures alone decide, as last worked out. With c = n (n - 1) / 2 couples of governments
    (0, 1), (0, 2) ... `welfare` has c tables for each government, and for each bystander after them: of
    g over the two tariffs of a couple at g*c + couple, rows the lower government's tariff; `sales` n*n
    lines, exports of i to j over j's tariff. What has `late` in its name is what the long run adds to the
    short. In a matrix game `game` holds one record and `plays` n*n of them, otherwise none; `talks` holds one
    where governments negotiate. `memories` are
    n*n rows of as many numbers as the strategies remember at most: what that of i has written down about j.
    """

    measures: Sequence[MeasureState]
    governments: Sequence[GovernmentState]
    pairs: Sequence[PairState]
    answers: Sequence[list[float]]  # nine counts: [my move * 3 + their answer]
    stocks: Sequence[StockState]
    welfare: Sequence[Sequence[Sequence[float]]]  # [bn USD/month]
    welfare_late: Sequence[Sequence[Sequence[float]]]
    sales: Sequence[Sequence[float]]  # [bn USD/month]
    sales_late: Sequence[Sequence[float]]
    grid: float  # [share] distance of the tariffs in these tables
    inertia: float  # part of the gap to the long run that is left after a month
    minerals: int
    events: Sequence[EventState]
    accounts: Sequence[list[float]]  # [bn USD]
    cached_flows: Sequence[list[float]]  # [bn USD/month]
    packages: int = 1  # 0: a move is carried by its best act alone
    acts: Sequence[ActRow] = ()  # the table of acts of the decision at hand
    tariff_effects: Sequence[TariffEffect] = ()  # four a measure: of rises and cuts, on its target and issuer
    keeps: int = 1  # 0: nothing is kept from one decision to the next
    game: Sequence[GameState] = ()
    plays: Sequence[PlayState] = ()
    talks: Sequence[TalkState] = ()
    memories: Sequence[list[float]] = ()


class Force(NamedTuple):
    """A move that a government is made to make on a day, or one of the acts of its package."""

    day: int
    government: int
    partner: int
    move: int
    act: int  # NO_ACT: the rulebook finds the package
    measure: int  # -1: likewise


class Change(NamedTuple):
    """A measure's status or level changed."""

    day: int
    measure: int
    status: int
    level: float
    until: int
    cause: int


class Names(NamedTuple):
    """What the positions in a world's lists stand for."""

    governments: list[str]
    measures: list[str]
    minerals: list[str]
    bases: list[str]
