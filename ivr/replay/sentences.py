"""Sentences put together: the place of one, several one below another, the first of several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from ivr.errors import Finding, FlowInvalid, IvrError
from ivr.messages.message import Message


def at(where: str, said: str) -> Message:
    """A sentence behind the place in a file that it is about."""
    return Message("replay.at", where=where, said=said)


def all_of(findings: Sequence[Finding]) -> Message:
    """What findings say, one below another."""
    sentences = [finding.sentence() for finding in findings]
    return reduce(lambda above, below: Message("replay.below", above=above, below=below), sentences)


def first_said(failed: IvrError) -> str:
    """What an error says; of several findings the first."""
    return failed.findings[0].sentence() if isinstance(failed, FlowInvalid) else failed.message
