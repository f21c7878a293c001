"""What can be wrong: findings (an author's mistakes, as values) and the few exceptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ivr.messages.message import Message

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One mistake in an author's file. `line` and `column` count from 1, in characters.

    The field order is the sort order: by place first, so that a report reads down the page. `end_column` is the first
    column behind what is wrong, 0 where only its beginning is known.
    """

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""
    end_column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return str(self.sentence())

    def sentence(self) -> Message:
        """The line of a report: place, severity, code, message and hint."""
        said = tuple(filter(None, (self.message, self.hint)))
        severity = Message("finding.error") if self.severity == "error" else Message("finding.warning")
        where = f"{self.file}:{self.line}:{self.column}"
        return Message("finding.line", where=where, severity=severity, code=self.code, said=said)


class Problem(NamedTuple):
    """What a finding says, before it has a place: its stable code, the message, the likely fix, how grave it is."""

    code: str
    message: Message
    hint: str = ""
    severity: Severity = "error"


class IvrError(Exception):
    """Something a person can act on; its text is one sentence for whoever runs the command."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)

    @property
    def message(self) -> str:
        """The sentence, which can be made in the reader's language too."""
        return self.args[0] if self.args else ""


class FlowInvalid(IvrError):
    """The flows hold errors; `findings` says which, in the order of the files."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        Exception.__init__(self, "\n".join(map(str, findings)))

    def __reduce__(self) -> tuple[type[FlowInvalid], tuple[list[Finding]]]:
        """It may come from another process."""
        return FlowInvalid, (self.findings,)


class SettingInvalid(IvrError):
    """A setting is missing or makes no sense."""


class InvalidArgument(IvrError):
    """An argument or option of a command makes no sense, or names a file that cannot be used."""


class NoSuch(IvrError):
    """The call, case, flow or release asked for does not exist."""


class NoDatabase(IvrError):
    """The database of the settings does not exist yet."""


class StoreUnavailable(IvrError):
    """The database cannot be used now: locked past the deadline, missing, read-only, full or damaged."""
