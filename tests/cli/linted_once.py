"""What lint says of the same files, asked once: most commands are tested on the shipped flows, about something else."""

from __future__ import annotations

import sys
from datetime import date
from functools import lru_cache

import pytest

from ivr.errors import Finding
from ivr.flow.parse import Parsed
from ivr.lint import findings
from ivr.lint.rule import Profile

MOST = 20
check = findings.check


class _Read:
    """Files as read, the same as others where all texts are."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self._texts = (parsed.as_meant, *((source.file, source.text) for source in parsed.sources))

    def __hash__(self) -> int:
        return hash(self._texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Read) and self._texts == other._texts


@lru_cache(MOST)
def _found(read: _Read, profile: Profile, today: date | None) -> tuple[Finding, ...]:
    return tuple(check(read.parsed, profile, today))


def lint_once(patch: pytest.MonkeyPatch) -> None:
    """From now on the commands of this process lint the same files once. Where a test counts the work of lint, none of
    it is spared."""

    def found(parsed: Parsed, profile: Profile = "draft", today: date | None = None) -> list[Finding]:
        if sys.getprofile() is not None:
            return check(parsed, profile, today)
        return list(_found(_Read(parsed), profile, today))

    patch.setattr(findings, "check", found)
