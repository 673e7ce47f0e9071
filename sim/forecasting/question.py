"""What a forecast is asked: how measures stand by a day, or how promises end.

    MEASURE:STATUS      has the status on some evening after as-of, up to and including `by`
    MEASURE:STATUS@by   has it on the evening of `by` itself
    MEASURES:ends       how suspensions end: extended, lapsed, broken, lifted (or open)
    OUTCOME             a chance that `snapback list outcomes` has, such as snapback_within:days=7: of
                        the whole run up to `by`; void where it says that it could not happen

STATUS is available, in_force, suspended or lifted. MEASURES is one measure, several joined by `+`,
or the date that suspensions end on, for all of them. A promise is judged by the day after its last:
broken if the measure was reactivated on its last day or before, lapsed if it came back by itself,
lifted if it was lifted, else extended; open if `by` comes first. Of several promises the gravest end
counts: broken before lapsed before open before extended before lifted.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sim.domain.constants import BY_MOVE, BY_SUNSET, IN_FORCE, LIFTED, STATUSES, SUSPENDED
from sim.domain.dates import spoken
from sim.domain.errors import EvidenceError
from sim.domain.run_record import RunRecord
from sim.forecasting.forced_history import state_on, status_on
from sim.outcomes import Outcome, parse
from sim.outcomes.outcome_register import names as rule_names
from sim.scenarios.messages import place_of, quoted
from sim.scenarios.schema import Scenario

ENDS = "ends"
ENDING = -1  # in place of a status: it is asked how promises end,
RULED = -2  # or for an outcome of the register
NOWHERE = -1  # in place of a measure
VOID = "void"
ON_THE_DAY = "@by"
YES, NO = "yes", "no"
BROKEN, LAPSED, OPEN, EXTENDED, LIFTED_FOR_GOOD = "broken", "lapsed", "open", "extended", "lifted"
GRAVEST_FIRST = (BROKEN, LAPSED, OPEN, EXTENDED, LIFTED_FOR_GOOD)
WORDS = {"in_force": "is in force", "suspended": "is suspended", "lifted": "is lifted", "available": "is not"}


class Promise(NamedTuple):
    """A suspension as it stands when the forecast is made."""

    measure: int
    until: int  # its last day


@dataclass(frozen=True)
class ForecastQuestion:
    """What is asked, resolved against a scenario."""

    spelling: str  # as it was asked
    as_of: int  # last day of the past [day number]
    by: int  # last day that counts [day number]
    outcomes: tuple[str, ...]  # exclusive, one of them happens
    sentence: str  # the question in words
    status: int = RULED  # that is asked for, ENDING or RULED
    measures: tuple[int, ...] = ()  # positions of the measures
    on_the_day: bool = False  # whether it is asked for on `by` alone
    promises: tuple[Promise, ...] = ()  # the suspensions of the measures, as they stand on `as_of`
    early: tuple[str, ...] = ()  # outcomes that may be known before `by` is over
    rule: Outcome | None = None  # of the register, if it is asked for one


class DecidedRun(NamedTuple):
    """What came of it in a run, and the day and measure that decided."""

    outcome: str
    day: int  # the day after `by` if nothing decided before
    measure: int  # NOWHERE if an outcome of the register was asked for


def parse_question(text: str, source: Scenario, run: RunRecord, as_of: date, by: date) -> ForecastQuestion:
    """The event of a spelling such as `cn_ga_ge_sb_ban:in_force`, in a scenario that was run up to `as_of`.

    Raises EvidenceError if the measure, status or day is unknown, or nothing is promised.
    """
    if not as_of < by <= source.end:
        raise EvidenceError(f"by: expected a day after {as_of} and up to {source.end}, got {by}")
    names, colon, what = (x.strip() for x in text.strip().partition(":"))
    if names in rule_names() and names not in [m.id for m in source.measures]:
        return _ruled(text, source, as_of.toordinal(), by.toordinal())
    if not colon or not names or not what:
        raise EvidenceError(
            f"event {quoted(text)}: expected MEASURE:STATUS such as cn_ga_ge_sb_ban:in_force, or MEASURE:ends"
        )
    day, end = as_of.toordinal(), by.toordinal()
    if what == ENDS:
        return _ends(text, source, run, names, day, end)
    word, on_the_day = what.removesuffix(ON_THE_DAY), what.endswith(ON_THE_DAY)
    if word not in STATUSES:
        allowed = [*STATUSES, *(s + ON_THE_DAY for s in STATUSES), ENDS]
        place_of(f"event {quoted(text)}", "status", word, allowed, EvidenceError)
    number = _measure(text, source, names)
    title = source.measures[number].title
    when = f"on {spoken(end)}" if on_the_day else f"on any day after {spoken(day)}, up to {spoken(end)}"
    state = "is not imposed" if word == "available" else WORDS[word]
    return ForecastQuestion(
        spelling=text.strip(),
        as_of=day,
        by=end,
        measures=(number,),
        status=STATUSES.index(word),
        on_the_day=on_the_day,
        promises=tuple(p for p in _promises(run, day) if p.measure == number),
        outcomes=(YES, NO),
        early=() if on_the_day else (YES,),
        sentence=f"{title} ({names}) {state} {when}",
    )


def outcome_of(event: ForecastQuestion, run: RunRecord) -> DecidedRun:
    """What came of an event in a run, and what decided it."""
    if event.rule is not None:
        value = event.rule(run)
        answer = VOID if value != value else YES if value > 0.5 else NO
        return DecidedRun(answer, event.by + 1, NOWHERE)
    if event.status != ENDING:
        return _stood(event, run)
    ends = [_ended(event, run, promise) for promise in event.promises]
    return min(ends, key=lambda end: (GRAVEST_FIRST.index(end.outcome), end.day))


def _stood(event: ForecastQuestion, run: RunRecord) -> DecidedRun:
    """Whether a measure had a status, and the day of the change that made it so, or not."""
    number = event.measures[0]
    turned = [c for c in run.changes if c.measure == number and event.as_of < c.day <= event.by]
    last = turned[-1].day if turned else event.by + 1
    if event.on_the_day:
        same = status_on(run, number, event.by) == event.status
        return DecidedRun(YES if same else NO, last, number)
    if status_on(run, number, event.as_of + 1) == event.status:
        return DecidedRun(YES, turned[0].day if turned and turned[0].day == event.as_of + 1 else last, number)
    for change in turned:
        if change.status == event.status:
            return DecidedRun(YES, change.day, number)
    return DecidedRun(NO, last, number)


def _ended(event: ForecastQuestion, run: RunRecord, promise: Promise) -> DecidedRun:
    """How a suspension ended, judged by the day after its last."""
    judged = min(promise.until + 1, event.by)
    renewed = 0
    for change in run.changes:
        if change.measure != promise.measure or not event.as_of < change.day <= judged:
            continue
        if change.status == IN_FORCE and change.cause == BY_MOVE and change.day <= promise.until:
            return DecidedRun(BROKEN, change.day, promise.measure)
        if change.status == IN_FORCE and change.cause == BY_SUNSET:
            return DecidedRun(LAPSED, change.day, promise.measure)
        if change.status == LIFTED:
            return DecidedRun(LIFTED_FOR_GOOD, change.day, promise.measure)
        if change.status == SUSPENDED and change.until > promise.until:
            renewed = change.day
    if renewed and event.by > promise.until:
        return DecidedRun(EXTENDED, renewed, promise.measure)
    return DecidedRun(OPEN, event.by + 1, promise.measure)


def _ruled(text: str, source: Scenario, day: int, end: int) -> ForecastQuestion:
    """An outcome of the register as an event."""
    rule = parse(text, source, end)
    if rule.unit != "chance":
        raise EvidenceError(f"event {quoted(text)}: expected an outcome that is a chance, got {rule.unit}")
    sentence = f"{rule.sentence.removesuffix('.')} ({text.strip()}), up to {spoken(end)}"
    return ForecastQuestion(text.strip(), day, end, (YES, NO, VOID), sentence, rule=rule)


def _ends(text: str, source: Scenario, run: RunRecord, names: str, day: int, end: int) -> ForecastQuestion:
    suspensions = _promises(run, day)
    try:
        wanted = date.fromisoformat(names).toordinal()
    except ValueError:
        numbers = [_measure(text, source, name.strip()) for name in names.split("+")]
        promises = [p for p in suspensions if p.measure in numbers]
        idle = [source.measures[n].id for n in numbers if n not in [p.measure for p in promises]]
        if idle:
            suspended = ", ".join(source.measures[p.measure].id for p in suspensions) or "none"
            raise EvidenceError(
                f"event {quoted(text)}: expected measures that are suspended on {date.fromordinal(day)}, "
                f"got {idle[0]}; suspended are: {suspended}"
            ) from None
    else:
        promises = [p for p in suspensions if p.until == wanted]
        if not promises:
            dates = sorted({date.fromordinal(p.until).isoformat() for p in suspensions})
            raise EvidenceError(
                f"event {quoted(text)}: no suspension has its last day on {names}; "
                f"expected one of {', '.join(dates) or 'none'}"
            )
    over, ahead = any(p.until < end for p in promises), any(p.until >= end for p in promises)
    outcomes = [*([EXTENDED, LAPSED] if over else []), BROKEN, LIFTED_FOR_GOOD, *([OPEN] if ahead else [])]
    last = sorted({p.until for p in promises})
    answer = " and ".join(spoken(x) for x in last)
    if len(promises) == 1:
        m = source.measures[promises[0].measure]
        subject = f"the suspension until {answer} of {m.title} ({m.id}) ends"
    else:
        ids = ", ".join(source.measures[p.measure].id for p in promises)
        subject = f"the {len(promises)} promises until {answer} end ({ids}; the gravest end counts)"
    return ForecastQuestion(
        spelling=text.strip(),
        as_of=day,
        by=end,
        measures=tuple(p.measure for p in promises),
        status=ENDING,
        promises=tuple(promises),
        outcomes=tuple(outcomes),
        early=(BROKEN,),
        sentence=f"How {subject}, by {spoken(end)}",
    )


def _promises(run: RunRecord, day: int) -> list[Promise]:
    """The suspensions that stand on an evening."""
    states = [(number, state_on(run, number, day)) for number in range(len(run.opening))]
    return [Promise(k, state.until) for k, state in states if state.status == SUSPENDED and state.until > day]


def _measure(text: str, source: Scenario, name: str) -> int:
    return place_of(f"event {quoted(text)}", "measure", name, (m.id for m in source.measures), EvidenceError)
