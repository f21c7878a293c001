"""Starting a survey, or trying what would start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ivr.app.database import opened
from ivr.cli.shared.echo import echo
from ivr.cli.shared.people_lines import the_lead
from ivr.cli.shared.survey_lines import plan_lines, the_list
from ivr.config import Settings
from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.service.rows import stamp
from ivr.service.surveys.survey import SurveyRow, Wanted, calls_of, planned


@dataclass(frozen=True, slots=True)
class StartOptions:
    """The options of `ivr survey start`, as typed."""

    flow: str
    file: Path
    dry_run: bool
    simulated: bool
    acts: str


def start_survey(settings: Settings, options: StartOptions) -> bool:
    """Tell who is phoned and until when, and begin unless it is a trial; whether anybody is phoned."""
    listed = the_list(options.file)
    with opened(settings) as database:
        lead = "" if options.dry_run else the_lead(database.people, options.acts).name
        ports = database.ports
        live = ports.store.current_release()
        if not live:
            raise NoSuch(Message("survey.refused.no-release"))
        release, now = ports.release(live), datetime.now(UTC)
        calls = calls_of(release, options.flow)
        plan = planned(ports, database.surveys, release, Wanted(options.flow, listed, now, options.simulated))
        for line in plan_lines(plan, calls):
            echo(line)
        if not plan.people:
            return False
        if options.dry_run:
            echo(Message("survey.dry-run"))
            return True
        row = SurveyRow("", options.flow, stamp(now), lead, options.file.name, len(plan.people))
        row = database.surveys.begin(row, plan.people)
        echo(Message("survey.started", survey=row.survey))
    return True
