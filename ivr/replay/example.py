"""A call on record as an example: led the same way, with stand-ins for everything its caller keyed in, said or was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from ivr.call.events import Ended, Event, ExitTaken, TransferEnded
from ivr.call.inputs import Digits, Given, Input, Masked, NoInput, Recording, Speech, Start, Stored, Transferred
from ivr.call.state import State
from ivr.call.verbs import Record, Speak, Verb
from ivr.case.record import CaseRecord, fold
from ivr.engine.conclude import conclude
from ivr.engine.turn import Turn, begin, take_turn
from ivr.flow.model import Release
from ivr.flow.words import words
from ivr.replay.both_ways import Left, run_engine
from ivr.replay.fixture import TurnFields, read_fixture
from ivr.replay.saving import Head, fixture_text
from ivr.service.ports import RecordedCall
from ivr.service.refold import decode_stored

CALLER = "+12025550123"
ENTRIES = ("02155500100", "2025550123", "12025550123")
WRITTEN = {"*": "star", "#": "pound"}
SAID = ("xyz", "an example")


@dataclass(slots=True)
class _Double:
    """The call led again: where it stands, what it was told last, what it did, what came of it."""

    state: State
    verbs: Sequence[Verb] = ()
    acts: list[tuple[str, TurnFields]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def example_text(release: Release, call: RecordedCall, hear_from: int = 0) -> str | None:
    """The call as a fixture that passes on its own release; None where no fixture leads the same way.

    What is heard counts only after turn `hear_from`, so that words that changed on the way do not fail it.
    """
    stored = [decode_stored(turn.input) for turn in call.turns]
    first = stored[0].input
    language = first.language if isinstance(first, Start) else ""
    state = begin(release, call.entry, language)
    double = _Double(state)
    for number, each in enumerate(stored, 1):
        given = Given(each.input, number, each.served, each.facts)
        turn = take_turn(release, state, given, each.at)
        if not _follow(release, double, each, number, turn):
            return None
        state = turn.state
    if double.state.stack:
        double.acts.append((_heard(release, double.verbs), TurnFields.model_validate("hang up")))
    flow = call.entry if call.entry != release.numbers.get(call.called, release.default) else ""
    at = stored[0].at.astimezone(ZoneInfo(release.time_zone)).replace(microsecond=0)
    head = Head(at=at, caller=CALLER if call.caller else "", called=call.called or "+862155500000",
                language=language, flow=flow)  # fmt: skip
    acts = [(heard if n >= hear_from else "", act) for n, (heard, act) in enumerate(double.acts, 1)]
    text = fixture_text(head, acts, _left(double.events))
    fixture, _ = read_fixture("example.call.yaml", text.encode())
    return text if fixture is not None and not run_engine(fixture, release)[0].failure else None


def _follow(release: Release, double: _Double, stored: Stored, number: int, turn: Turn) -> bool:
    """Take the first stand-in that goes the same way; False where none does."""
    for came in _stand_ins(release, double.state, stored.input):
        facts = {name: CALLER if value and name in ("caller.phone", "call.from") else value
                 for name, value in stored.facts.items()}  # fmt: skip
        taken = take_turn(release, double.state, Given(came, number, stored.served, facts), stored.at)
        if _way(taken) == _way(turn):
            act = _act(came, double.verbs)
            if act is None and number > 1:
                return False
            if act is not None:
                double.acts.append((_heard(release, double.verbs), act))
            double.state, double.verbs = taken.state, taken.verbs
            double.events += taken.events
            return True
    return False


def _way(turn: Turn) -> object:
    """What must be the same of two turns: exits, and where and how the call waits."""
    exits = [event for event in turn.events if isinstance(event, ExitTaken)]
    state = turn.state
    where = [(frame.flow, frame.step) for frame in state.stack]
    return exits, where, state.phase, state.no_input, state.no_match, state.language


def _stand_ins(release: Release, state: State, came: Input) -> Iterator[Input]:
    """What may stand for an input, the likest first; nothing a caller chose freely is among them."""
    match came:
        case Digits(keys=keys) if len(keys) == 1:
            yield came
        case Digits(keys=keys):
            yield from (Digits(entry) for entry in (*ENTRIES, *_of_length(len(keys)), "**"))
        case Masked(length=length):
            yield from (Digits(entry) for entry in _of_length(length))
        case Speech(confidence=confidence):
            sure = 0.9 if confidence is None else confidence
            yield from (Speech(text, sure) for text in (*_sayable(release, state), *ENTRIES, *SAID))
        case Recording(seconds=seconds, key=key):
            yield Recording("RE" + "0" * 32, seconds, key)
        case _:
            yield came


def _of_length(length: int) -> Iterator[str]:
    yield from (digit * length for digit in "123456789")


def _sayable(release: Release, state: State) -> Iterator[str]:
    """What the flows themselves say may be said here."""
    if not state.stack:
        return
    step = release.flows[state.stack[-1].flow].steps[state.stack[-1].step]
    for part in ("choosing", "yes_no", "consent"):
        choosing = getattr(step, part, None)
        yield from (word for word, _ in (choosing.words[state.language] if choosing else ()))
    for shortcut in release.shortcuts.values():
        yield from (word for word, _ in shortcut.words.get(state.language, ()))


def _act(came: Input, verbs: Sequence[Verb]) -> TurnFields | None:
    match came:
        case Digits(keys=keys):
            return TurnFields(press="".join(WRITTEN.get(key, key) for key in keys))
        case Speech(text=text, confidence=confidence):
            return TurnFields(speak=text, confidence=f"{round(100 * (confidence or 0))}%")
        case NoInput():
            return TurnFields(silence=True)
        case Transferred(outcome=outcome):
            return TurnFields.model_validate({"transfer": outcome.replace("_", "-")})
        case Recording(seconds=seconds, key=key) if isinstance(verbs[-1], Record):
            ended = {"hang up": "yes"} if key == "hangup" else {"key": WRITTEN.get(key, key)} if key else {}
            return TurnFields.model_validate({"record": {"seconds": seconds, **ended}})
    return None


def _heard(release: Release, verbs: Sequence[Verb]) -> str:
    """The first words that hold no value: others change from call to call."""
    said = (v for v in verbs if isinstance(v, Speak) and not release.prompts[v.prompt].slots)
    return next((words(release, v.prompt, v.language, {}) for v in said), "")


def _left(events: Sequence[Event]) -> Left:
    cases: dict[str, CaseRecord] = {}
    for event in events:
        kind = getattr(event, "kind", None)
        if kind is not None and (record := fold(cases.get(kind), event)) is not None:
            cases[kind] = record
    ended = [event.disposition for event in events if isinstance(event, Ended)]
    disposition = conclude(
        flow_ended=ended[-1] if ended else None,
        transferred=any(isinstance(e, TransferEnded) and e.outcome == "answered" for e in events),
        complete_case=any(not case.partial for case in cases.values()),
    )
    return Left(disposition, [{"kind": c.kind, "partial": "yes" if c.partial else "no"} for c in cases.values()])
