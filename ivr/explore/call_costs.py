"""What a turn costs a caller: turns, keys, menus, questions, or about how many seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ivr.flow.model import Part, Pause, Release
from ivr.flow.promises import Unit

VALUE = "12345678"
"""Stands for a value spoken in a prompt when its length is guessed."""


class TurnKind(NamedTuple):
    """All that costs depend on: the prompts said before the turn ends, the question it ends at (flow and step, empty
    if none, or if the call is over for the promise), and whether the caller chose or answered."""

    says: tuple[str, ...]
    asks: tuple[str, str] | None
    keyed: bool


class CallCosts:
    """The costs of turns in one unit."""

    def __init__(self, release: Release, unit: Unit | str) -> None:
        self.release, self.unit = release, unit
        self._spoken: dict[str, float] = {}

    def __call__(self, turn: TurnKind) -> float:
        """The cost of a turn."""
        step = self.release.flows[turn.asks[0]].steps[turn.asks[1]] if turn.asks else None
        match self.unit:
            case "turns":
                return 1
            case "keys":
                return turn.keyed
            case "menus":
                return step is not None and step.kind.menu
            case "questions":
                return step is not None and step.declared.listening is not None
        return sum(map(self._seconds, turn.says)) + (self._asked(turn.asks) if turn.asks else 0.0)

    def _asked(self, place: tuple[str, str]) -> float:
        """The seconds of a question with its choices, and of the longest message it takes."""
        step = self.release.flows[place[0]].steps[place[1]]
        listening = step.declared.listening
        if listening is None:
            return 0.0
        said = max((sum(map(self._seconds, each)) for each in step.declared.announces.values()), default=0.0)
        wait: float = max(listening.wait.values())
        return self._seconds(listening.prompt) + said + step.declared.message + wait

    def _seconds(self, prompt: str) -> float:
        if prompt not in self._spoken:
            found = self.release.prompts[prompt]
            self._spoken[prompt] = max(map(_seconds_of, found.parts.values()), default=0.0)
        return self._spoken[prompt]


def _seconds_of(parts: Sequence[Part]) -> float:
    silent = sum(part.seconds for part in parts if isinstance(part, Pause))
    text = "".join(part if isinstance(part, str) else VALUE for part in parts if not isinstance(part, Pause))
    return silent + seconds_spoken(text)


def seconds_spoken(text: str) -> float:
    """About how long a voice takes for a text: four and a half Chinese characters, or fifteen letters, a second."""
    wide = sum(c >= "\u2e80" for c in text)
    return wide / 4.5 + (len(text) - wide) / 15
