"""The closed table of step kinds. A new kind is one file, one row here, and its name in the manual."""

from __future__ import annotations

from types import ModuleType

from ivr.steps import (
    branch,
    case,
    collect,
    follow_up,
    hangup,
    hours,
    language,
    menu,
    note,
    record,
    run,
    say,
    set,
    transfer,
    yes_no,
)
from ivr.steps.compiling import StepFields

_TABLE: tuple[tuple[type[StepFields], ModuleType], ...] = (
    (say.SayFields, say),
    (menu.MenuFields, menu),
    (yes_no.YesNoFields, yes_no),
    (collect.CollectFields, collect),
    (record.RecordFields, record),
    (language.LanguageFields, language),
    (branch.BranchFields, branch),
    (hours.HoursFields, hours),
    (set.SetFields, set),
    (run.RunFields, run),
    (case.CaseFields, case),
    (note.NoteFields, note),
    (follow_up.FollowUpFields, follow_up),
    (transfer.TransferFields, transfer),
    (hangup.HangupFields, hangup),
)

KINDS: dict[str, type[StepFields]] = {file.KIND.name: fields for fields, file in _TABLE}
EXAMPLES: dict[str, str] = {file.KIND.name: file.EXAMPLE for _, file in _TABLE}
