"""Play a fixture on a telephone, act by act, and note the first thing that is not as the file says."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Protocol

from ivr.call.keys import pressed_keys
from ivr.carrier.phone_call import DialOutcome, HeardPrompt, WaitingFor, WrongAction
from ivr.carrier.wrong_acts import waits_for
from ivr.messages.message import Message
from ivr.replay.carrier_words import said_by_carrier
from ivr.replay.fixture import ExpectedCase, Fixture, FixtureFields, TurnFields
from ivr.replay.placed_fields import NotTakenUp
from ivr.replay.scene import Scene

BY_NETWORK = {"human": "human", "machine": "machine_start", "unknown": ""}
"""What the network says of who has answered."""


class Phone(Protocol):
    """A telephone a fixture can be played on."""

    @property
    def heard(self) -> Sequence[HeardPrompt]: ...

    @property
    def waiting(self) -> WaitingFor: ...

    def dial(self) -> None: ...

    def answered(self, by: str = "") -> None: ...

    def not_answered(self, status: NotTakenUp) -> None: ...

    def press(self, keys: str) -> None: ...

    def speak(self, text: str, confidence: float = 0.9) -> None: ...

    def silence(self) -> None: ...

    def record(self, seconds: int, text: str = "", key: str = "") -> None: ...

    def transfer(self, outcome: DialOutcome) -> None: ...

    def refuse(self, code: int) -> None: ...

    def hang_up(self, recorded: int = 0) -> None: ...


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What was not as the file says: the sentence, where it stands in the file, and what it should say there instead
    (None where no expectation can be put right: the act itself does not fit)."""

    said: str
    path: tuple[str | int, ...]
    instead: str | None = None

    @property
    def of_words(self) -> bool:
        """Whether other words were heard than those expected."""
        return "hear" in self.path


@dataclass(slots=True)
class Played:
    """What came of a fixture: the dialogue, what was heard before each act and after the last, and the first thing
    that was not as the file says."""

    dialogue: list[str] = field(default_factory=list)
    heard: list[Sequence[str]] = field(default_factory=list)
    mismatch: Mismatch | None = None


def ring(phone: Phone, fields: FixtureFields) -> None:
    """Begin the call: it comes in, or the hotline places it and somebody answers, or nobody does."""
    match fields.answered:
        case _ if not fields.outgoing:
            phone.dial()
        case "busy" | "no-answer" | "failed":
            phone.not_answered(fields.answered)
        case _:
            phone.answered(BY_NETWORK[fields.answered])


def play(fixture: Fixture, phone: Phone, scene: Scene | None = None, *, deaf: bool = False) -> Played:
    """Lead the call, in the scene the phone's hotline stands in (none where time is real), up to the first failure.

    `deaf`: other words than those expected (`hear`) are no failure.
    """
    played = Played()
    ring(phone, fixture.fields)
    for n, turn in enumerate(fixture.fields.turns):
        spoken = _listen(phone, played)
        if phone.waiting == "ended":
            played.mismatch = Mismatch(Message("replay.play.over"), ("turns", n))
            return played
        played.mismatch = _compare([] if deaf else turn.hear, turn.not_hear, spoken, ("turns", n))
        if played.mismatch:
            return played
        if scene is not None:
            scene.before(turn)
        try:
            played.dialogue.append(f"> {act(phone, turn)}")
        except WrongAction as wrong:
            played.mismatch = Mismatch(said_by_carrier(wrong.told), ("turns", n))
            return played
    spoken = _listen(phone, played)
    played.mismatch = _compare([] if deaf else fixture.fields.ends.hear, [], spoken, ("ends",))
    if not played.mismatch and phone.waiting != "ended":
        waits = said_by_carrier(waits_for(phone.waiting))
        played.mismatch = Mismatch(Message("replay.play.goes-on", waits=waits), ("ends",))
    return played


def act(phone: Phone, turn: TurnFields) -> str:
    """Do the one act of a turn; how it reads in a dialogue. `WrongAction` where the line waits for something else."""
    if turn.press is not None:
        phone.press(pressed_keys(turn.press))
    elif turn.speak is not None:
        phone.speak(turn.speak, int(turn.confidence[:-1]) / 100 if turn.confidence else 0.9)
    elif turn.transfer is not None:
        phone.transfer(turn.transfer)
    elif turn.record is not None and turn.record.hang_up:
        phone.hang_up(recorded=turn.record.seconds)
    elif turn.record is not None:
        phone.record(turn.record.seconds, turn.record.text, pressed_keys(turn.record.key or ""))
    elif turn.silence:
        phone.silence()
    elif turn.refused is not None:
        phone.refuse(turn.refused)
    else:
        phone.hang_up()
    return shown_act(turn)


