"""What a turn lets the caller hear: whether it says anything, in the right language, without a hole in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivr.call.case_kinds import PROMISED_CALLS
from ivr.call.verbs import Speak, TransferVerb, Verb
from ivr.flow.model import Release, Slot


class Fault(NamedTuple):
    """What is wrong with a turn: its kind, the prompt it is in, and the value, language or case it is about."""

    kind: str
    about: str = ""
    prompt: str = ""


PROMISED = "a call is promised"
"""Not wrong by itself: the promise `a number to call` looks at what was known of the caller by then."""


class Hearing:
    """Looks at the verbs of a turn; what the words of a prompt are made of is looked up once."""

    def __init__(self, release: Release) -> None:
        self._slots = {name: prompt.slots for name, prompt in release.prompts.items()}
        self._solid = {
            (name, language)
            for name, prompt in release.prompts.items()
            for language, parts in prompt.parts.items()
            if any(isinstance(part, Slot) or (isinstance(part, str) and any(map(str.isalnum, part))) for part in parts)
        }

        self._promising = {name for name, prompt in release.prompts.items() if prompt.says_so}

    def faults(self, verbs: Sequence[Verb]) -> Iterator[Fault]:
        """Everything wrong with what is heard."""
        silent = True
        for verb in verbs:
            if isinstance(verb, Speak):
                if (verb.prompt, verb.language) in self._solid:
                    silent = False
                else:
                    yield Fault("no words", verb.language, verb.prompt)
                if verb.about and (verb.about in PROMISED_CALLS or verb.prompt in self._promising):
                    yield Fault(PROMISED, verb.about)
                if len(verb.values) != len(self._slots[verb.prompt]):
                    missing = sorted(self._slots[verb.prompt] - verb.values.keys())
                    yield Fault("a hole", f"{{{missing[0]}}}", verb.prompt)
            elif isinstance(verb, TransferVerb) and verb.whisper:
                if missing := sorted(self._slots[verb.whisper] - verb.values.keys()):
                    yield Fault("a hole", f"{{{missing[0]}}}", verb.whisper)
        if silent:
            yield Fault("silent")
