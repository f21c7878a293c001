"""What is typed at the terminal phone, as an act of the caller."""

from __future__ import annotations

from ivr.carrier.phone_call import WaitingFor
from ivr.replay.fixture import MessageFields, TurnFields

OUTCOMES = ("answered", "busy", "no-answer", "failed")


class TypedWrong(Exception):
    """A line that is no act; its text says what was expected."""


def typed_turn(line: str, waiting: WaitingFor) -> TurnFields:
    """The act of a line: keys, or a word after a stroke. An empty line is silence."""
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    match word:
        case "" | "/silence":
            return TurnFields(silence=True)
        case "/speak" if rest:
            return TurnFields(speak=rest)
        case "/record":
            return TurnFields(record=MessageFields(seconds=max(2, len(rest) // 4), text=rest, key="pound"))
        case "/transfer" if rest in OUTCOMES:
            return TurnFields(transfer=rest)  # type: ignore[arg-type]
        case "/transfer":
            raise TypedWrong(f"A transfer ends {', '.join(OUTCOMES)}.")
        case "/hang-up":
            return TurnFields.model_validate("hang up")
    if line.startswith("/"):
        raise TypedWrong(f'"{word}" is not known.')
    if all(c in "0123456789*#" for c in line):
        return TurnFields(press=line)
    said = " A voice message is /record TEXT." if waiting == "record" else " Speech is /speak TEXT."
    raise TypedWrong(f'"{line}" is no key.{said}')
