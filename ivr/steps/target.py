"""Targets: where an exit leads. The same six everywhere a flow author may write one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from ivr.messages.message import Message

TARGET_WORDS = ("return", "repeat", "back", "goodbye")
"""The targets that are a word of their own."""
_ALSO_CALLED = {
    "goodbye": "end, end call, finish, stop, exit, quit, close, bye, good bye, hang up, hangup, 结束, 挂断, 挂机, 再见",
    "back": "previous, go back, last menu, previous menu, 返回, 上一层, 返回上一层",
    "repeat": "again, once more, replay, self, same, loop, retry, 重听, 重复",
}
_MEANT = {name: word for word, names in _ALSO_CALLED.items() for name in names.split(", ")}
_FILLING = ("go to", "goto", "go", "to", "step", "jump", "menu", "question", "->", "=>")
RESERVED = frozenset({*TARGET_WORDS, "flow"})


@dataclass(frozen=True, slots=True)
class Target:
    """`to` is the kind; `name` the step, the flow, or the outcome a `return` carries (empty: none)."""

    to: Literal["step", "return", "flow", "repeat", "back", "goodbye"]
    name: str = ""

    def __str__(self) -> str:
        if self.to == "step":
            return self.name
        return f"{self.to} {self.name}".strip()


GOODBYE = Target("goodbye")
BACK = Target("back")
REPEAT = Target("repeat")


def word_meant(text: str) -> str:
    """The target's word that somebody meant who calls it otherwise ("end", "hang up", 结束); empty for none."""
    plain = " ".join(text.lower().strip(" .。!！").replace("_", " ").replace("-", " ").split())
    return _MEANT.get(plain) or (plain if plain in TARGET_WORDS else "")


def _misread(text: str) -> Message:
    """What to write instead of several words that are no target."""
    if word := word_meant(text):
        return Message("flow.target.write", written=text, meant=word)
    for filling in _FILLING:
        rest = text.lower().removeprefix(f"{filling} ").strip()
        if rest != text.lower() and " " not in rest:
            return Message("flow.target.alone", written=text, meant=word_meant(rest) or rest)
    if text.lower().startswith("return"):
        return Message("flow.target.return", written=text)
    return Message("flow.target.none", written=text)


def parse_target(text: str) -> Target:
    """Read a target as an author writes it. ValueError with a sentence when it is none of the six."""
    words = text.split()
    match words:
        case ["return"]:
            return Target("return")
        case ["return", word]:
            return Target("return", word)
        case ["flow", name]:
            return Target("flow", name)
        case ["repeat"]:
            return REPEAT
        case ["back"]:
            return BACK
        case ["goodbye"]:
            return GOODBYE
        case ["flow"]:
            raise ValueError(Message("flow.target.flow"))
        case [name]:
            return Target("step", name)
        case [first, name] if near := get_close_matches(first, ["flow", "return"], n=1):
            raise ValueError(Message("flow.target.near", written=text, meant=f"{near[0]} {name}"))
    raise ValueError(_misread(text))
