"""The words of the simulator and the small integers that stand for them.

Words are plain integers, so that the same rule can be run by Python and compiled; the
tuples of names give the spelling used in every file, table and message.
"""

from typing import Final, TypeAlias

Move: TypeAlias = int
ESCALATE: Final = 0
HOLD: Final = 1
RELAX: Final = 2
MOVES: Final = ("escalate", "hold", "relax")

NO_ACT: Final = 0
REACTIVATE: Final = 1
RAISE: Final = 2
IMPOSE: Final = 3
SUSPEND: Final = 4
EXTEND: Final = 5
LOWER: Final = 6
LIFT: Final = 7
WITHDRAW: Final = 8  # takes an announcement back
POSTPONE: Final = 9  # lets what is announced come into force later
CONCEDE: Final = -1  # of a forced deal: whichever act concedes its measure on that day
ACTS: Final = (
    *("none", "reactivate", "raise", "impose"),
    *("suspend", "extend", "lower", "lift", "withdraw", "postpone"),
)
MEANINGS: Final = {  # of each act: what it does, and on which measures it is legal
    "none": ("nothing: to hold", "all"),
    "reactivate": ("puts a suspended measure back in force before its sunset", "suspended"),
    "raise": ("raises a level by its step, up to its ceiling", "in force, with a step"),
    "impose": ("brings a new measure into force, after its lead", "available, once it is open"),
    "suspend": ("suspends a measure for its suspension_days", "in force, with suspension_days"),
    "extend": ("prolongs a suspension by its suspension_days", "suspended, in the notice before its sunset"),
    "lower": ("lowers a level by its step, down to its floor", "in force, with a step"),
    "lift": ("ends a measure for good", "in force or suspended"),
    "withdraw": ("takes an announcement back", "announced, until its eve"),
    "postpone": ("lets what is announced come into force later", "announced, with suspension_days"),
}
MOVE_OF_ACT: Final = (HOLD, ESCALATE, ESCALATE, ESCALATE, RELAX, RELAX, RELAX, RELAX, RELAX, RELAX)

AVAILABLE: Final = 0
IN_FORCE: Final = 1
SUSPENDED: Final = 2
LIFTED: Final = 3
STATUSES: Final = ("available", "in_force", "suspended", "lifted")

REVIEW: Final = 0
REACTION: Final = 1
SUNSET: Final = 2
FORCED: Final = 3
DEAL: Final = 4
REASONS: Final = ("review", "reaction", "sunset", "forced", "deal")
NOT_DUE: Final = -1

ACCEPTED: Final = 0
WALKED_OUT: Final = 1  # one of the two escalates on the day of the meeting
NOT_CREDIBLE: Final = 2  # no package that both would fulfil gives the one who asks what it asks for
BELOW_WAITING: Final = 3  # the offer is worth less than going on without
DEADLINE: Final = 4  # it is worth that, but not what was asked, and no offer is left
BREAKDOWN: Final = 5  # likewise, and the meeting broke down over it
BELOW_ASK: Final = 6  # likewise, and the talks go on
ENDINGS: Final = (
    *("accepted", "walked_out", "not_credible", "below_waiting"),
    *("deadline", "breakdown", "below_ask"),
)
END: Final = -1  # a protocol's word for: nobody makes another offer in this meeting

BY_MOVE: Final = 0
BY_SUNSET: Final = 1
BY_EVENT: Final = 2
CAUSES: Final = ("move", "sunset", "event")

REMOVAL: Final = 0  # a court removes a legal basis
OPENING: Final = 1  # a measure may be imposed from a day on
CHANGE: Final = 2  # one of a government's numbers takes a new value
MEETING: Final = 3  # both decide about each other
BALLOT: Final = 4  # the next election of a government is another one

TARIFF: Final = 0
CRACKDOWN: Final = 7  # on detours around an embargo
BOYCOTT: Final = 8  # purchases withheld: a concession while it stands suspended
KINDS: Final = (
    "tariff",
    "export_ban",
    "export_control",
    "licensing",
    "port_fee",
    "entity_list",
    "investment",
    "crackdown",
    "boycott",
)

NEVER: Final = -1
DAYS_PER_MONTH: Final = 30.4375
