"""The options of `ivr call`, checked before anybody phones: a call that cannot be kept would be made for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ivr.errors import InvalidArgument
from ivr.flow.model import Release
from ivr.messages.message import Message

CALLER = "+12025550123"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOptions:
    """How the caller phones: `flow` and `lang` empty as the hotline has it, `at` None for now."""

    flow: str
    lang: str
    caller: str
    called: str
    at: str | None
    save: str | None
    answer: bool


def check_answer(options: CallOptions) -> None:
    """`InvalidArgument` where something is wished for that whoever has phoned decides."""
    said = {
        "FLOW": options.flow, "--from": options.caller != CALLER, "--to": options.called, "--at": options.at,
        "--save": options.save,
    }  # fmt: skip
    if wrong := tuple(name for name, given in said.items() if given):
        raise InvalidArgument(Message("call-command.answer-alone", options=wrong))


def check_call(options: CallOptions, release: Release) -> None:
    """`InvalidArgument` where the release has no such flow or language, or the call cannot be saved."""
    if options.flow and options.flow not in release.flows:
        raise InvalidArgument(Message("call-command.no-flow", flow=options.flow, flows=tuple(release.flows)))
    if options.lang and options.lang not in release.languages:
        said = Message("call-command.no-language", language=options.lang, languages=tuple(release.languages))
        raise InvalidArgument(said)
    if options.save and Path(options.save).exists():
        raise InvalidArgument(Message("call-command.save-exists", file=options.save))
    if options.save and not Path(options.save).parent.is_dir():
        raise InvalidArgument(Message("call-command.no-folder", folder=str(Path(options.save).parent)))
