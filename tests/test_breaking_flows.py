"""The fixtures guard the shipped flows: break a flow in one place, and some call no longer comes out as its file says.

A break is made in the flow as data, by the path of what is broken: "product.choices.1" is in the step `product`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import Fixture, read_fixture
from ivr.source.yaml_file import read_source

HERE = Path(__file__).parent
SHIPPED = {f"flows/{file.name}": file.read_bytes() for file in (HERE.parent / "flows").glob("*.yaml")}
Break = Callable[[dict[str, Any]], None]


def swap(one: str, other: str) -> Break:
    """Two things change places."""

    def do(flow: dict[str, Any]) -> None:
        (here, a), (there, b) = found(flow, one), found(flow, other)
        here[a], there[b] = there[b], here[a]

    return do


def put(path: str, value: Any) -> Break:
    """Something says something else, or says what it did not say."""

    def do(flow: dict[str, Any]) -> None:
        inside, key = found(flow, path)
        assert inside.get(key) != value
        inside[key] = value

    return do


def drop(path: str) -> Break:
    """Something is left out."""

    def do(flow: dict[str, Any]) -> None:
        inside, key = found(flow, path)
        del inside[key]

    return do


def begin_with(step: str) -> Break:
    """Another step comes first, and that is where the flow begins."""

    def do(flow: dict[str, Any]) -> None:
        flow["steps"] = {step: flow["steps"].pop(step), **flow["steps"]}

    return do


def found(flow: dict[str, Any], path: str) -> tuple[Any, Any]:
    """The mapping or list something stands in, and its key there; a path without a dot is in the flow's head."""
    *way, last = path.split(".")
    inside: Any = flow["steps"] if way else flow
    for part in way:
        inside = inside[int(part) if isinstance(inside, list) else part]
    return inside, int(last) if isinstance(inside, list) else last


BREAKS: Mapping[str, Mapping[str, list[Break]]] = {
    "main": {
        "Mandarin and English on each other's key": [swap("language.choices.1.is", "language.choices.2.is")],
        "lost card and complaint on each other's key": [swap("menu.choices.1", "menu.choices.3")],
        "inquiry and feedback lead to each other": [swap("menu.choices.2.next", "menu.choices.4.next")],
        "8 does not switch recording off": [put("notice.choices.8.next", "menu")],
        "silence at the notice switches recording off": [put("notice.no_input", "no_recording")],
        "senior callers go to the ordinary desk": [put("menu.choices.5.next", "person")],
        "a number is asked for before the lost card is on record": [
            put("emergency.otherwise", "emergency_busy"),
            put("emergency_phone.with", {"subject": "lost_card", "priority": "urgent", "phone": {"phone": ""}}),
        ],
        "the lost card callback is not urgent": [drop("emergency_case.with.priority")],
        "yes at the end says goodbye": [put("more.yes", "goodbye")],
        "no at the end leads round again": [put("more.no", "menu")],
        "the lost card callback has no number": [put("emergency_contact.next", "emergency_promise")],
    },
    "complaint": {
        "cards and loans on each other's key": [swap("product.choices.1", "product.choices.2")],
        "the product is not saved": [drop("product.save")],
        "the message is not saved": [drop("story.save")],
        "the number is asked for before the message": [
            put("product.next", "contact"),
            put("contact.next", "story"),
            put("contact.outcomes.none", "story"),
            put("story.next", "open"),
        ],
        "no case is opened at the start": [drop("intake")],
        "silence instead of a message ends the call": [put("story.no_input.next", "goodbye")],
        "silence about the number ends the call": [put("contact.outcomes.none", "goodbye")],
        "yes at the end says goodbye": [put("receipt.yes", "goodbye")],
        "yes and no at the end lead the other way": [swap("receipt.yes", "receipt.no")],
        "callers with and without a number hear each other's receipt": [
            swap("told.branch.0.next", "told.branch.1.next")
        ],
        "the receipt is spoken before the case is complete": [put("contact.next", "receipt")],
    },
    "inquiry": {
        "loans and investments lead to each other's answer": [swap("topic.choices.2.next", "topic.choices.3.next")],
        "loans and investments save each other's name": [swap("topic.choices.2.is", "topic.choices.3.is")],
        "yes and no lead the other way": [swap("answered.yes", "answered.no")],
        "answered and unanswered are mixed up": [swap("told.with.outcome", "not_answered.with.outcome")],
        "the question is not saved": [drop("story.save")],
        "what was told is not put on record": [put("account.next", "answered"), put("wealth.next", "answered")],
        "the number is not asked for": [put("story.next", "open")],
        "yes at the end says goodbye": [put("more.yes", "goodbye")],
        "callers with and without a number hear each other's receipt": [
            swap("which.branch.0.next", "which.branch.1.next")
        ],
    },
    "feedback": {
        "the rating is not saved": [drop("rating.save")],
        "the answer is not saved": [drop("resolved.save")],
        "the scale ends at 4": [put("rating.scale", "1-4")],
        "the answer is asked for before the rating": [
            begin_with("resolved"),
            put("resolved.next", "rating"),
            put("rating.next", "comment"),
        ],
        "silence about the rating brings a person": [drop("rating.no_input")],
        "a consent not understood brings a person": [drop("comment.no_match")],
        "thanked before it is kept": [put("comment.next", "thanks"), put("comment.no_input", "thanks")],
    },
    "contact": {
        "yes and no lead the other way": [swap("same.yes", "same.no")],
        "known and withheld numbers lead to each other": [swap("known.branch.0.next", "known.branch.1.next")],
        "a number entered is not read back": [drop("ask.confirm")],
        "any digits pass for a number": [put("ask.type", "digits")],
        "silence means no": [put("same.no_input.next", "ask")],
        "the number is not handed back": [drop("gives")],
        "the number entered is not saved": [drop("ask.save")],
        "silence for a number brings a person": [put("ask.no_input.next", "flow agent")],
    },
    "agent": {
        "yes and no lead the other way": [swap("offer.yes", "offer.no")],
        "closed and busy lead to each other": [swap("hold.closed", "hold.otherwise")],
        "the ordinary desk is not tried behind the senior one": [put("elderly.otherwise", "busy")],
        "senior callers and others lead to each other": [swap("which.branch.0.next", "which.branch.1.next")],
        "no feedback after a person has helped": [put("hold.answered", "goodbye")],
        "the callback has no number": [put("book.with", {"subject": "agent"})],
        "the callback is promised but not booked": [put("contact.next", "booked")],
        "silence at the offer goes round": [put("offer.no_input.next", "return")],
        "silence at the offer means no call back": [put("offer.no_input.next", "goodbye")],
    },
    "followup": {
        "yes and no to the answer lead the other way": [swap("accept.yes", "accept.no")],
        "the person and a stranger are taken for each other": [swap("person.choices.1.next", "person.choices.2.next")],
        "a no is put on record as unclear": [put("refused.follow_up", "unclear")],
        "the reason is not kept": [put("why.next", "reopened")],
        "whoever wants no more calls is phoned another day": [put("person.choices.4.next", "later")],
        "the new date is not said": [put("keep_why.next", "rating"), put("why.no_input", "rating")],
        "the rating is not kept": [put("rating.next", "goodbye")],
    },
    "survey": {
        "whoever has no time is asked": [swap("may_we.choices.1.next", "may_we.choices.2.next")],
        "whoever wants no more calls is phoned another day": [put("may_we.choices.3.next", "later")],
        "whoever takes part is not on record": [put("willing.follow_up", "unclear")],
    },
    "opinion": {
        "the rating is not saved": [drop("rating.save")],
        "the answer is not saved": [drop("resolved.save")],
        "the scale ends at 4": [put("rating.scale", "1-4")],
        "what was answered is not completed": [put("resolved.next", "goodbye")],
    },
}


