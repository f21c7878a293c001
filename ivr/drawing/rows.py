"""The rows of a card: every exit of a step in exactly one, exits that mean one thing and lead to one place together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.drawing.conditions import conditions
from ivr.drawing.graph import Row
from ivr.drawing.measure import plain
from ivr.messages.catalogue import ENGLISH, language_like
from ivr.messages.message import Message
from ivr.steps.step import GIVE_UPS, UNANSWERED, Counted, GiveUp, Step
from ivr.steps.target import Target

_ONCE: Mapping[str, str] = {"no_input": "drawing.row.silent", "no_match": "drawing.row.unclear"}
_OFTEN: Mapping[str, str] = {"no_input": "drawing.row.silent-times", "no_match": "drawing.row.unclear-times"}


def in_picture(text: str, language: str) -> str:
    """A message in the language of a picture, or in English where there are no messages in it; other text as it is."""
    return plain(text.in_language(language_like(language) or ENGLISH) if isinstance(text, Message) else text)


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes the rows of one step in a language of the hotline."""

    step: Step
    language: str

    def made(self) -> list[Row]:
        """Choices in the order of the file, then other ways, then the ways a question is given up."""
        exits = self.step.declared.exits
        choices = [exit for exit in exits if exit in self._keys()]
        ways = [exit for exit in exits if exit not in choices and exit not in UNANSWERED]
        rows = [self._scale(choices)] if self._is_scale(choices) else [self._choice(exit) for exit in choices]
        unanswered = list(self._unanswered())
        leads = [exits[row.exits[0]] for row in unanswered]
        unanswered.sort(key=lambda row: (row.tone == "give-up", leads.index(exits[row.exits[0]])))
        return [*rows, *self._ways(ways), *unanswered]

    def said(self, message: Message) -> str:
        """A message in the language of the picture, or in English."""
        return in_picture(message, self.language)

    def _keys(self) -> Mapping[str, Sequence[str]]:
        """By exit its keys, those of the picture's language where it has any."""
        exits = self.step.declared.exits
        found: dict[str, dict[str, list[str]]] = {}
        for choosing in self.step.declared.choices.values():
            for tag, keys in choosing.keys.items():
                if set(keys.values()) <= exits.keys():
                    for key, name in keys.items():
                        found.setdefault(name, {}).setdefault(tag, []).append(key)
        return {name: by.get(self.language) or next(iter(by.values())) for name, by in found.items()}

    def _is_scale(self, choices: Sequence[str]) -> bool:
        declared = self.step.declared
        named = declared.labels.keys() | self.step.kind.row_words.keys()
        return len(choices) > 2 and not named & set(choices) and len({declared.exits[c] for c in choices}) == 1

    def _scale(self, choices: Sequence[str]) -> Row:
        keys = [key for exit in choices for key in self._keys()[exit]]
        return Row(tuple(choices), "choice", f"{keys[0]}–{keys[-1]}", self.said(Message("drawing.row.number")))

    def _choice(self, exit: str) -> Row:
        labels = self.step.declared.labels.get(exit, {})
        label = labels.get(self.language) or next(iter(labels.values()), "")
        return Row((exit,), "choice", " ".join(self._keys()[exit]), plain(label) or self._word(exit))

    def _ways(self, exits: Sequence[str]) -> Iterator[Row]:
        declared, kind = self.step.declared, self.step.kind
        if len(declared.exits) == 1:  # what has one way out needs no words for it
            yield from (Row((exit,)) for exit in exits)
            return
        by_target: dict[tuple[Target, str], list[str]] = {}
        for exit in exits:
            by_target.setdefault((declared.exits[exit], exit if kind.own_exits else ""), []).append(exit)
        for those in by_target.values():
            yield Row(tuple(those), "way", "", " / ".join(self._in_words(those)))

    def _in_words(self, exits: Sequence[str]) -> Iterator[str]:
        """The words for exits of one row: several that mean one thing have one name."""
        left = list(exits)
        for those, code in self.step.kind.together:
            if set(those) <= set(left):
                yield self.said(Message(code))
                left = [exit for exit in left if exit not in those]
        yield from (self._word(exit) for exit in left)

    def _word(self, exit: str) -> str:
        arms = self.step.declared.arms
        if exit in arms:
            return self.said(conditions(arms[exit]))
        code = self.step.kind.row_words.get(exit)
        return self.said(Message(code)) if code else plain(exit.replace("_", " "))

    def _unanswered(self) -> Iterator[Row]:
        declared = self.step.declared
        listening = declared.listening
        if listening is not None:
            counted: dict[Counted, GiveUp] = {"no_input": listening.no_input, "no_match": listening.no_match}
            given_up = [(how, given) for how, given in counted.items() if how in declared.exits]
            alike = {(declared.exits[how], given.tries) for how, given in given_up}
            if len(given_up) == len(GIVE_UPS) and len(alike) == 1:
                yield self._given_up(GIVE_UPS, given_up[0][1].tries)
            else:
                yield from (self._given_up((how,), given.tries) for how, given in given_up)
        for exit in UNANSWERED:
            if exit in declared.exits and (listening is None or exit not in GIVE_UPS):
                yield Row((exit,), "give-up", "", self._word(exit))

    def _given_up(self, exits: Sequence[Counted], tries: int) -> Row:
        """Where the first silence already leads on, it is a way like any other."""
        if tries <= 1:
            code = "drawing.row.either" if len(exits) > 1 else _ONCE[exits[0]]
            return Row(tuple(exits), "way", "", self.said(Message(code)))
        code = "drawing.row.either-times" if len(exits) > 1 else _OFTEN[exits[0]]
        return Row(tuple(exits), "give-up", "", self.said(Message(code, n=tries)))
