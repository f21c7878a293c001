"""Starting a survey, or trying what would start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ivr.app.database import opened
from ivr.cli.shared.echo import echo
from ivr.cli.shared.lead_decides import lead_decides
from ivr.cli.shared.survey_lines import plan_lines, the_list
from ivr.config import Settings
from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.service.rows import stamp
from ivr.service.surveys.survey import Planned, SurveyRow, Surveys, Wanted, calls_of, planned


@dataclass(frozen=True, slots=True)
class StartOptions:
    """The options of `ivr survey start`, as typed."""

    flow: str
    file: Path
    dry_run: bool
    simulated: bool
    acts: str


def start_survey(settings: Settings, options: StartOptions) -> bool:
    """Tell who is phoned and until when, and begin unless it is a trial; whether anybody can be phoned."""
    listed = the_list(options.file)
    with opened(settings) as database:
        ports = database.ports
        live = ports.store.current_release()
        if not live:
            raise NoSuch(Message("survey.refused.no-release"))
        release, now = ports.release(live), datetime.now(UTC)
        calls = calls_of(release, options.flow)
        plan = planned(ports, database.surveys, release, Wanted(options.flow, listed, now, options.simulated))
        for line in plan_lines(plan, calls):
            echo(line)
        if plan.people and options.dry_run:
            echo(Message("survey.dry-run"))
        elif plan.people:
            lead_decides(database, options.acts, lambda: _begun(database.surveys, plan, options, now))
    return bool(plan.people)


def _begun(surveys: Surveys, plan: Planned, options: StartOptions, now: datetime) -> Message:
    row = SurveyRow("", options.flow, stamp(now), options.acts, options.file.name, len(plan.people))
    return Message("survey.started", survey=surveys.begin(row, plan.people).survey)