def fixtures() -> list[Fixture]:
    """The calls to the shipped flows."""
    calls = []
    for file in sorted((HERE / "calls").glob("*.call.yaml")):
        fixture, findings = read_fixture(file.name, file.read_bytes())
        assert fixture is not None, findings
        if not fixture.fields.flows:
            calls.append(fixture)
    return calls


CALLS = fixtures()


def failing(files: Mapping[str, bytes]) -> Iterator[str]:
    """The fixtures that fail on these flows, by the names of their files; each played when it is asked for."""
    parsed = parse(files)
    assert parsed.findings == []
    release = compile_release(parsed)
    return (call.file for call in CALLS if run_engine(call, release)[0].failure)


def broken(flow: str, breaks: list[Break]) -> dict[str, bytes]:
    """The shipped files, one flow broken."""
    file = f"flows/{flow}.yaml"
    data = read_source(file, SHIPPED[file]).data
    for do in breaks:
        do(data)
    return {**SHIPPED, file: yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()}


@pytest.mark.parametrize("flow", BREAKS)
def test_a_flow_written_anew_but_not_broken_fails_no_call(flow: str) -> None:
    assert list(failing(broken(flow, []))) == []


@pytest.mark.parametrize(
    ("flow", "breaks"),
    [
        pytest.param(flow, breaks, id=f"{flow}: {what}")
        for flow, each in BREAKS.items()
        for what, breaks in each.items()
    ],
)
def test_a_broken_flow_fails_a_call(flow: str, breaks: list[Break]) -> None:
    noticed_by = next(failing(broken(flow, breaks)), "")

    assert noticed_by, "no fixture notices"


def test_every_shipped_flow_is_broken_in_some_way() -> None:
    assert {f"flows/{flow}.yaml" for flow in BREAKS} == SHIPPED.keys() - {"flows/hotline.yaml", "flows/topics.yaml"}
