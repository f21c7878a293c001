"""Play a fixture on a telephone, act by act, and note the first thing that is not as the file says."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ivr.carrier.phone_call import Outcome, Said, Waiting, WrongAct
from ivr.replay.fixture import CaseFields, Fixture, TurnFields, keys_of
from ivr.replay.scene import Scene


class Phone(Protocol):
    """A telephone a fixture can be played on."""

    @property
    def heard(self) -> Sequence[Said]: ...

    @property
    def waiting(self) -> Waiting: ...

    def dial(self) -> None: ...

    def press(self, keys: str) -> None: ...

    def speak(self, text: str, confidence: float = 0.9) -> None: ...

    def silence(self) -> None: ...

    def record(self, seconds: int, text: str = "", key: str = "") -> None: ...

    def transfer(self, outcome: Outcome) -> None: ...

    def hang_up(self, recorded: int = 0) -> None: ...


@dataclass(slots=True)
class Played:
    """What came of a fixture: the dialogue, what was heard before each act, and the first failure, empty if none."""

    dialogue: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    failure: str = ""


def play(fixture: Fixture, phone: Phone, scene: Scene | None = None) -> Played:
    """Lead the call, in the scene the phone's hotline stands in (none where time is real). It stops at the first
    failure, whose line starts with `file:line:`."""
    played = Played()
    phone.dial()
    for n, turn in enumerate(fixture.fields.turns):
        words = _listen(phone, played)
        line = fixture.line("turns", n)
        if phone.waiting == "ended":
            played.failure = f"{fixture.file}:{line}: the call had ended before this turn"
            return played
        failure = _compare(turn.hear, turn.not_hear, words)
        if failure:
            played.failure = f"{fixture.file}:{line}: {failure}"
            return played
        if scene is not None:
            scene.before(turn)
        try:
            played.dialogue.append(f"> {act(phone, turn)}")
        except WrongAct as wrong:
            played.failure = f"{fixture.file}:{line}: {wrong}"
            return played
    words = _listen(phone, played)
    ends = fixture.fields.ends
    failure = _compare(ends.hear, [], words)
    if not failure and phone.waiting != "ended":
        failure = f"the call goes on (it waits at a {phone.waiting}); end it with `- hang up`"
    if failure:
        played.failure = f"{fixture.file}:{fixture.line('ends')}: {failure}"
    return played


def act(phone: Phone, turn: TurnFields) -> str:
    """Do the one act of a turn; how it reads in a dialogue. `WrongAct` where the line waits for something else."""
    if turn.press is not None:
        phone.press(keys_of(turn.press))
        return f"press {turn.press}"
    if turn.speak is not None:
        phone.speak(turn.speak, int(turn.confidence[:-1]) / 100 if turn.confidence else 0.9)
        return f"speak {turn.speak}"
    if turn.transfer is not None:
        phone.transfer(turn.transfer)
        return f"transfer {turn.transfer}"
    if turn.record is not None:
        message = turn.record
        if message.hang_up:
            phone.hang_up(recorded=message.seconds)
            return f"record {message.seconds} s and hang up"
        phone.record(message.seconds, message.text, keys_of(message.key or ""))
        return f"record {message.seconds} s {message.text}".rstrip()
    if turn.silence:
        phone.silence()
        return "silence"
    phone.hang_up()
    return "hang up"


def _listen(phone: Phone, played: Played) -> str:
    words = "".join(said.text for said in phone.heard)
    played.heard.append(bare(words))
    played.dialogue.extend(said.text for said in phone.heard)
    return words


def _compare(hear: Sequence[str], not_hear: Sequence[str], words: str) -> str:
    for wanted in hear:
        if bare(wanted) not in bare(words):
            return f'expected to hear "{wanted}", heard "{words or "nothing"}"'
    for unwanted in not_hear:
        if bare(unwanted) in bare(words):
            return f'expected not to hear "{unwanted}", heard "{words}"'
    return ""


def bare(words: str) -> str:
    """Words without spaces, punctuation and letter case: what an ear compares."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if unicodedata.category(c)[0] in "LN")


def check_cases(fixture: Fixture, disposition: str | None, cases: Sequence[Mapping[str, str]]) -> str:
    """What the call left against what the file says it leaves: a failure's line, empty if none."""
    ends = fixture.fields.ends
    where = f"{fixture.file}:{fixture.line('ends')}"
    if disposition != ends.disposition:
        return f"{where}: expected the disposition {ends.disposition}, the call ended {disposition}"
    left = {case["kind"]: case for case in cases}
    for wanted in ends.case:
        found = left.pop(wanted.kind, None)
        if found is None:
            return f"{where}: expected a case of kind {wanted.kind}, the call left {', '.join(left) or 'none'}"
        for name, value in _wanted(wanted).items():
            if found.get(name) != value:
                have = found.get(name, "not known")
                return f"{where}: expected the {wanted.kind}'s {name} to be {value}, it is {have}"
    if left:
        return f"{where}: the call also left a case of kind {', '.join(left)}; name it, or `case: no`"
    return ""


def _wanted(case: CaseFields) -> dict[str, str]:
    given = case.model_dump(exclude_unset=True)
    return {name: ("yes" if v else "no") if isinstance(v, bool) else str(v) for name, v in given.items()}
