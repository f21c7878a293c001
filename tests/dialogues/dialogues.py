"""tests/dialogues/dialogues.md, written from the fixtures: what each call is about, and what is said in it.

python tests/dialogues/dialogues.py
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ivr.call.events import ExitTaken
from ivr.call.verbs import Speak
from ivr.engine.turn import Turn
from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.flow.words import words
from ivr.lint.findings import compiled
from ivr.replay.both_ways import engine_phone
from ivr.replay.fixture import Fixture, TurnFields, read_fixture
from ivr.replay.play import act, ring, shown_act
from ivr.replay.transcript import announcements

FOLDER = Path(__file__).parent
CALLS = FOLDER.parent / "calls"
FLOWS = FOLDER.parents[1] / "flows"
PAGE = FOLDER / "dialogues.md"
HEAD = """\
# Dialogues

Written by [dialogues.py](dialogues.py) from the fixtures in [tests/calls](../calls); do not edit it. Each is a
call as its caller hears it, but for the list of keys behind each question, and is played by every test run, through
the engine alone and through the webhooks. `>` is what the caller does, with what it means there. How to write one:
[fixtures.md](../../docs/fixtures.md).
"""
ACTS = {
    "press": "presses", "speak": "says", "record": "leaves a message:", "silence": "is silent", "hang up": "hangs up",
}  # fmt: skip
OURS = "ours"
GROUPS = {
    "complaint": "Complaints",
    "inquiry": "Questions",
    "callback": "Callbacks, and calls to a person",
    "feedback": "Feedback",
    "": "Calls that leave no case",
    OURS: "Calls to customers",
}


def page() -> str:
    """The page as it must read."""
    groups: dict[str, list[str]] = {name: [] for name in GROUPS}
    for file in sorted(CALLS.glob("*.call.yaml")):
        fixture, findings = read_fixture(file.name, file.read_bytes())
        if fixture is None:
            raise ValueError(findings)
        kinds = [case.kind for case in fixture.fields.ends.case]
        group = OURS if fixture.fields.outgoing else next((name for name in GROUPS if name in kinds), "")
        groups[group].append("\n".join(_call(fixture)))
    parts = [HEAD]
    for name, title in GROUPS.items():
        parts += [f"## {title}\n", *groups[name]]
    return "\n".join(parts)


def _call(fixture: Fixture) -> Iterator[str]:
    fields = fixture.fields
    yield f"### {fields.call[:1].upper()}{fields.call[1:]}\n"
    caller = f"from {fields.from_}" if fields.from_ else "number withheld"
    caller = f"a call of ours, answered: {fields.answered}" if fields.outgoing else caller
    yield f"[{fixture.file}](../calls/{fixture.file}): {fields.at:%A, %Y-%m-%d %H:%M}, {caller}.\n"
    yield "```text"
    yield from _dialogue(fixture)
    yield "```\n"
    yield f"{_ends(fixture)}\n"


def _dialogue(fixture: Fixture) -> Iterator[str]:
    release = _release(fixture.fields.flows)
    fields = fixture.in_zone(release.time_zone).fields
    phone, scene = engine_phone(fields, release)
    ring(phone, fields)
    for turn in fields.turns:
        yield from _said(release, phone.taken[-1])
        before = len(phone.taken)
        scene.before(turn)
        act(phone, turn)
        yield f"> {_done(turn)}{_meaning(release, phone.taken[before:])}"
    if phone.heard:
        yield from _said(release, phone.taken[-1])


def _said(release: Release, turn: Turn) -> Iterator[str]:
    for verb in turn.verbs:
        if isinstance(verb, Speak) and verb.prompt not in announcements(release):
            yield f"  {words(release, verb.prompt, verb.language, verb.values)}"


def _done(turn: TurnFields) -> str:
    told = shown_act(turn)
    name = next(name for name, done in turn.acts.items() if done not in (None, False))
    return told.replace(name, ACTS.get(name, name), 1)


def _meaning(release: Release, turns: list[Turn]) -> str:
    """The choice an act has made, where its key or words do not say so themselves."""
    for event in turns[0].events if turns else ():
        if isinstance(event, ExitTaken):
            by_language = getattr(release.flows[event.flow].steps[event.step], "offers", {}).values()
            chosen = any(event.exit in offers for offers in by_language)
            return f" ({event.exit})" if chosen and not event.exit.isdigit() else ""
    return ""


def _ends(fixture: Fixture) -> str:
    ends = fixture.fields.ends
    left = " and ".join(_left(case.model_dump(exclude_unset=True)) for case in ends.case)
    if fixture.fields.outgoing:
        noted = ", ".join(f"{name} {value}" for name, value in ends.noted.items())
        left = " and ".join(filter(None, [f"the result {ends.follow_up}", noted, left]))
        return f"Ends {ends.disposition}, with {left}." if ends.disposition else f"Comes to {ends.follow_up}."
    return f"Ends {ends.disposition}, with {left or 'no case'}."


def _left(case: dict[str, object]) -> str:
    kind, partial = str(case.pop("kind")), case.pop("partial", False)
    article = "an" if kind[0] in "aeiou" else "a"
    rest = ", ".join(f"{name} {value}" for name, value in case.items())
    return f"{article} {kind}{' only begun' if partial else ''}{f' ({rest})' if rest else ''}"


@cache
def _release(folder: str) -> Release:
    return compiled(read_files(str(CALLS / folder if folder else FLOWS)))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
