"""Which question `ivr hear` asks, in which language, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from ivr.calendar.dates import parse_date
from ivr.engine.hearing import hearing_phase
from ivr.errors import InvalidArgument
from ivr.flow.likely import did_you_mean
from ivr.flow.model import Release, StepKey
from ivr.messages.message import Message


def question_at(release: Release, written: str) -> StepKey:
    """The question `flow.step` names. `InvalidArgument` where there is none, or it hears no words."""
    flow, _, step = written.partition(".")
    if not step:
        raise InvalidArgument(Message("hear-command.form", written=written))
    if flow not in release.flows:
        raise InvalidArgument(Message("hear-command.no-flow", flow=flow, hint=_hint(flow, list(release.flows))))
    steps = release.flows[flow].steps
    if step not in steps:
        raise InvalidArgument(
            Message("hear-command.no-step", flow=flow, step=step, hint=_hint(step, _asking(release, flow)))
        )
    if not hearing_phase(steps[step]):
        asking = _asking(release, flow)
        hint = Message("hear-command.these", names=tuple(asking)) if asking else Message("hear-command.none-here")
        raise InvalidArgument(Message("hear-command.hears-nothing", at=written, hint=hint))
    return StepKey(flow, step)


def _asking(release: Release, flow: str) -> list[str]:
    return [name for name, step in release.flows[flow].steps.items() if hearing_phase(step)]


def _hint(word: str, names: Sequence[str]) -> str:
    """The name most likely meant, or those there are."""
    listed = Message("hear-command.these", names=tuple(names)) if names else Message("hear-command.none-here")
    return did_you_mean(word, names) or listed


def language_of(release: Release, tag: str | None) -> str:
    """A language of the hotline, its first one where none is named. `InvalidArgument` where it does not speak it."""
    if tag is None:
        return release.first_language
    if tag not in release.languages:
        raise InvalidArgument(Message("hear-command.no-language", tag=tag, known=tuple(release.languages)))
    return tag


def moment(release: Release, day: str | None) -> datetime:
    """Noon of a day at the hotline; now where none is given."""
    zone = ZoneInfo(release.time_zone)
    if day is None:
        return datetime.now(UTC).astimezone(zone)
    try:
        return datetime.combine(parse_date(day), time(12), zone)
    except ValueError:
        raise InvalidArgument(Message("hear-command.no-day", day=day)) from None
