"""Which questions and languages `ivr heard` is asked about, and how its lines for a file are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.cli.shared.echo import echo
from ivr.cli.shared.hear_place import language_of, question_at
from ivr.flow.model import Release, StepKey
from ivr.messages.message import Message
from ivr.replay.unanswered import Said


@dataclass(frozen=True, slots=True)
class Picked:
    """The question and the language that are asked for; None: any."""

    at: StepKey | None
    language: str | None

    @classmethod
    def of(cls, release: Release, at: str | None, language: str | None) -> Picked:
        """As typed. The errors of `question_at` and `language_of` where there is no such one."""
        place = question_at(release, at) if at is not None else None
        return cls(place, language_of(release, language) if language is not None else None)

    def has(self, said: Said) -> bool:
        """Whether it was said there, and in that language."""
        return self.at in {None, said.at} and self.language in {None, said.language}


def print_yaml(printed: Sequence[str]) -> None:
    """Lines for a file; where there are none, a word about it to whoever looks."""
    for line in printed:
        echo(line)
    if not printed:
        echo(Message("heard-command.no-yaml"), err=True)
