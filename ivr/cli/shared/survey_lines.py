"""What the commands of surveys read and say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.echo import echo
from ivr.errors import InvalidArgument, NoSuch
from ivr.messages.message import Message
from ivr.service.outgoing.may_call import Rules
from ivr.service.surveys.survey import Planned, SurveyCount, SurveyRow, Surveys
from ivr.service.surveys.survey_csv import survey_csv
from ivr.service.surveys.survey_figures import Answered, figures


def the_list(file: Path) -> bytes:
    """The bytes of a list. `InvalidArgument` where there is no such file."""
    try:
        return file.read_bytes()
    except OSError as failed:
        why = Message("survey.refused.no-file", file=str(file), reason=failed.strerror or type(failed).__name__)
        raise InvalidArgument(why) from None


def the_survey(surveys: Surveys, name: str) -> SurveyRow:
    """A survey by its name. `NoSuch` where there is none."""
    row = surveys.find(name)
    if row is None:
        raise NoSuch(Message("survey.refused.unknown", survey=name))
    return row


def plan_lines(plan: Planned, calls: Rules) -> Iterator[Message]:
    """Who is left out and why, which columns say nothing, how many are phoned and until when."""
    for problem in plan.problems:
        yield Message("survey.row.line", line=problem.line, why=problem.why)
    if plan.unused:
        yield Message("survey.unused", columns=len(plan.unused), names=tuple(plan.unused))
    if not plan.people:
        yield Message("survey.nobody")
        return
    yield Message("survey.people", people=len(plan.people), flow=calls.outgoing.flow)
    if plan.end is None:
        yield Message("survey.no-end")
        return
    once, last = (_shown(at, calls) for at in plan.end)
    yield Message("survey.end", once=once, last=last, tries=calls.outgoing.tries)


def count_lines(found: Sequence[SurveyCount]) -> Iterator[Message]:
    """A line for each survey, or that there is none."""
    for each in found:
        row = each.row
        named = Message(
            "survey.named", survey=row.survey, day=row.made_at[:10], flow=row.flow, file=row.file, by=row.by
        )
        if each.whole:
            yield Message("survey.line", named=named, people=row.people, waiting=each.waiting)
        elif each.listed < row.people:
            yield Message("survey.line-not-whole", named=named, people=row.people, listed=each.listed)
        else:
            yield Message("survey.line-held", named=named, people=row.people, held=each.held, survey=row.survey)
    if not found:
        yield Message("survey.none")


def resumed_line(surveys: Surveys, name: str) -> Message:
    """Go on with a start that was cut off. `InvalidArgument` where its list is not wholly on record."""
    row = the_survey(surveys, name)
    people = surveys.resume(row)
    if people is None:
        raise InvalidArgument(Message("survey.refused.not-whole", survey=row.survey))
    return Message("survey.resumed", survey=row.survey, people=people)


def stopped_line(surveys: Surveys, name: str) -> Message:
    """Phone nobody of a survey any more."""
    row = the_survey(surveys, name)
    return Message("survey.stopped", survey=row.survey, waiting=surveys.stop(row.survey))


def print_results(row: SurveyRow, found: Sequence[Answered], form: str) -> None:
    """The answers as CSV or JSON, or else for people to read."""
    if form == "csv":
        click.echo(survey_csv(found), nl=False)
    elif form == "json":
        print_json({**row._asdict(), **figures(found)})
    else:
        for line in figure_lines(row, figures(found)):
            echo(line)


def figure_lines(row: SurveyRow, found: Mapping[str, Any]) -> Iterator[Message]:
    """The figures for people to read."""
    yield Message(
        "survey.figures", survey=row.survey, flow=row.flow, n=found["n"], phoned=found["phoned"],
        reached=found["reached"], answered=found["answered"], waiting=found["waiting"],
    )  # fmt: skip
    if share := found["csat"]:
        n, of, low, high = _percent(share)
        yield Message("survey.csat", share=of, low=low, high=high, n=n)
    else:
        yield Message("survey.no-csat")
    if share := found["resolved"]:
        n, of, low, high = _percent(share)
        yield Message("survey.resolved", share=of, low=low, high=high, n=n)
    else:
        yield Message("survey.no-resolved")


def _percent(share: Mapping[str, Any]) -> tuple[int, str, str, str]:
    of, low, high = (f"{share[each] * 100:.0f}%" for each in ("share", "low", "high"))
    return share["n"], of, low, high


def _shown(at: datetime, calls: Rules) -> str:
    return at.astimezone(ZoneInfo(calls.zone)).strftime("%Y-%m-%d %H:%M")
