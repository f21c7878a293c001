"""A case as one page: what the caller said first, then the customer, the deadline, what is proposed, the decision and
what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ivr.case.case_words import clock_time, day_or_time, field_name, word
from ivr.case.clock_state import state_said
from ivr.case.event_sentences import RECORDING, event_lines
from ivr.cli.shared.case_lines import late_by, marks_of, state_of, what_of
from ivr.cli.shared.outgoing_lines import calls_made
from ivr.lint.formats.text import visible, width
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.service.releases.release_ports import short

Event = dict[str, Any]


class Row(NamedTuple):
    """A line with its label, or without one; a text of several lines takes as many."""

    label: str
    text: str


class Section(NamedTuple):
    """A head with its rows; without rows it is left out."""

    head: str
    rows: Sequence[Row]


def page_lines(case: dict[str, Any], call: Sequence[str] = ()) -> Iterator[str]:
    """The page of a case in the reader's language, of which no line moves the cursor. `call`: what was said in it."""
    sections = [section for section in _sections(case, call) if section.rows]
    column = max(width(shown(row.label)) for section in sections for row in section.rows) + 2
    for n, section in enumerate(sections):
        if n:
            yield ""
        yield visible(shown(section.head))
        for row in section.rows:
            yield from _laid_out(row, column)


def _laid_out(row: Row, column: int) -> Iterator[str]:
    label, lines = shown(row.label), shown(row.text).splitlines() or [""]
    filled = label + " " * (column - width(label)) if label else ""
    for n, line in enumerate(lines):
        yield visible(f"  {filled if n == 0 else ' ' * width(filled)}{line}")


def _sections(case: dict[str, Any], call: Sequence[str]) -> Iterator[Section]:
    yield Section(_head(case), _rows(opened_at=clock_time(case["opened_at"])[:16], version=case["version"]))
    yield Section(Message("case.page.story"), _story(case))
    yield Section(Message("case.page.said-later"), [row for said in case["said_later"] for row in _later(said)])
    yield Section(Message("case.page.customer"), _customer(case))
    yield Section(Message("case.page.clock"), _clock(case))
    yield Section(Message("case.page.proposed"), _proposed(case["triage"]))
    yield Section(Message("case.page.decision"), _decision(case))
    yield Section(Message("case.page.coded"), _rows(**case["codes"]))
    yield Section(Message("case.page.follow-up"), _unlabelled(list(calls_made(case.get("follow_ups", ())))))
    lines = list(event_lines(case["events"]))
    yield Section(Message("case.page.timeline", zone=case["time_zone"]), _unlabelled(lines))
    yield Section(Message("case.page.linked"), _unlabelled(case["linked"]))
    yield Section(Message("case.page.others"), _unlabelled(case["others"]))
    yield Section(Message("case.page.call"), [*_call(case), *_unlabelled(call)])


def _head(case: dict[str, Any]) -> Message:
    return Message(
        "case.page.head", number=case["number"], what=what_of(case), state=(*state_of(case), *marks_of(case))
    )


def _rows(**texts: Any) -> list[Row]:
    """Labelled rows; those without a text are left out."""
    return [
        Row(field_name(name), text if isinstance(text, str) else str(text))
        for name, text in texts.items()
        if text not in (None, "")
    ]


def _unlabelled(lines: Sequence[str]) -> list[Row]:
    return [Row("", line) for line in lines]


def _story(case: dict[str, Any]) -> list[Row]:
    lines = _told(case["story"] or {})
    resolved = word("resolved", case["resolved"]) if case["resolved"] else None
    return [*_unlabelled(lines), *_rows(rating=case["rating"], resolved=resolved)]


def _later(said: dict[str, Any]) -> list[Row]:
    lines = _told(said) or [Message("case.timeline.voice")]
    return [Row(clock_time(said["at"])[:16], lines[0]), *_unlabelled(lines[1:])]


def _told(story: dict[str, Any]) -> list[str]:
    """A story in lines: what was said, and the recording of it."""
    text = story.get("text") or ""
    lines: list[str] = [] if RECORDING.fullmatch(text) else text.splitlines()
    if story.get("recording_url"):
        code = "case.page.recorded" if lines else "case.page.no-transcript"
        lines += [story["recording_url"], Message(code, seconds=story["seconds"] or 0)]
    return lines


def _customer(case: dict[str, Any]) -> list[Row]:
    represented = case["represented"]
    if represented:
        names = _last(case["events"], "represented").get("names", "")
        role = word("represented", represented)
        represented = Message("case.page.represented", role=role, names=names) if names else role
    return _rows(
        caller=case["caller"], contact=case["contact"], language=case["language"], represented=represented,
        conflicts=", ".join(case["conflicts"]),
    )  # fmt: skip


def _clock(case: dict[str, Any]) -> list[Row]:
    clock = case["clock"]
    if clock["state"] == "none":
        return []
    late = case["late"] or None
    if not case["due"]:
        return _rows(clock=state_said(clock["state"]), why=clock["why"], late=late)
    when = day_or_time(case["due"], case["due_at"])
    due = Message("case.page.due", when=when, state=_standing(case))
    return _rows(due=due, why=clock["why"], late=late)


def _standing(case: dict[str, Any]) -> Message:
    """How a case stands with its deadline, and how far it is from it."""
    left, late = case["clock"]["workdays_left"], late_by(case)
    if late is not None:
        return late
    if case["clock"]["state"] != "running" or left is None:
        return state_said(case["clock"]["state"])
    return Message("case.page.left", days=left) if left else Message("case.page.left-today")


def _proposed(triage: dict[str, Any]) -> list[Row]:
    if not triage:
        return []
    risk = Message("case.page.risk", risk=triage["risk"]) if triage["risk"] else None
    return _rows(
        urgency=word("urgency", triage["urgency"]) if "urgency" in triage else None, risk=risk,
        category=triage.get("category"), next_step=triage.get("next_step"), marks="\n".join(triage["marks"]),
    )  # fmt: skip


def _decision(case: dict[str, Any]) -> list[Row]:
    if not case["decision"]:
        return []
    decided, told = _last(case["events"], "decided"), None
    if case["told_at"]:
        how = word("how", _last(case["events"], "told")["how"])
        told = Message("case.page.told", at=clock_time(case["told_at"])[:16], how=how)
    return _rows(
        outcome=word("outcome", case["decision"]),
        reasons=decided.get("reasons"),
        answer=decided.get("answer"),
        told=told,
    )


def _call(case: dict[str, Any]) -> list[Row]:
    ended = tuple(word(name, case[name]) for name in ("disposition", "ending") if case[name])
    path = " > ".join(case["path"] or ())
    release = short(case["release"]) if case["release"] else None
    if case["path"] is None and release:
        path = Message("case.path-gone", release=release)
    whole = Message("case.page.ended", ended=ended) if ended else None
    return _rows(call=case["call"], ending=whole, release=release, path=path)


def _last(events: Sequence[Event], kind: str) -> dict[str, str]:
    """What came with the last event of a kind; at least one there is."""
    found: dict[str, str] = [event["data"] for event in events if event["kind"] == kind][-1]
    return found
