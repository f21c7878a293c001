"""The closed table of step kinds. A new kind is one file, one row here, and its name in the manual."""

from __future__ import annotations

from types import ModuleType

from ivr.steps import branch, case, collect, hangup, hours, language, menu, record, run, say, set, transfer, yes_no
from ivr.steps.compiling import StepFields

_TABLE: dict[str, tuple[type[StepFields], ModuleType]] = {
    "say": (say.SayFields, say),
    "menu": (menu.MenuFields, menu),
    "yes_no": (yes_no.YesNoFields, yes_no),
    "collect": (collect.CollectFields, collect),
    "record": (record.RecordFields, record),
    "language": (language.LanguageFields, language),
    "branch": (branch.BranchFields, branch),
    "hours": (hours.HoursFields, hours),
    "set": (set.SetFields, set),
    "run": (run.RunFields, run),
    "case": (case.CaseFields, case),
    "transfer": (transfer.TransferFields, transfer),
    "hangup": (hangup.HangupFields, hangup),
}

KINDS = {kind: fields for kind, (fields, _) in _TABLE.items()}
EXAMPLES: dict[str, str] = {kind: module.EXAMPLE for kind, (_, module) in _TABLE.items()}
