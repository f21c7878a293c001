"""A call explore has found, as a dialogue to read and a fixture to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from ivr.call.facts import ANSWERED_BY, DIALLED, HISTORY, NAME_OF_CUSTOMER, TAKEN, source_of
from ivr.call.inputs import Digits, Input, NoInput, Recording, Speech, Transferred
from ivr.call.keys import written_key, written_keys
from ivr.carrier.phone_call import WrongAction
from ivr.explore.asked_facts import CALLER, INSTANT, moves_on
from ivr.explore.graph import InputWay
from ivr.explore.replayed import ExampleCall
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message
from ivr.replay.both_ways import engine_phone, left_by_engine
from ivr.replay.engine_phone import OUTCOMES
from ivr.replay.fixture import FixtureFields, MessageFields, TurnFields
from ivr.replay.placed_fields import CUSTOMER
from ivr.replay.play import act, ring
from ivr.replay.saving import Head, fixture_text

NAME = f"case.{TAKEN}.{NAME_OF_CUSTOMER.removeprefix('case.')}"
HANG_UP = TurnFields.model_validate("hang up")
MEANS: Mapping[str, str] = {
    "limit turns": "proof.means.limit-turns",
    "limit twice": "proof.means.limit-twice",
    "limit call": "proof.means.limit-call",
    "hold": "proof.means.hold",
    "an empty message": "proof.means.empty-message",
    "hang up while speaking": "proof.means.hang-up-speaking",
}
"""What comes in beside the acts of callers, by its name in the graph."""


@dataclass(slots=True)
class WrittenExample:
    """The dialogue, and the fixture's text; empty where the call cannot be written as one (a limit met, a hold)."""

    dialogue: list[str] = field(default_factory=list)
    text: str = ""


def written_example(walked: Walked, example: ExampleCall, title: str) -> WrittenExample:
    """Play a call explore has found on the bare engine and write it down."""
    found = WrittenExample()
    turns = [turn_of(came) for came in example.inputs[1:]]
    if not all(turns) or any(edge.way.mover in ("limit", "hold") for edge in example.edges):
        found.dialogue = [Message("proof.means.line", means=_means(edge.way)) for edge in example.edges[1:]]
        return found
    fields = _fields(walked, example, title, [turn for turn in turns if turn is not None])
    phone, scene = engine_phone(fields, walked.release)
    acts: list[tuple[str, TurnFields]] = []
    ring(phone, fields)
    for turn in fields.turns:
        found.dialogue += [f"  {said.text}" for said in phone.heard]
        acts.append((phone.heard[0].text if phone.heard else "", turn))
        scene.before(turn)
        try:
            done = act(phone, turn)
        except WrongAction:
            return found
        found.dialogue += [f"> {done}"] if turns else []
    found.dialogue += [f"  {said.text}" for said in phone.heard]
    if phone.waiting != "ended":
        acts.append((phone.heard[0].text if phone.heard else "", HANG_UP))
        phone.hang_up()
    head = Head(
        at=fields.at, caller=fields.from_, called=fields.to, language=example.language, flow=fields.flow, title=title,
        outgoing=fields.outgoing, answered=fields.answered, case=_written_case(fields),
        facts=fields.facts, switches={name: "yes" if on else "no" for name, on in fields.switches.items()},
    )  # fmt: skip
    found.text = fixture_text(head, acts, left_by_engine(phone))
    return found


def _means(way: InputWay) -> str:
    """What came in, where no act of a caller can be written for it; an act is written as in a fixture."""
    code = MEANS.get(way.means)
    return Message(code) if code else way.means