def shown_act(turn: TurnFields) -> str:
    """How the act of a turn reads in a dialogue."""
    if turn.press is not None:
        return f"press {turn.press}"
    if turn.speak is not None:
        return f"speak {turn.speak}"
    if turn.transfer is not None:
        return f"transfer {turn.transfer}"
    if turn.record is not None:
        ended = " and hang up" if turn.record.hang_up else f" {turn.record.text}".rstrip()
        return f"record {turn.record.seconds} s{ended}"
    if turn.refused is not None:
        return f"refused {turn.refused}"
    return "silence" if turn.silence else "hang up"


def _listen(phone: Phone, played: Played) -> Sequence[str]:
    spoken = [said.text for said in phone.heard]
    played.heard.append(spoken)
    played.dialogue.extend(spoken)
    return spoken


def _compare(
    hear: Sequence[str], not_hear: Sequence[str], spoken: Sequence[str], path: tuple[str | int, ...]
) -> Mismatch | None:
    words = "".join(spoken)
    for n, wanted in enumerate(hear):
        if bare(wanted) not in bare(words):
            said = Message("replay.play.heard", wanted=wanted, heard=words)
            if not words:
                said = Message("replay.play.heard-nothing", wanted=wanted)
            return Mismatch(said, (*path, "hear", n), _likest(wanted, spoken))
    for unwanted in not_hear:
        if bare(unwanted) in bare(words):
            return Mismatch(Message("replay.play.unwanted", unwanted=unwanted, heard=words), path)
    return None


def _likest(wanted: str, spoken: Sequence[str]) -> str | None:
    """Of what was said, what is most like the words expected; the first of it if nothing is."""
    return max(spoken, key=lambda said: SequenceMatcher(None, bare(wanted), bare(said)).ratio(), default=None)


def bare(words: str) -> str:
    """Words without spaces, punctuation and letter case: what an ear compares."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if unicodedata.category(c)[0] in "LN")


def check_end(fixture: Fixture, disposition: str | None, ending: str | None) -> Mismatch | None:
    """How the call ended against what the file says of it."""
    ends = fixture.fields.ends
    if ends.disposition is not None and disposition != ends.disposition:
        said = Message("replay.play.disposition", wanted=ends.disposition, found=disposition or "-")
        return Mismatch(said, ("ends", "disposition"), disposition)
    if ends.ending and ending != ends.ending:
        said = Message("replay.play.ending", wanted=ends.ending, found=ending or "-")
        return Mismatch(said, ("ends", "ending"), ending)
    return None


def check_follow_up(fixture: Fixture, result: str | None, noted: Mapping[str, str]) -> Mismatch | None:
    """What came of a call that the hotline placed, and what it put on its case, against what the file says."""
    ends = fixture.fields.ends
    if ends.follow_up and result != ends.follow_up:
        said = Message("replay.placed.came-to", wanted=ends.follow_up, found=result or "-")
        return Mismatch(said, ("ends", "follow_up"), result)
    for name, wanted in ends.noted.items():
        if (found := noted.get(name)) != wanted:
            said = Message("replay.placed.note-unknown", name=name, wanted=wanted)
            if found is not None:
                said = Message("replay.placed.note", name=name, wanted=wanted, found=found)
            return Mismatch(said, ("ends", "noted", name), found)
    return None


def check_cases(fixture: Fixture, cases: Sequence[Mapping[str, str]]) -> Mismatch | None:
    """What the call left against what the file says it leaves."""
    ends = fixture.fields.ends
    left = {case["kind"]: case for case in cases}
    for n, wanted in enumerate(ends.case):
        found = left.pop(wanted.kind, None)
        if found is None:
            said = Message("replay.play.case", wanted=wanted.kind, found=tuple(left))
            if not left:
                said = Message("replay.play.no-case", wanted=wanted.kind)
            return Mismatch(said, ("ends", "case"), _written(cases))
        for name, value in _wanted(wanted).items():
            if found.get(name) != value:
                said = _other_value(wanted.kind, name, value, found.get(name))
                return Mismatch(said, ("ends", "case", n, name), found.get(name))
    if left:
        said = Message("replay.play.also", kinds=tuple(left))
        return Mismatch(said, ("ends", "case"), _written(cases))
    return None


def _other_value(kind: str, name: str, wanted: str, found: str | None) -> Message:
    if found is None:
        return Message("replay.play.value-unknown", kind=kind, name=name, wanted=wanted)
    return Message("replay.play.value", kind=kind, name=name, wanted=wanted, found=found)


def _written(cases: Sequence[Mapping[str, str]]) -> str:
    """Cases as `case` names them at least: their kind, and that they are partial."""
    each = [f"{{kind: {case['kind']}{', partial: yes' if case['partial'] == 'yes' else ''}}}" for case in cases]
    return each[0] if len(each) == 1 else f"[{', '.join(each)}]" if each else "no"


def _wanted(case: ExpectedCase) -> dict[str, str]:
    given = case.model_dump(exclude_unset=True)
    return {name: ("yes" if v else "no") if isinstance(v, bool) else str(v) for name, v in given.items()}
