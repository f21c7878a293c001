"""What a rule is: codes, severity, what it says of itself on its page, two examples, and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ivr.errors import Finding, Severity
from ivr.lint.context import LintContext

Profile = Literal["draft", "live"]
RuleCheck = Callable[[LintContext], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of lint, made by the file that bears its name.

    `page` is that file's docstring: the codes, what is found, who is harmed. `severity` is what its findings have, or
    the gravest of them. `profile`: a rule of `live` is only tried for flows that callers will hear. `live`: its
    severity there, where it differs. `dated`: it needs to know what day it is.

    `passes` and `fails` are its test and its manual page: steps, a flow or keys of hotline.yaml, put into docs/small;
    a line `---` divides two files.
    """

    codes: tuple[str, ...]
    severity: Severity
    page: str
    fix: str
    fails: str
    passes: str
    check: RuleCheck
    profile: Profile = "draft"
    live: Severity | None = None
    dated: bool = False