def turn_of(came: Input) -> TurnFields | None:
    """An input as the act of a fixture's turn; None for what no caller does."""
    match came:
        case Digits(keys=keys):
            return TurnFields(press=written_keys(keys))
        case Speech(text=text, confidence=confidence):
            return TurnFields(
                speak=text, confidence=None if confidence is None else f"{max(1, round(confidence * 100))}%"
            )
        case NoInput():
            return TurnFields(silence=True)
        case Transferred(outcome=outcome):
            return TurnFields(transfer=next(word for word, meant in OUTCOMES.items() if meant == outcome))
        case Recording(seconds=seconds, key=key):
            if key == "hangup":
                return TurnFields(record=MessageFields.model_validate({"seconds": seconds, "hang up": "yes"}))
            return TurnFields(record=MessageFields(seconds=seconds, key=written_key(key) or None))
    return None


def _fields(walked: Walked, example: ExampleCall, title: str, turns: list[TurnFields]) -> FixtureFields:
    release, questions = walked.release, walked.questions
    begun = example.facts_of[0]
    caller = questions.answers(CALLER)[begun.get(CALLER, 0)]
    facts = _facts(walked, begun)
    at = questions.instants[begun[INSTANT]].at.astimezone(ZoneInfo(release.time_zone))
    numbers = {flow: number for number, flow in release.numbers.items()}
    written = {
        "call": title,
        "at": at,
        "from": caller or "",
        "to": _dialled(walked, example) or numbers.get(example.entry) or next(iter(release.numbers), "+862155500000"),
        "language": example.language,
        "flow": "" if example.entry in (release.default, *numbers) else example.entry,
        "facts": {name: value for name, value in facts.items() if name in HISTORY},
        "switches": {name[7:]: value == "yes" for name, value in facts.items() if source_of(name) == "switch"},
        "turns": [_moved(walked, example, n, turn) for n, turn in enumerate(turns, 1)] or [HANG_UP],
        "ends": {"disposition": "abandoned"},
    }
    if example.entry in release.outgoing:
        written |= {"from": "", "flow": "", **_placed(walked, example)}
    return FixtureFields.model_validate(written)


def _written_case(fields: FixtureFields) -> dict[str, str]:
    given = fields.case.model_dump(exclude_unset=True) if fields.case else {}
    return {name: str(value) for name, value in given.items()}


def _placed(walked: Walked, example: ExampleCall) -> dict[str, object]:
    """How a call of ours is written: in which flow it begins, who answers, and of the case whether a name is known."""
    begun, release, flow = example.facts_of[0], walked.release, example.entry
    answers = {name: walked.questions.answers(name)[begun.get(name, 0)] for name in (ANSWERED_BY, NAME)}
    found: dict[str, object] = {"outgoing": flow, "answered": answers[ANSWERED_BY], "to": CUSTOMER}
    if "case" in release.flows[flow].takes.values():
        kind = next((kind for kind, rule in release.cases.items() if rule.follow_up == flow), "complaint")
        found["case"] = {"kind": kind, **({"name": answers[NAME]} if answers[NAME] else {})}
    return found


def _dialled(walked: Walked, example: ExampleCall) -> str:
    """The number dialled, where the call asks for it."""
    answer = example.facts_of[0].get(DIALLED)
    return next((number for n, number in walked.questions.dialled(example.entry) if n == answer), "")


def _facts(walked: Walked, known: Mapping[str, int]) -> dict[str, str]:
    """The facts that may change in a call, as a fixture writes them; opening hours follow from the time."""
    answers = {name: walked.questions.answers(name)[answer] for name, answer in known.items()
               if moves_on(name) and name != INSTANT}  # fmt: skip
    return {name: value for name, value in answers.items() if value is not None}


def _moved(walked: Walked, example: ExampleCall, n: int, turn: TurnFields) -> TurnFields:
    """A turn at which a fact is other than it was before says so."""
    before, now = example.facts_of[n - 1], example.facts_of[n]
    changed = {name: value for name, value in _facts(walked, now).items() if now.get(name) != before.get(name)}
    if now[INSTANT] != before[INSTANT]:
        status: Mapping[str, str] = walked.questions.instants[now[INSTANT]].status
        changed |= {f"hours.{name}": each for name, each in status.items()}
    return turn.model_copy(update={"facts": changed}) if changed else turn
